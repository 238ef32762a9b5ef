"""Figures for whoever leads and checks: pages, the tickets behind every number, files."""
