"""Every way in: the raw record first, then one Submission, then a ticket."""
