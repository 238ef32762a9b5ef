"""The shops: profile cards, numbers, who serves them, and who wants no messages."""
