"""Rules are tried on a machine that may be busy: no single try is timed."""

from hypothesis import settings

settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")
