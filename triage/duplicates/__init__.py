"""The same matter told twice: how alike two contacts are, and what becomes of such pairs."""
