"""The call desk: who calls, what he says, and what becomes of it; the log of all calls."""
