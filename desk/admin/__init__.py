"""Answers, categories, deadlines, calendar, settings, retailers, audit, operations."""
