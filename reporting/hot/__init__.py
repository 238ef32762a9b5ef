"""Hot issues: what rises against its own rhythm is told while it rises, and one cause of many retailers is answered once."""
