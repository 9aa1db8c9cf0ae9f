"""Members, channels and servers with hostile names: nothing around the names turns, breaks or counts wrongly."""

import csv
import io
import json
import re
import unicodedata
from datetime import timedelta

import pytest
from board_entries import entry, put
from house import House
from quiz_time import prepare, time_is_up
from recapped import Recapped, due_with_something
from shown import parts, texts
from test_nobody_waits import Patient
from test_quiz_command import post_with, press
from well_written import read

from sandbox.state.models import Json

TURNING = {"R", "AL", "AN", "RLE", "RLO", "RLI", "LRE", "LRO", "LRI", "PDF"}
ISOLATED = re.compile("\u2068.*?\u2069")
NAMES = (
    "שלום 99 Wh",
    "\u202e7 kWh",
    "**x** `y` <@&1> @everyone\n# z",
    "Z" + "\u0300\u0489\u0334" * 9,
    "🥇" * 32,
)


def wrong(message: Json | None) -> list[str]:
    """What of a message a name could turn or break."""
    assert message
    said = [*read(message), *(one["label"] for one in parts(message) if one.get("label"))]
    alone = [ISOLATED.sub("", text) for text in said]
    turned = [text for text in alone if {unicodedata.bidirectional(char) for char in text} & TURNING]
    piled = [text for text in said if re.search("[\u0300-\u036f\u0483-\u0489]{3}", text)]
    broken = [text for text in texts(message) if "@everyone\n" in text or "**x**" in text]
    return [*turned, *piled, *broken]


@pytest.fixture(params=range(len(NAMES)), ids=lambda number: f"name{number}")
def named(house: House, request: pytest.FixtureRequest) -> str:
    name, world = NAMES[request.param], house.sandbox.world
    world.user("leo").global_name = name
    house.bot.command_limits = Patient()
    guild = house.bot.get_guild(world.channel("général").guild_id or 0)
    assert guild
    guild.name = name
    for channel in guild.text_channels:
        channel.name = name
    return name


async def test_boards_tables_and_settings(house: House, named: str) -> None:
    await put(house, [entry(house, who, text="Merci !") for who in ("leo", "leo", "ines")])
    board: Json | None = None
    for command, values in (
        ("leaderboard", {"by": "channels"}),
        ("politeness", {}),
        ("settings show", {}),
        ("annotate", {"mode": "silent"}),
        ("leaderboard", {"by": "members"}),
    ):
        call = await house.sandbox.command("camille", "général", command, values)
        await call.settled(timeout=60)
        board = call.message
        assert not wrong(board), command
    assert board
    file = await house.sandbox.press("camille", board, label="CSV")
    assert file.message
    upload = house.sandbox.files.get(int(file.message["attachments"][0]["id"]))
    assert upload
    rows = list(csv.reader(io.StringIO(upload.data.decode("utf-8-sig")), delimiter=";"))
    assert {len(row) for row in rows} == {5}
    assert not [cell for row in rows for cell in row if "\n" in cell or "\u202e" in cell]


async def test_the_forms_of_a_server(house: House, named: str) -> None:
    form = await house.sandbox.command("camille", "général", "setup")
    assert form.modal
    shown = json.dumps(form.modal, ensure_ascii=False)
    assert "\u202e" not in shown
    assert not {unicodedata.bidirectional(char) for char in ISOLATED.sub("", shown)} & TURNING


async def test_scores_of_a_quiz(house: House, named: str) -> None:
    prepare(house)
    await house.sandbox.command("leo", "général", "quiz start", {"questions": 1})
    await press(house, "leo", await post_with(house, "question 1 sur 1"), "a")
    await time_is_up(house)
    results = await post_with(house, "Résultats du quiz")
    assert f"\u2068<@{house.sandbox.world.user('leo').id}>\u2069" in "\n".join(texts(results))
    assert not wrong(results)


@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
async def test_the_week(recapped: Recapped, name: str) -> None:
    recapped.house.sandbox.world.user("leo").global_name = name
    due = await due_with_something(recapped, weekday=0, hour=9)
    await recapped.move_to(due + timedelta(seconds=1))
    await recapped.look()
    (post,) = recapped.posts()
    assert not wrong(post)
