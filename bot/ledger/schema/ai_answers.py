"""AI bots, the questions they were asked, and their answers."""

from sqlalchemy import BigInteger, Column, Integer, String, Table

from bot.ledger.schema.columns import BY_SERVER, counts, keys, message_keys, metadata, ranges

ai_bots = Table(
    "ai_bots",
    metadata,
    *keys("guild_id", "bot_id"),
    Column("model", String(128), nullable=False),
    Column("effort", String(16)),
    Column("excluded", String(100)),
    *counts("since_id"),
    info=BY_SERVER,
)
"""The bots whose messages are a model's answers, and those that aren't: embeds with such a title."""

ai_questions = Table(
    "ai_questions",
    metadata,
    *keys("guild_id", "question_id", "bot_id"),
    *counts("channel_id"),
    *ranges("predicted"),
    sqlite_with_rowid=False,
    info=BY_SERVER,
)
"""Messages that speak to an AI bot, for as long as its answer may come: the tokens predicted for its model."""

ai_pending = Table(
    "ai_pending",
    metadata,
    *keys("guild_id", "message_id"),
    Column("answer_id", BigInteger, nullable=False, index=True),
    *counts("channel_id", "bot_id"),
    Column("question_id", BigInteger),
    *counts("author_id"),
    *(Column(name, Integer, nullable=False) for name in ("content", "embeds", "components")),
    sqlite_with_rowid=False,
    info=BY_SERVER,
)
"""Messages of AI bots' answers that don't stand yet: the tokens of each of their sections so far."""

measured_answers = Table(
    "measured_answers",
    metadata,
    *message_keys(),
    *counts("bot_id"),
    Column("question_id", BigInteger, index=True),
    *(Column(name, Integer, nullable=False) for name in ("visible_tokens", "parts")),
    info=BY_SERVER,
)
"""What an entry of the kind "answer" was measured from: whose answer, to which message, in how many messages."""
