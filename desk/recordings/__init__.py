"""Recordings of calls: played in the page to whoever may hear them."""
