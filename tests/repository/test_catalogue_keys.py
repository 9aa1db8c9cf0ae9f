"""Every sentence in the catalogues is said somewhere, and every sentence that code says is in them."""

import importlib
import itertools
import re
import tomllib
from collections.abc import Iterable, Iterator
from typing import Any, get_args

import pytest
from discord import app_commands
from discord.ext import commands
from ecologits.status_messages import _warning_codes
from import_graph import ROOT, modules

from bot.client.command_translator import path
from bot.client.extensions import COGS
from bot.client.invite_link import WANTED
from bot.client.permissions import FOR_RECAP, ORDER
from bot.client.quiz_run import NEXT, STOP
from bot.counting.effective_settings import Why
from bot.estimation.estimator import Estimator
from bot.estimation.facts import equivalents
from bot.estimation.facts.fact import CONFIG_DIR, Basis
from bot.estimation.facts.politeness_facts import PolitenessFacts
from bot.estimation.facts.quiz_items import QuizItems
from bot.ledger.periods import PAST_WEEK
from bot.ledger.records import DIGEST, MODES, REACTION, REPLY, SILENT
from bot.presentation import leaderboard, spreadsheet
from bot.presentation.quiz import HOUSEHOLD
from bot.presentation.translator import Catalogues
from bot.usecases.quiz.things import Things
from bot.usecases.recap_choices import EXPLAINED
from bot.usecases.records import timelines
from bot.usecases.records.quiz import TOPICS, Ending, Thing, Vote
from cogs.buttons.quiz_button import REFUSALS

OUR_WARNINGS = {"tokens-approximate", "no-water", "no-primary-energy", "no-metals"}
TABLES = {
    "checks.table": ("what", "published", "ours", "ratio", "conditions", "source"),
    "training.table": ("model", "energy", "gwp", "basis", "source"),
}


def entries(file: str, table: str) -> list[dict[str, Any]]:
    with (CONFIG_DIR / f"{file}.toml").open("rb") as opened:
        return tomllib.load(opened)[table]


def of_facts() -> Iterator[str]:
    for one in entries("equivalents", "equivalent"):
        yield f"equivalent.{one['id']}"
        if one["measure"] == "share":
            yield f"equivalent.{one['id']}.share"
    yield from (f"equivalence.{dimension}" for dimension in (*equivalents.DIMENSIONS, "adpe"))
    for one in entries("measured", "measured"):
        if "kind" in one and one["verified"]:  # the others are never shown
            yield f"checks.kind.{one['kind']}"
            yield "measured.of_model" if one.get("subject") else f"measured.{one['id']}.title"
            setting = one.get("setting")
            yield f"measured.setting.{setting}" if setting else f"measured.{one['id']}.conditions"
    for one in entries("model_kinds", "kind"):
        yield f"{'error.left_out' if one['action'] == 'leave_out' else 'note.kind'}.{one['id']}"
    yield from (f"source.{basis}" for basis in get_args(Basis))
    yield from (f"recap.thought.{one['id']}" for one in entries("recap", "thought"))
    yield from (f"note.drift.{one['because']}" for one in entries("model_notes", "drift"))
    for one in entries("training", "training"):
        for name, key in (("confidence", "confidence"), ("energy_basis", "energy_basis"), ("co2_basis", "co2_basis")):
            if one.get(name):
                yield f"training.{key}.{one[name]}"
        if one.get("noted"):
            yield f"training.note.{one['id']}"


def of_quiz(things: Iterable[Thing]) -> Iterator[str]:
    """What a quiz says of its things, topics and votes."""
    for topic in TOPICS:
        yield f"choice.topic.{topic}"
    for thing in things:
        if thing.item.kind != "training" or thing.dimension == "water":
            yield f"quiz.basis.{thing.item.kind}.{thing.dimension}"
        if thing.subject is None or thing.item.of == HOUSEHOLD:
            yield f"quiz.thing.{thing.item.of}"
        yield from (f"quiz.{part}.{thing.dimension}" for part in ("question", "ratio"))
    yield from (f"quiz.button.{one}" for one in (NEXT, STOP))
    yield from (f"quiz.vote.{one}" for one in Vote if one not in REFUSALS)
    yield from (f"quiz.ending.{one}" for one in Ending if one is not Ending.FINISHED)


def of_boards() -> Iterator[str]:
    yield from (f"{key}.{PAST_WEEK}" for key in ("period", "totals.before", "picture.timeline.before"))
    for period in leaderboard.PERIODS:
        yield from (f"period.{period}", f"choice.period.{period}")
        if period != "all":
            yield f"totals.before.{period}"
    for by in leaderboard.BY:
        yield from (f"leaderboard.by.{by}", f"choice.by.{by}", f"csv.{by}")
    for metric in leaderboard.METRICS:
        yield from (f"leaderboard.metric.{metric}", f"choice.metric.{metric}", f"csv.metric.{metric}")
    for column in (
        *spreadsheet.RANGES,
        *spreadsheet.ENDS,
        *spreadsheet.COURTESY,
        *spreadsheet.MEASURED,
        "cost_usd",
        "courtesy_cost_usd",
    ):
        yield f"csv.{column}"
    yield from ("csv.file.totals", "csv.file.leaderboard")


