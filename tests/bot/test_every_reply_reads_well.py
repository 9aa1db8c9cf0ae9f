"""Every reply in both languages, as it is read: commands, buttons, forms, annotations, quizzes, recaps."""

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from annotated import ENGLISH, QUESTION, by_the_bot, turn_on, until
from board_entries import entry, put
from house import House
from quiz_time import prepare, time_is_up
from recapped import Recapped, due_with_something
from shown import BUTTON, parts
from test_nobody_waits import Patient, commands
from test_quiz_command import post_with, press
from well_written import faults, read, read_form, too_exact

from bot.ledger.records import DIGEST, REACTION, REPLY
from bot.presentation.translator import Catalogues
from sandbox.interactions.interaction_sessions import InteractionSession
from sandbox.state.models import Json

ORDINARY: dict[str, dict[str, Any]] = {
    "annotate": {"mode": "reply"},
    "compare": {"text": "Explique la pluie, s'il te plaît."},
    "footprint": {"text": "Explique la pluie, s'il te plaît."},
    "leaderboard": {"period": "all", "by": "members"},
    "settings ai-bot add": {"bot": "{bot}", "model": "gpt-4o"},
    "settings ai-bot remove": {"bot": "{bot}"},
    "settings language": {"language": "auto"},
    "settings model": {"model": "mistral large"},
    "settings recap": {"weekday": 6, "hour": 23},
    "settings timezone": {"timezone": "Frnace"},
    "settings zone": {"zone": "france"},
    "training": {"model": "llama 3.1 405b"},
}
"""What is typed where a command needs something; the others are called bare."""


@pytest.mark.parametrize(
    ("text", "wrong"),
    [("le 2026-11-27", True), ("quoi ?", True), ("3 Wh", True), ("None", True), ("3\u00a0Wh, quoi\u202f?", False)],
)
def test_the_walk_sees_what_is_wrong(text: str, wrong: bool) -> None:
    assert bool(faults(text, "fr", set())) is wrong


@pytest.mark.parametrize(
    ("text", "locale", "wrong"),
    [
        ("**0,332\u00a0Wh** (0,25 – 0,41)", "fr", True),
        ("**0,33\u00a0Wh** (0,25 – 0,41)", "fr", False),
        ("0.33 Wh (0.251 – 0.414)", "en", True),
        ("de 0,094\u00a0Wh à 0,55\u00a0Wh", "fr", False),
        ("de 1\u202f234 à 9\u202f876", "fr", True),
        ("1,200 to 9,800", "en", False),
        ("0,404 Wh (0,401 – 0,406)", "fr", False),
        ("entre 178 et 1\u202f300 avions", "fr", True),
        ("2015 – 2025", "fr", False),
    ],
)
def test_digits_beside_a_wide_range_are_seen(text: str, locale: str, wrong: bool) -> None:
    assert bool(too_exact(text, locale)) is wrong


class Walk:
    """One person who uses everything, and notes what isn't written well."""

    def __init__(self, house: House, locale: str, place: str, keys: set[str]) -> None:
        self.house, self.locale, self.place, self.keys = house, locale, place, keys
        self.language = "fr" if locale == "fr" else "en"
        self.wrong: dict[str, list[str]] = {}
        self.pressed: set[str] = set()

    def note(self, what: str, said: list[str]) -> None:
        if found := [one for text in said for one in faults(text, self.language, self.keys)]:
            self.wrong.setdefault(what, []).extend(found)

    async def command(self, name: str, **values: Any) -> InteractionSession:
        call = await self.house.sandbox.command("camille", self.place, name, values, locale=self.locale, force=True)
        await self.answered(name, call)
        return call

    async def answered(self, name: str, call: InteractionSession) -> None:
        """Read a form and its answer, or what came and what every button below it says."""
        if call.modal is not None:
            self.note(f"form of {name}", read_form(call.modal))
            call = await self.house.sandbox.submit("camille", call, {}, locale=self.locale, force=True)
        await call.settled(timeout=60)
        for message in list(call.messages):
            self.note(name, read(message))
            await self.press_all(name, message)

    async def press_all(self, name: str, message: Json) -> None:
        for button in list(buttons_of(message)):
            kind = KIND.match(button["custom_id"])
            assert kind
            if kind[0] in self.pressed:
                continue
            self.pressed.add(kind[0])
            call = await self.house.sandbox.press(
                "camille", message, custom_id=button["custom_id"], locale=self.locale, force=True
            )
            await self.answered(f"{name} → {button['label']}", call)


KIND = re.compile(r"[a-z]+(?::(?:[a-z]+))?")


def buttons_of(message: Json) -> Iterator[Json]:
    """Yield what can be pressed; a quiz has its own test."""
    for one in parts(message):
        pressable = one["type"] == BUTTON and "custom_id" in one and not one.get("disabled")
        if pressable and not one["custom_id"].startswith("quiz"):
            yield one


