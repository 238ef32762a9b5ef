"""Deciding what a complaint is, and entering one for a retailer."""
