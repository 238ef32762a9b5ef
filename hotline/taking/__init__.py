"""Calls that people take: claimed or begun by hand, written down as they are spoken, filed, called back."""
