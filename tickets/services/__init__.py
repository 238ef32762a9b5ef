"""The verbs of a ticket, by subject: opening, triaging, merging, handling, closing, conversation, clocks, and the one transition."""
