"""Records, catalogs, changes, terms and explanations: what curators and translators work with."""
