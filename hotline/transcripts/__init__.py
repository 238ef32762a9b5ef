"""Written-down conversations: read from any file, doubts marked, confirmed by a person."""