@pytest.fixture(params=[("fr", "Atelier IA/général"), ("en-GB", "English Club/general")], ids=["fr", "en"])
def walk(house: House, catalogues: Catalogues, request: pytest.FixtureRequest) -> Walk:
    house.bot.command_limits = Patient()
    locale, place = request.param
    return Walk(house, locale, place, {key for key in catalogues.fallback.keys if "." in key})


LAST = ("privacy", "settings reset", "settings ai-bot remove")
"""What takes away what the others show."""


async def test_every_command_button_and_form(walk: Walk) -> None:
    house = walk.house
    prepare(house)
    await put(house, [entry(house, name, channel=walk.place) for name in ("camille", "ines", "noah") for _ in range(9)])
    names = sorted((one.qualified_name for one in commands(house)), key=lambda name: (name.startswith(LAST), name))
    for name in names:
        other = str(house.sandbox.ai_bot.user.id)
        values = ORDINARY.get(name, {})
        await walk.command(name, **{key: other if value == "{bot}" else value for key, value in values.items()})
    assert len(names) >= 24
    assert len(walk.pressed) >= 12, walk.pressed
    assert not walk.wrong


@pytest.mark.parametrize("effort", ["high", "low"])
async def test_models_that_think_and_texts_of_all_lengths(walk: Walk, effort: str) -> None:
    for text in ("ok", QUESTION, "Écris un roman de 300 pages. " * 60, "🙂🙂", "merci"):
        await walk.command("footprint", text=text)
        await walk.command("footprint", text=text, model="o3-mini", zone="FRA", effort=effort)
        await walk.command("footprint", text=text, model="llama 3.1 8b")
        walk.pressed.clear()
    for second in ("ok", "Écris un cours complet et détaillé."):
        await walk.command("compare", text=QUESTION, second_text=second)
    await walk.command("compare", text=QUESTION, models="gpt-4o, o1, llama 3.1 8b")
    assert not walk.wrong


async def test_the_menu_and_mistakes(walk: Walk) -> None:
    for text in (QUESTION, "**", "https://exemple.org"):
        message = await walk.house.sandbox.post_message("leo" if walk.language == "fr" else "noah", walk.place, text)
        call = await walk.house.sandbox.context_menu(
            "camille", walk.place, "Empreinte", message, locale=walk.locale, force=True
        )
        await walk.answered("menu", call)
    for name, values in (
        ("footprint", {"text": "x", "model": "gpt 99"}),
        ("footprint", {"text": "x", "zone": "Atlantide"}),
        ("compare", {"text": "x", "models": "gpt-4o, zzz"}),
        ("settings timezone", {"timezone": "CET"}),
        ("settings timezone", {"timezone": "zzz"}),
        ("settings model", {"model": "zzz"}),
        ("training", {"model": "zzz"}),
        ("models", {"query": "zzz"}),
        ("leaderboard", {"period": "month", "metric": "courtesy"}),
    ):
        await walk.command(name, **values)
    assert not walk.wrong


@pytest.mark.usefixtures("digests_soon")
@pytest.mark.parametrize("mode", [REPLY, DIGEST, REACTION])
async def test_annotations_and_notices(walk: Walk, mode: str) -> None:
    house, who = walk.house, "leo" if walk.language == "fr" else "noah"
    await walk.command("annotate", mode=mode)
    await turn_on(house, mode, walk.place)
    await house.sandbox.post_message(who, walk.place, QUESTION if walk.language == "fr" else ENGLISH)
    await until(lambda: len(by_the_bot(house, walk.place)) >= (1 if mode == REACTION else 2))
    for message in by_the_bot(house, walk.place):
        walk.note("annotation", read(message))
        await walk.press_all("annotation", message)
    assert not walk.wrong


async def test_a_quiz(walk: Walk) -> None:
    house, french = walk.house, walk.language == "fr"
    prepare(house)
    await walk.command("quiz start", questions=2)
    for number in (1, 2):
        question = await post_with(house, f"question {number} {'sur' if french else 'of'} 2", walk.place)
        call = await press(house, "camille", question, "a", locale=walk.locale)
        await walk.answered("vote", call)
        await time_is_up(house, walk.place)
        reveal = await post_with(house, f"{'Réponse' if french else 'Answer'} {number}", walk.place)
        walk.note("reveal", read(reveal))
        if number == 1:
            await press(house, "camille", reveal, "next", locale=walk.locale)
    for message in by_the_bot(house, walk.place):
        walk.note("quiz", read(message))
    assert not walk.wrong


@pytest.mark.parametrize("language", ["fr", "en"])
async def test_a_recap(recapped: Recapped, catalogues: Catalogues, language: str) -> None:
    due = await due_with_something(recapped, weekday=0, hour=9)
    for setting, value in (("timezone", "Europe/Paris"), ("language", language)):  # a language has its own timezone
        await recapped.house.sandbox.command("camille", "général", f"settings {setting}", {setting: value})
    await recapped.move_to(due + timedelta(seconds=1))
    await recapped.look()
    (post,) = recapped.posts()
    keys = {key for key in catalogues.fallback.keys if "." in key}
    assert not [one for text in read(post) for one in faults(text, language, keys)]
