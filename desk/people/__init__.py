"""Staff: who they are, what they may do, leave and leaving."""
