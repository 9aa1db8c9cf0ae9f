"""What can be seen of the bot from outside while it runs: metrics and health. Read when asked, never on the way."""
