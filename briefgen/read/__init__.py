"""Files -> typed, checked values, each with its line; and the fingerprint of everything a build reads."""
