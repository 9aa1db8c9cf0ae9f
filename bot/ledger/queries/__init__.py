"""Totals, leaderboards, days, what is stored of a person."""
