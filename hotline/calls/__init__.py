"""Calls: the menu that a caller hears, what he says, and the log of who took it."""
