"""Which bots of a server answer with a model: what `/settings ai-bot` does."""

import asyncio
from dataclasses import dataclass

from bot.counting.effective_settings import EffectiveSettings, known_model
from bot.errors import UserError
from bot.estimation.footprint import Request
from bot.ledger.ledger import Ledger
from bot.ledger.records import AiBot
from bot.usecases.records.server import ListedBot

MAX_BOTS = 20
"""AI bots of one server."""


@dataclass(frozen=True, slots=True)
class AiBotChoices:
    """The use cases."""

    ledger: Ledger
    effective: EffectiveSettings

    async def add(
        self,
        guild_id: int,
        bot_id: int,
        *,
        is_bot: bool,
        is_us: bool,
        model: str,
        effort: str | None,
        exclude: str | None,
        asked_id: int,
    ) -> ListedBot:
        """Take a bot's messages after `asked_id` for a model's answers; one that is listed is changed.

        `UserError` for people, for ourselves, for apps that post what people wrote, for an unknown model or effort.
        """
        self._refuse(guild_id, bot_id, is_bot=is_bot, is_us=is_us)
        estimator, bots = self.effective.estimator, self.ledger.preferences.ai_bots
        wanted = effort.strip().lower() if effort else None
        chosen = estimator.choose(Request(model, effort=wanted)).model
        await asyncio.to_thread(estimator.prepare, chosen)
        before = bots.find(guild_id, bot_id)
        since = before.since_id if before else asked_id
        bot = AiBot(guild_id, bot_id, chosen.key, wanted, exclude.strip() or None if exclude else None, since)
        await bots.add(self.ledger.writer, bot)
        if guild_id not in self.ledger.preferences.guilds_with_settings():
            # so that its data is purged when it removes us
            await self.ledger.preferences.set_server(self.ledger.writer, guild_id)
        return self._listed(bot)

    async def remove(self, guild_id: int, bot_id: int) -> None:
        """Take a bot's messages for answers no more; what was measured stays. `UserError` where it isn't listed."""
        bots = self.ledger.preferences.ai_bots
        bot = bots.find(guild_id, bot_id)
        if bot is None:
            raise UserError("error.ai_bot_not_listed")
        await bots.remove(self.ledger.writer, bot)

    def listed(self, guild_id: int) -> list[ListedBot]:
        """Return the server's AI bots as they are in force."""
        return [self._listed(bot) for bot in self.ledger.preferences.ai_bots.listed(guild_id)]

    def _refuse(self, guild_id: int, bot_id: int, *, is_bot: bool, is_us: bool) -> None:
        bots = self.ledger.preferences.ai_bots
        if not is_bot:
            raise UserError("error.ai_bot_person")
        if is_us:
            raise UserError("error.ai_bot_us")
        proxy = self.effective.estimator.proxies.get(bot_id)
        if proxy is not None:
            raise UserError("error.ai_bot_proxy", name=proxy)
        if bots.find(guild_id, bot_id) is None and len(bots.listed(guild_id)) >= MAX_BOTS:
            raise UserError("error.ai_bot_too_many", most=MAX_BOTS)

    def _listed(self, bot: AiBot) -> ListedBot:
        model = known_model(self.effective.estimator, bot.model)
        effective = self.effective.estimate_bot(bot)
        return ListedBot(bot, effective.model.title, thinks=effective.reasoning is not None, is_gone=model is None)
