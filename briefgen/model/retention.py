"""How few editions may be kept."""

FEWEST_KEPT = 3
"""The newest edition, and the two before it that its corrections are told from."""
