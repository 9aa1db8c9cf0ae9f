"""Discord embeds: each answer as Discord shows it."""

from collections.abc import Collection, Iterable, Sequence

import discord

from bot.presentation import about as worded_about
from bot.presentation import annotate, method, model_list, reply, server_settings
from bot.presentation import checks as worded_checks
from bot.presentation import leaderboard as worded_leaderboard
from bot.presentation import politeness as worded_politeness
from bot.presentation import privacy as worded_privacy
from bot.presentation import totals as worded_totals
from bot.presentation import training as worded_training
from bot.presentation.leaderboard import Named
from bot.presentation.method import Section
from bot.presentation.translator import Translator
from bot.usecases.records.boards import Page as BoardPage
from bot.usecases.records.boards import Summary, Tax
from bot.usecases.records.estimates import About, Checks, Explained, ModelEnergy, Reply
from bot.usecases.records.privacy import PersonalData
from bot.usecases.records.server import AnnotateResult, Notice, Settings, State
from bot.usecases.records.trainings import Overview, Page

GREEN = discord.Colour(0x2E9E6B)
FIELD_LIMIT = 1024
"""Characters that Discord takes in one field."""


def footprint(shown: Reply, t: Translator) -> discord.Embed:
    """Return the reply to `/footprint`."""
    embed = discord.Embed(
        title=reply.title(shown, t),
        description="\n".join(reply.lines(shown, t)),
        colour=GREEN,
    )
    return embed.set_footer(text=reply.footer(shown.footprint, t))


def explanation_short(explained: Explained, t: Translator) -> discord.Embed:
    """Return what a sceptic needs to know of a reply's figures."""
    title = f"{t('method.title')} · {explained.reply.footprint.model.title}"
    return page(title, "\n".join(method.short(explained, t)))


def explanation(explained: Explained, t: Translator) -> discord.Embed:
    """Return how the figures of a reply were made."""
    title = f"{t('method.title')} · {explained.reply.footprint.model.title}"
    return sections(title, "", method.sections(explained, t))


def models(rows: Sequence[ModelEnergy], left: int, query: str, answer_tokens: int, t: Translator) -> discord.Embed:
    """Return the list of models."""
    return page(t("models.title"), "\n".join(model_list.lines(rows, left, t, query, answer_tokens)))


def about(shown: About, t: Translator) -> discord.Embed:
    """Return the page about the bot."""
    return sections(worded_about.title(t), t("about.text"), worded_about.sections(shown, t))


def checks(found: Checks, t: Translator) -> discord.Embed:
    """Return our estimates beside published and measured figures."""
    return sections(
        t("checks.title"), worded_checks.intro(found.crosscheck, t), worded_checks.sections(found.checks, t)
    )


def training(shown: Page, t: Translator) -> discord.Embed:
    """Return what training one model took."""
    text = "\n".join(worded_training.page_lines(shown, t))
    return sections(worded_training.page_title(shown, t), text, worded_training.page_sections(shown, t))


def trainings(overview: Overview, t: Translator) -> discord.Embed:
    """Return the overview of trainings."""
    text = "\n".join(worded_training.overview_lines(overview, t))
    return sections(t("training.title"), text, worded_training.overview_sections(overview, t))


def totals(summary: Summary, t: Translator) -> discord.Embed:
    """Return a server's totals."""
    embed = page(worded_totals.title(summary, t), "\n".join(worded_totals.lines(summary, t)))
    return embed.set_footer(text=worded_totals.footer(t)) if summary.totals.messages else embed


def leaderboard(board: BoardPage, named: Named, t: Translator) -> discord.Embed:
    """Return a page of a board."""
    embed = page(worded_leaderboard.title(board, t), "\n".join(worded_leaderboard.lines(board, named, t)))
    return embed.set_footer(text=worded_leaderboard.footer(board, t)) if board.rows else embed


def politeness(tax: Tax, named: Named, t: Translator) -> discord.Embed:
    """Return what courtesy takes."""
    text = "\n".join(worded_politeness.lines(tax, t))
    return sections(worded_politeness.title(tax, t), text, worded_politeness.sections(tax, named, t))


def privacy(data: PersonalData, t: Translator) -> discord.Embed:
    """Return what is kept of somebody."""
    return sections(t("privacy.title"), worded_privacy.summary(data, t), worded_privacy.sections(data, t))


def annotated(
    done: AnnotateResult, notice: Notice | None, state: State, hidden: Collection[int], t: Translator
) -> discord.Embed:
    """Return what came of `/annotate`."""
    parts = annotate.state_sections(state, hidden, t)
    return sections(annotate.title(done, t), annotate.text(done, notice, hidden, t), parts)


def settings(shown: Settings, t: Translator) -> discord.Embed:
    """Return a server's settings."""
    parts = server_settings.sections(shown, t)
    return sections(server_settings.title(shown, t), server_settings.text(shown, t), parts)


def page(title: str, text: str) -> discord.Embed:
    """Return a page of text."""
    return discord.Embed(title=title, description=text, colour=GREEN)


def sections(title: str, text: str, parts: Iterable[Section]) -> discord.Embed:
    """Return a page of headed sections."""
    embed = page(title, text)
    for heading, body in parts:
        embed.add_field(name=heading, value=_within(body.splitlines()), inline=False)
    return embed


def _within(lines: Sequence[str]) -> str:
    """Return as many whole lines as a field takes."""
    kept: list[str] = []
    for line in lines:
        if sum(len(other) + 1 for other in kept) + len(line) > FIELD_LIMIT:
            break
        kept.append(line)
    return "\n".join(kept)
