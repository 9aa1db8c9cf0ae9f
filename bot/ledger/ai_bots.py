"""Which members of a server are AI bots, in memory: asked for every message of a bot."""

from collections.abc import Iterable
from functools import partial

from bot.ledger.records import AiBot
from bot.ledger.write import ai_bots
from bot.ledger.write.writer import Writer


class AiBots:
    """What admins said of bots: loaded at start, changed in memory and in the database together."""

    def __init__(self, known: Iterable[AiBot] = ()) -> None:
        self._bots: dict[int, dict[int, AiBot]] = {}
        for bot in known:
            self._keep(bot)

    def __contains__(self, guild_id: int) -> bool:
        return bool(self._bots.get(guild_id))

    def find(self, guild_id: int, bot_id: int) -> AiBot | None:
        """Return a server's AI bot of that id, None where it is none."""
        bots = self._bots.get(guild_id)
        return bots.get(bot_id) if bots else None

    def listed(self, guild_id: int) -> list[AiBot]:
        """Return a server's AI bots, those that were added first before the others."""
        return list(self._bots.get(guild_id, {}).values())

    def everywhere(self) -> list[AiBot]:
        """Return those of all servers."""
        return [bot for bots in self._bots.values() for bot in bots.values()]

    async def add(self, writer: Writer, bot: AiBot) -> None:
        """Take a bot's messages for answers, from now on."""
        await writer.run(partial(ai_bots.put_bot, bot=bot))
        self._keep(bot)

    async def remove(self, writer: Writer, bot: AiBot) -> None:
        """Take them for answers no more."""
        self._bots.get(bot.guild_id, {}).pop(bot.bot_id, None)
        await writer.run(partial(ai_bots.drop_bot, guild_id=bot.guild_id, bot_id=bot.bot_id))

    def forget_server(self, guild_id: int) -> None:
        """Forget a server's AI bots, before its data is deleted."""
        self._bots.pop(guild_id, None)

    def reload(self, bots: Iterable[AiBot]) -> None:
        """Take what another process changed."""
        for bot in bots:
            self._keep(bot)

    def _keep(self, bot: AiBot) -> None:
        self._bots.setdefault(bot.guild_id, {})[bot.bot_id] = bot
