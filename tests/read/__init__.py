"""What is read from disk: facts, records, settings, catalogs; and every fault with its place."""
