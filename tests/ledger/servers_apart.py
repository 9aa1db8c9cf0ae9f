"""Tells whether a statement stays within a server, as one must where servers are spread over machines."""

import re

from bot.ledger.schema import metadata

BY_SERVER = {table.name for table in metadata.tables.values() if table.info["distribution"] == "guild_id"}

UPSERT = re.compile(r"INSERT INTO (\w+).* ON CONFLICT \(([^)]*)\)", re.S)
JOIN = re.compile(r"FROM (\w+) JOIN (\w+) ON (.*?)(?:WHERE|ORDER|GROUP|$)", re.S)
SAME_SERVER = re.compile(r"\w+\.guild_id = \w+\.guild_id")
CHANGE = re.compile(r"(?:DELETE FROM|UPDATE) (\w+)")

EVERYWHERE = re.compile(
    r"\w+\.author_id = "  # what somebody asks for holds in all servers
    r"|(gaps\.noted_at|tombstones\.message_id|ai_questions\.question_id|measured_answers\.message_id) [<>]"  # retention
    r"|tombstones\.message_id (IN|= ANY)"
    r"|servers\.left_at >"  # a clock that was wrong
    r"|json_each"  # SQLite's way of many ids, on the one machine that it is on
)
"""What concerns all servers alike."""


def strays(statement: str) -> list[str]:
    """Return what in it goes by a key without the server, or from a server's rows to others."""
    found: list[str] = []
    if (upsert := UPSERT.search(statement)) and upsert[1] in BY_SERVER and "guild_id" not in upsert[2]:
        found.append(f"upsert by {upsert[2]}")
    join = JOIN.search(statement)
    if join and {join[1], join[2]} <= BY_SERVER and not SAME_SERVER.search(join[3]):
        found.append(f"join on {join[3]}")
    change = CHANGE.match(statement)
    elsewhere = "WHERE" in statement and "guild_id" not in statement and not EVERYWHERE.search(statement)
    if change and change[1] in BY_SERVER and elsewhere:
        found.append("change without a server")
    return found
