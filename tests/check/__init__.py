"""One test for each check, its docstring the change that the check must find."""
