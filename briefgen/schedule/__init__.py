"""Unattended runs: when they are due, that each is done once, who is told, and what starts them on this machine."""
