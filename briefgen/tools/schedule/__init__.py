"""Scheduled builds: when runs are due, the timers that start them, and what a run reports."""
