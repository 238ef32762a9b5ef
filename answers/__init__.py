"""Standard answers: approved, versioned text with typed placeholders."""
