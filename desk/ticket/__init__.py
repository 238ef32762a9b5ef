"""The ticket page and everything that can be done on it."""
