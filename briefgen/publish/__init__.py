"""Documents -> an edition in out/: staged, checked and switched in by one rename, whole or not at all."""
