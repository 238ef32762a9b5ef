"""Calls: the provider's markup is walked step by step, by the application's real answers."""
