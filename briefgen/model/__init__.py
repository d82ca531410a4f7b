"""The words of the house: dates, quantities, facts, records and what each stage makes of them."""
