"""A server's board in a few lines: the same for an embed and a terminal."""

from collections.abc import Callable, Mapping

from bot.ledger.records import CHANNELS, MEMBERS, Standing
from bot.presentation import comparison, given_names, totals
from bot.presentation import days as in_days
from bot.presentation.numbers import ENERGY, GWP, WATER, format_integer, format_quantity
from bot.presentation.translator import Translator
from bot.usecases.records.boards import Others, Page

MEDALS = {1: "🥇", 2: "🥈", 3: "🥉"}
LADDERS = {"energy": ENERGY, "co2": GWP, "water": WATER}
"""The metrics that have a unit; the others are plain numbers."""

COUNTED = {"messages": "totals.messages", "courtesy": "board.expressions"}
PERIODS, BY, METRICS = ("week", "month", "all"), (MEMBERS, CHANNELS), ("energy", "co2", "water", "messages", "courtesy")
"""What a board can be asked for."""

CHANNEL_URL = "https://discord.com/channels/{guild}/{channel}"
Named = Callable[[int], str]
"""Shows a member or channel."""


def mention(by: str) -> Named:
    """Return how a mention is written, which Discord turns into a name where it is pasted."""
    return (lambda one: f"<@{one}>") if by == MEMBERS else (lambda one: f"<#{one}>")


def named(by: str, guild_id: int, names: Mapping[int, str | None], t: Translator) -> Named:
    """Return how a board's members or channels are shown: by name, channels with a link.

    A name of None is somebody whom Discord doesn't know any more; who has none at all is mentioned.
    """
    mentioned = mention(by)

    def show(one: int) -> str:
        if one not in names:
            return mentioned(one)
        name = given_names.shown(names[one] or "")
        if by == MEMBERS:
            return name or (t("leaderboard.left") if names[one] is None else mentioned(one))
        return f"[#{name}]({CHANNEL_URL.format(guild=guild_id, channel=one)})" if name else mentioned(one)

    return show


def plain(names: Mapping[int, str | None], t: Translator) -> Named:
    """Return how members or channels are called in a picture, where nothing can be pressed and marks mean nothing."""

    def show(one: int) -> str:
        if one in names and names[one] is None:
            return t("leaderboard.left").strip("*")
        return given_names.plain(names.get(one) or "") or t("picture.ranking.unnamed")

    return show


def headline(page: Page, named: Named, t: Translator) -> list[str]:
    """Return what stands beside the picture: who is first, how far from the second, and what is elsewhere."""
    if not page.rows:
        return lines(page, named, t)
    shown = [_line(page.rows[0], page, named, t)]
    if len(page.rows) > 1:
        first, second = page.rows[:2]
        shown.append(t("leaderboard.ratio", ratio=comparison.ratio(first.value / second.value, named(second.id), t)))
    if page.own:
        shown.append(_line(page.own, page, named, t))
    return [*shown, _others(page.others, page.metric, t)] if page.others else shown


def title(page: Page, t: Translator) -> str:
    """Return what the board is by, and of which period."""
    return t(
        "leaderboard.title",
        by=t(f"leaderboard.by.{page.by}"),
        metric=t(f"leaderboard.metric.{page.metric}"),
        period=in_days.name(page.days, t),
    )


def lines(page: Page, named: Named, t: Translator) -> list[str]:
    """Return the rows, then the asker's own where it is on another page, and what isn't for every reader's eyes."""
    if not page.rows and not page.others:
        return totals.empty(page.days, t) if page.days.since is None else [_nobody(page, t)]
    shown = [_line(row, page, named, t) for row in page.rows]
    if page.own:
        shown += ["⋯", _line(page.own, page, named, t)]
    return [*shown, _others(page.others, page.metric, t)] if page.others else shown


def line(row: Standing, metric: str, named: Named, t: Translator, measured: int = 0) -> str:
    """Return one row: its medal or rank, who, how much, from how many messages, and how many were measured."""
    place = MEDALS.get(row.rank, f"`{row.rank:>2}`")
    return f"{place} {named(row.id)} · {totals.with_measured(_much(row, metric, t), measured, t)}"


def _line(row: Standing, page: Page, named: Named, t: Translator) -> str:
    return line(row, page.metric, named, t, page.measured.get(row.id, 0))


def value(amount_of_it: float, metric: str, t: Translator) -> str:
    """Return how much in the metric's unit."""
    if metric in LADDERS:
        return format_quantity(amount_of_it, LADDERS[metric], t)
    return t.many(COUNTED[metric], amount_of_it, count=format_integer(amount_of_it, t))


def footer(page: Page, t: Translator) -> str:
    """Return the days, which page this is, and what kind of figures these are."""
    shown = [in_days.dated(page.days, t)]
    if page.pages > 1:
        shown.append(t("leaderboard.page", page=page.number, pages=page.pages))
    if page.metric in LADDERS:
        shown.append(t("leaderboard.estimate"))
    return " · ".join(shown)


def _others(others: Others, metric: str, t: Translator) -> str:
    return f"{t.many('leaderboard.others', others.rows)} · {_much(others, metric, t)}"


def _much(row: Standing | Others, metric: str, t: Translator) -> str:
    shown = f"**{value(row.value, metric, t)}**"
    if metric == "messages":
        return shown
    return f"{shown} · {t.many('totals.messages', row.messages, count=format_integer(row.messages, t))}"


def _nobody(page: Page, t: Translator) -> str:
    return t("leaderboard.nobody", period=in_days.name(page.days, t))
