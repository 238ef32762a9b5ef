"""The outside world: ways to send words, each behind one Protocol; knows no ticket."""
