"""The page for people: its files, and the HTTP API they interaction."""
