"""Which messages count, history after downtime, and what is let go."""