def of_pictures() -> Iterator[str]:
    for unit in (timelines.DAY, timelines.WEEK, timelines.MONTH):
        yield from (f"picture.timeline.{unit}", f"picture.timeline.alt.{unit}")
    yield from (f"picture.timeline.before.{period}" for period in leaderboard.PERIODS if period != "all")
    yield from (f"picture.courtesy.{name}" for name in ("only", "within", "none", "all", "courtesy"))
    yield from (f"picture.training.{kind}" for kind in ("derived", "measured", "stated"))


def of_servers() -> Iterator[str]:
    for mode in MODES:
        yield from (f"mode.{mode}", f"choice.mode.{mode}")
    yield from (f"annotate.{mode}" for mode in (SILENT, REACTION, REPLY, DIGEST))
    yield from (f"settings.why.{why}" for why in Why)
    asked_for = {name for name, wanted in WANTED if wanted} - {"read_messages"}  # discord.py's name of view_channel
    yield from (f"permission.{name}" for name in {*ORDER, *FOR_RECAP, *asked_for, "manage_guild"})
    yield from (f"permission_use.{name}" for name in ORDER)
    yield from (f"recap.why.{outcome}" for outcome in EXPLAINED)
    yield from (f"{kind}.{step}" for kind in ("quiet", "button.quiet") for step in ("on", "off"))


def of_commands() -> Iterator[str]:
    """Names and descriptions of all commands and their options, as the cogs define them."""
    for name in COGS:
        module = importlib.import_module(name)
        for one in vars(module).values():
            if isinstance(one, app_commands.ContextMenu):
                yield f"command.{path(one)}.name"
            elif isinstance(one, type) and issubclass(one, commands.Cog) and one.__module__ == name:
                yield from of_cog(one)


def of_cog(cog: type[commands.Cog]) -> Iterator[str]:
    group = f"{cog.__cog_group_name__}." if issubclass(cog, commands.GroupCog) else ""
    if group:
        yield from (f"command.{group}name", f"command.{group}description")
    for command in cog.__cog_app_commands__:
        parts = command.walk_commands() if isinstance(command, app_commands.Group) else ()
        for one in (command, *parts):
            name = group + (f"{command.name}." if one is not command else "") + one.name
            options = one.parameters if isinstance(one, app_commands.Command) else ()
            keys = [name, *(f"{name}.{option.name}" for option in options)]
            yield from (f"command.{key}.{part}" for key in keys for part in ("name", "description"))


def of_command_line() -> Iterator[str]:
    for file in (ROOT / "bot" / "cli").glob("*.py"):
        if re.search(r"^def execute\(\w+: argparse\.Namespace", file.read_text(encoding="utf-8"), re.MULTILINE):
            yield f"cli.{file.stem}"
    yield from (f"doctor.{kind}" for kind in ("ok", "bad", "note"))


@pytest.fixture(scope="module")
def built(estimator: Estimator) -> set[str]:
    """Every key that code puts together, from the same lists as the code's."""
    politeness = PolitenessFacts.load(CONFIG_DIR)
    quiz = of_quiz(Things(estimator, QuizItems.load(CONFIG_DIR), politeness).all())
    tables = (f"{table}.{name}" for table, names in TABLES.items() for name in names)
    warnings = (f"warning.{code}" for code in {*_warning_codes, *OUR_WARNINGS})
    others = ("zone.WOR", "zone.EEE", "method.impacts.primary", "method.impacts.metals")
    found = (of_facts(), of_boards(), of_pictures(), of_servers(), of_commands(), of_command_line(), quiz)
    return {*itertools.chain(*found), *tables, *warnings, *others}


def literal() -> set[str]:
    """Every string in the code that may be a key."""
    source = "\n".join(path.read_text(encoding="utf-8") for path in modules().values())
    return set(re.findall(r"[\"']([a-z_]+(?:\.[a-z0-9_\-]+)+)[\"']", source))


def test_every_sentence_is_said(catalogues: Catalogues, built: set[str]) -> None:
    assert sorted(catalogues.fallback.keys - literal() - built) == []


def test_every_sentence_that_is_said_exists(catalogues: Catalogues, built: set[str]) -> None:
    assert sorted(built - catalogues.fallback.keys) == []


def test_every_key_in_a_call_exists(catalogues: Catalogues) -> None:
    called = re.compile(r'(?:\bt|words|many|UserError|sentence)\(\s*"([a-z_]+(?:\.[a-z_\-]+)+)"')
    source = "\n".join(
        path.read_text(encoding="utf-8") for name, path in modules().items() if name[:3] in ("bot", "cog")
    )
    found = set(called.findall(source))
    assert len(found) > 100
    assert sorted(found - catalogues.fallback.keys) == []
