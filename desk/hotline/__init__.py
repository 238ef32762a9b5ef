"""The page of the hotline's lines: refused requests, doors, and the comparisons with the provider's account."""
