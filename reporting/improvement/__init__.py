"""Improvement items: a rise of complaints that became somebody's work, what was done about it, and whether it helped."""
