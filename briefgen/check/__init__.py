"""What can be wrong with the data: each check is a function that yields findings of one code."""
