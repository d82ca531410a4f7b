"""From documents to editions: whole or not at all."""
