"""Comparing what the provider has with what came to us, so that a lost webhook loses nothing."""
