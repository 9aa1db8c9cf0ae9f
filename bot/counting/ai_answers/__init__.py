"""Answers of a server's AI bots: gathered until they stand, their tokens counted, in place of what was predicted."""
