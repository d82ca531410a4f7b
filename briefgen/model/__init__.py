"""The vocabulary: facts, records, quantities, dates, editions, pages and findings."""
