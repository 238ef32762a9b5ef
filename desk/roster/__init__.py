"""Who is on call: the roster by weeks."""
