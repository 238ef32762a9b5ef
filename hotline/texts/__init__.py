"""Texts: stored as they come, put together, and given to the matter that they belong to."""
