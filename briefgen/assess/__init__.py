"""FactBook x day -> Briefing: what was known on the day, what can be said of it then, and how fresh it is."""
