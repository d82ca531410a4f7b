"""How values are worded: every row of the tables, and the rules that hold for all values."""
