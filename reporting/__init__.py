"""The sum of the complaints becomes work: figures, trends, improvement items and what they achieved."""
