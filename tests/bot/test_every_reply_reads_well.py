"""Every command's reply in both languages, as it is read: dates in words, spaces as printed, nothing left over."""

import re
from typing import Any

import pytest
from board_entries import entry, put
from house import House
from quiz_time import prepare
from shown import descriptions, parts, texts
from test_nobody_waits import Patient, commands

from bot.presentation.translator import Catalogues
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

CODE = re.compile(r"`[^`]*`|<[^>\s]*>|\]\([^)]*\)|https?://\S+")
BREAKABLE = re.compile(r"\S[ \u00a0][:;!?»](?=\s|$)|«[ \u00a0]")
LOOSE_UNIT = re.compile(r"\d (?:%|€|\$|kWh|Wh|mWh|GWh|kg|g|mg|mL|L)(?![\w’'-])")
LEFT_OVER = re.compile(r"\bNone\b(?! of)|\{\w*\}|\bnan\b")
ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


def read(message: Json) -> list[str]:
    """All that a person reads of a message, or hears of its pictures."""
    said = [message["content"], *texts(message), *descriptions(message)]
    said += [one["label"] for one in parts(message) if one.get("label")]
    for one in message["embeds"]:
        said += [one.get("title", ""), one.get("description", ""), one.get("footer", {}).get("text", "")]
        said += [text for field in one.get("fields", []) for text in (field["name"], field["value"])]
    return [CODE.sub("", text) for text in said if text]


def faults(text: str, locale: str, keys: set[str]) -> list[str]:
    """What is wrong with how a text is written."""
    rules = [ISO_DATE, LOOSE_UNIT, LEFT_OVER, *([BREAKABLE] if locale == "fr" else [])]
    found = [text[max(0, one.start() - 30) : one.end() + 30] for rule in rules for one in rule.finditer(text)]
    return found + sorted(keys & set(text.split()))


@pytest.mark.parametrize(
    ("text", "wrong"),
    [("le 2026-11-27", True), ("quoi ?", True), ("3 Wh", True), ("None", True), ("3\u00a0Wh, quoi\u202f?", False)],
)
def test_the_walk_sees_what_is_wrong(text: str, wrong: bool) -> None:
    assert bool(faults(text, "fr", set())) is wrong


@pytest.mark.parametrize(("locale", "place"), [("fr", "Atelier IA/général"), ("en-GB", "English Club/general")])
async def test_every_reply_reads_well(house: House, catalogues: Catalogues, locale: str, place: str) -> None:
    house.bot.command_limits = Patient()
    prepare(house)
    keys = {key for key in catalogues.fallback.keys if "." in key}
    await put(house, [entry(house, name, channel=place) for name in ("camille", "ines", "noah") for _ in range(3)])
    wrong = {}
    names = sorted(one.qualified_name for one in commands(house))
    for name in names:
        values = {
            key: str(house.sandbox.ai_bot.user.id) if value == "{bot}" else value
            for key, value in ORDINARY.get(name, {}).items()
        }
        call = await house.sandbox.command("camille", place, name, values, locale=locale, force=True)
        if call.modal is not None:
            continue
        await call.settled(timeout=60)
        assert call.message, name
        if found := [one for text in read(call.message) for one in faults(text, locale, keys)]:
            wrong[name] = found
    assert len(names) >= 24
    assert not wrong
