"""What can be said on a day, and that nothing else is."""
