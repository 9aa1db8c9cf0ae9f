"""The gateway: sockets, sessions, and which of them hears what."""
