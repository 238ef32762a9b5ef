"""Hot issues and parents on the desk: what rises, and one cause of many answered once."""
