"""Improvement items: the list, and each one as a sheet of paper."""
