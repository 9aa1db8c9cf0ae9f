"""The quiz in words: its questions, their answers, the scores."""

from collections.abc import Mapping
from datetime import datetime

from bot.estimation.facts.equivalents import Equivalence
from bot.estimation.facts.quiz_items import REFERENCE
from bot.estimation.facts.training_facts import Training
from bot.estimation.impacts.model import Model
from bot.presentation import comparison, equivalences, given_names, sources, training_basis
from bot.presentation.numbers import ENERGY, GWP, WATER, format_integer, format_interval, format_quantity
from bot.presentation.translator import Translator
from bot.usecases.records.quiz import SIDES, Ending, Question, Reveal, Scoreboard, Standing, Thing, Vote

SCALES = {"energy": ENERGY, "gwp": GWP, "water": WATER}
LETTERS = {"a": "A", "b": "B"}
MARKS = {"a": "🅰️", "b": "🅱️"}
MEDALS = {1: "🥇", 2: "🥈", 3: "🥉"}
MAX_LABEL = 80
"""Characters that Discord takes on a button."""

HOUSEHOLD = "french_household_year"
BAR = 10
"""Blocks of the bar that shows how the votes fell."""


def rules(count: int, topic: str | None, host_id: int, seconds: int, t: Translator) -> str:
    """Return what stands above a quiz: how it goes, and who leads it."""
    subject = t(f"choice.topic.{topic}") if topic else t("quiz.all_topics")
    return t.many("quiz.rules", count, count=count, topic=subject, host=f"<@{host_id}>", seconds=seconds)


def question(shown: Question, number: int, of: int, ends: datetime, voters: int, t: Translator) -> list[str]:
    """Return the question, its two things, and until when to vote."""
    return [
        _heading(number, of, t),
        f"**{t(f'quiz.question.{shown.dimension}')}**",
        "\n".join(f"{MARKS[side]} {thing(shown.things[side], t)}" for side in SIDES),
        f"{t('quiz.ends', moment=f'<t:{int(ends.timestamp())}:R>')} · {t.many('quiz.voters', voters, count=voters)}",
    ]


def closed(shown: Question, number: int, of: int, t: Translator) -> list[str]:
    """Return the question once nobody can vote any more."""
    things = "\n".join(f"{MARKS[side]} {thing(shown.things[side], t)}" for side in SIDES)
    return [_heading(number, of, t), f"**{t(f'quiz.question.{shown.dimension}')}**", things, t("quiz.closed")]


def reveal(shown: Reveal, t: Translator) -> list[str]:
    """Return the answer: how many times more, each figure with its range and source, how the votes fell."""
    asked = shown.question
    right = thing(asked.larger, t)
    ratio = comparison.ratio(asked.ratio, thing(asked.smaller, t), t)
    return [
        t("quiz.answer", number=shown.number, of=shown.of, mark=MARKS[asked.answer], thing=right),
        t(f"quiz.ratio.{asked.dimension}", ratio=ratio),
        "\n".join(f"{MARKS[side]} {_figure(asked.things[side], t)}" for side in SIDES),
        _votes(shown.votes, asked.answer, t),
    ]


def scoreboard(board: Scoreboard, t: Translator) -> list[str]:
    """Return the scores, best first, and why it is over where that isn't plain."""
    lines = [_standing(one, board.asked, t) for one in board.best]
    if left := board.players - len(board.best):
        lines.append(t.many("quiz.more_players", left, count=left))
    ending = [] if board.ending is Ending.FINISHED else [t(f"quiz.ending.{board.ending}")]
    return [t("quiz.scores"), *ending, "\n".join(lines) or t("quiz.nobody")]


def vote(outcome: Vote, side: str, t: Translator) -> str:
    """Return what a voter is told."""
    return t(f"quiz.vote.{outcome}", side=LETTERS[side])


def label(side: str, shown: Thing, t: Translator) -> str:
    """Return what stands on a side's button."""
    whole = f"{LETTERS[side]} · {thing(shown, t)}"
    return whole if len(whole) <= MAX_LABEL else f"{whole[: MAX_LABEL - 1]}…"


def thing(shown: Thing, t: Translator) -> str:
    """Return so many of what: "100 réponses de GPT-4o (400 jetons chacune)", "3 h de télévision"."""
    item = shown.item
    count = format_integer(item.count, t)
    match shown.subject:
        case Equivalence() as one if item.of != HOUSEHOLD:
            return equivalences.in_words(one, t)
        case Model(title=title):
            tokens = format_integer(item.tokens, t)
            return t.many("quiz.thing.answers", item.count, count=count, model=title, tokens=tokens)
        case Training(model=model):
            return t("quiz.thing.training", model=model)
        case _ if item.kind == REFERENCE:
            return t(f"quiz.thing.{item.of}")
        case _:
            return t.many(f"quiz.thing.{item.of}", item.count, count=count)


def _heading(number: int, of: int, t: Translator) -> str:
    return t("quiz.heading", number=number, of=of)


def _figure(shown: Thing, t: Translator) -> str:
    """Return a thing's amount, its range, what it counts, and who says so."""
    scale = SCALES[shown.dimension]
    amount = format_quantity(shown.amount.expected, scale, t)
    span = format_interval(shown.amount, scale, t) if shown.ranged else t("quiz.no_range")
    named = " × ".join(sources.linked(fact, t) for fact in shown.facts)
    return f"**{amount}** ({span}) · {_basis(shown, t)} · {named}"


def _basis(shown: Thing, t: Translator) -> str:
    if isinstance(shown.subject, Training) and shown.dimension == "energy":
        return training_basis.energy_basis(shown.subject, t)
    if isinstance(shown.subject, Training) and shown.dimension == "gwp":
        return training_basis.gwp_basis(shown.subject, t)
    return t(f"quiz.basis.{shown.item.kind}.{shown.dimension}")


def _votes(votes: Mapping[str, int], answer: str, t: Translator) -> str:
    total = sum(votes.values())
    if not total:
        return t("quiz.no_votes")
    lines = [f"{MARKS[side]} {_bar(votes[side] / total)} {format_integer(votes[side], t)}" for side in SIDES]
    right = t.many("quiz.right", votes[answer], right=votes[answer], total=total)
    return "\n".join([*lines, right])


def _bar(share: float) -> str:
    full = round(share * BAR)
    return "▰" * full + "▱" * (BAR - full)


def _standing(one: Standing, asked: int, t: Translator) -> str:
    medal = MEDALS.get(one.rank) if one.points else None
    place = medal or t("quiz.place", rank=one.rank)
    return t("quiz.standing", place=place, member=given_names.around(f"<@{one.user_id}>"), points=one.points, of=asked)
