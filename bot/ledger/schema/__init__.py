"""The tables, as SQLAlchemy Core knows them. The migrations make them. No column could hold a message."""

from bot.ledger.schema.ai_answers import ai_bots, ai_pending, ai_questions, measured_answers
from bot.ledger.schema.choices import channels, notices, people, purges, quiet_offers, recaps, servers
from bot.ledger.schema.columns import metadata
from bot.ledger.schema.messages import NO_SERVER, entries, gaps, tombstones, watermarks
from bot.ledger.schema.processes import changes, identify_turns, job_claims, key_value, processes, shard_leases
from bot.ledger.schema.sums import DAILY_KEY, DAILY_SUMS, MEASURED_SUMS, daily, daily_measured, predictions

__all__ = [
    "DAILY_KEY",
    "DAILY_SUMS",
    "MEASURED_SUMS",
    "NO_SERVER",
    "ai_bots",
    "ai_pending",
    "ai_questions",
    "changes",
    "channels",
    "daily",
    "daily_measured",
    "entries",
    "gaps",
    "identify_turns",
    "job_claims",
    "key_value",
    "measured_answers",
    "metadata",
    "notices",
    "people",
    "predictions",
    "processes",
    "purges",
    "quiet_offers",
    "recaps",
    "servers",
    "shard_leases",
    "tombstones",
    "watermarks",
]
