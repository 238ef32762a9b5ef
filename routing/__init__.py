"""Who gets it: the eligible handlers, the choice, and its stored reasons."""
