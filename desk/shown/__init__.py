"""How things are said and shown on the staff's pages."""
