"""Two snapshots of what was published -> what changed, told in rows and as a patch that can be applied."""
