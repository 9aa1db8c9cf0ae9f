"""What becomes of a channel that is gone, and where a server lives."""

from bot.ledger.ledger import Ledger


async def forget_channel(ledger: Ledger, guild_id: int, channel_id: int) -> None:
    """Forget a channel's or thread's own choice, its watermark and its gaps; its totals stay."""
    if any(row.channel_id == channel_id for row in ledger.preferences.modes(guild_id)):
        await ledger.preferences.drop_channel(ledger.writer, guild_id, channel_id)
    await ledger.writer.forget_channel(guild_id, channel_id)


def shard_of(guild_id: int, shard_count: int | None) -> int:
    """Return the shard that a server is on (https://docs.discord.com/developers/events/gateway#sharding)."""
    return (guild_id >> 22) % (shard_count or 1)
