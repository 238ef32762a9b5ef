"""Every list of the desk: queues, closing desk, quality, call tasks, search, notices."""
