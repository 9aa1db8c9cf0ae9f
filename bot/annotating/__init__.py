"""What is said about messages in their channel: quietly, in time or not at all, and never more than it can bear."""
