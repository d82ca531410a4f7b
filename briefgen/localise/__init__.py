"""How a briefing is worded in a language: every figure, date and sentence as a finished string."""
