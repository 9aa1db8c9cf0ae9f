"""Discord's edge: the client, locales, permissions, errors, command sync, rate limits."""
