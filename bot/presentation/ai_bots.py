"""AI bots of a server, in words: `/settings ai-bot` and the page of settings."""

from collections.abc import Sequence

from discord.utils import format_dt

from bot.presentation.translator import Translator, escape_markdown
from bot.usecases.records.server import ListedBot


def added(listed: ListedBot, t: Translator, *, has_content: bool) -> str:
    """Return what happens from now on, and what isn't measured."""
    lines = [t("ai_bot.added", bot=listed.bot.bot_id, model=_model(listed, t)), t("ai_bot.measured")]
    if listed.thinks:
        lines.append(t("ai_bot.thinks"))
    if listed.bot.excluded:
        lines.append(t("ai_bot.excluded", title=escape_markdown(listed.bot.excluded)))
    return "\n".join(lines if has_content else [*lines, t("ai_bot.no_content")])


def removed(bot_id: int, t: Translator) -> str:
    """Return that a bot's messages are taken for answers no more."""
    return t("ai_bot.removed", bot=bot_id)


def lines(listed: Sequence[ListedBot], t: Translator, *, has_content: bool) -> list[str]:
    """Return a line for each bot, and why nothing of them is measured where that is so."""
    shown = [_line(one, t) for one in listed]
    return shown if has_content else [*shown, t("ai_bot.no_content")]


def _line(listed: ListedBot, t: Translator) -> str:
    since = format_dt(listed.bot.since, "d")
    shown = [t("ai_bot.line", bot=listed.bot.bot_id, model=_model(listed, t), since=since)]
    if listed.is_gone:
        shown.append(t("ai_bot.gone", model=escape_markdown(listed.bot.model)))
    if listed.bot.excluded:
        shown.append(t("ai_bot.excluded", title=escape_markdown(listed.bot.excluded)))
    return " · ".join(shown)


def _model(listed: ListedBot, t: Translator) -> str:
    model = escape_markdown(listed.title)
    return t("ai_bot.effort", model=model, effort=listed.bot.effort) if listed.bot.effort else model
