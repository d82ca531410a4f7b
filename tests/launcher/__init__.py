"""The launcher `./brief`, on machines made up for it."""
