"""What several commands and buttons use."""
