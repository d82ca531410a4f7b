"""The words of the house: dates, quantities, cites, placeholders, findings."""
