"""The heart: tickets, their lifecycle, clocks, thread and the verbs that move them."""
