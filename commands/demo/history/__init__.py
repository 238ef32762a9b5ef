"""Eighteen months of an invented past: a pure simulation of lives, and the writers that turn them into rows."""
