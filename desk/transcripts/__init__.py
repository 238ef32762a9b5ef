"""Transcripts at the desk: taking one in, looking at it as a conversation, confirming what is doubtful."""
