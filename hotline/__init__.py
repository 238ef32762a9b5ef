"""The published number: what comes in by text and telephone, what it answers by itself, and the calls that people take."""
