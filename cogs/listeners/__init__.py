"""What the bot does at Discord's events."""
