"""Words going out: composed once, delivered at most once, followed to the end."""
