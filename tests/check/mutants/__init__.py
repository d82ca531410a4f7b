"""Changes, one at a time, that no check may let pass."""
