"""Says what the network does in a line: discord.py logs a traceback each time that a connection breaks."""

import logging

import aiohttp
import discord

LIBRARY = "discord"

ORDINARY = (OSError, TimeoutError, aiohttp.ClientError, discord.HTTPException, discord.ConnectionClosed)
"""What a connection over the internet brings, and discord.py gets over by itself."""


class NetworkErrorFilter(logging.Filter):
    """Puts such an exception's first line behind discord.py's own line, in place of the traceback."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Change the record if it is such a one; let all through."""
        error = record.exc_info[1] if record.exc_info else None
        if record.name.startswith(LIBRARY) and isinstance(error, ORDINARY):
            first = next(iter(str(error).splitlines()), "")
            record.msg = f"{record.msg} (%s: %s)"
            record.args = (*(record.args if isinstance(record.args, tuple) else ()), type(error).__name__, first)
            record.exc_info = record.exc_text = None
        return True
