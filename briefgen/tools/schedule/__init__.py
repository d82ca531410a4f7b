"""Builds by the clock: timers of the system, and what a run says and keeps."""
