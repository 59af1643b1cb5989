"""Sections 1-3, Part V and 12-14: parties, mandates, text, annexes, changes, decisions, records."""
