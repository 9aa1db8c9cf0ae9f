"""What is wrong with how a text is written: spaces, dates, units, digits beside a range, what was left over."""

import re
from collections.abc import Iterator

from shown import descriptions, parts, texts

from sandbox.state.models import Json

CODE = re.compile(r"`[^`]*`|<[^>\s]*>|\]\([^)]*\)|https?://\S+")
BREAKABLE = re.compile(r"\S[ \u00a0][:;!?»](?=\s|$)|«[ \u00a0]")
LOOSE_UNIT = re.compile(r"\d (?:%|€|\$|kWh|Wh|mWh|GWh|kg|g|mg|mL|L)(?![\w’'-])")
LEFT_OVER = re.compile(r"\bNone\b(?! of)|\{\w*\}|\bnan\b")
ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")

WIDE = 1.1
"""A range whose high end is more than so many times its low end is wide: nobody knows a third digit there."""

DIGITS = 2

THE_TALKS = ("14,9", "14.9")
"""The figure by which the talk that the method explains is known, Wh: with two digits nobody would know it again."""

NUMBERS = {
    "fr": r"\d{1,3}(?:[\u202f\u00a0]\d{3})+|\d+(?:,\d+)?",
    "en": r"\d{1,3}(?:,\d{3})+(?!\d)|\d+(?:\.\d+)?",
}
UNIT = r"(?:\u00a0(?P<unit{0}>[^\W\d]{{1,3}}(?:\u00a0(?:CO₂e|Sb|d’eau))?))?"
BETWEEN = r"[ \u00a0]?(?:–|à|et|to|and)[ \u00a0]"
PUBLISHED = re.compile(r"Publié|Published|Mesuré|Measured|Estimé|Estimated")
"""Lines with figures of others, printed as those printed them."""


def read(message: Json) -> list[str]:
    """All that a person reads of a message, or hears of its pictures."""
    said = [message["content"], *texts(message), *descriptions(message)]
    said += [one[name] for one in parts(message) for name in ("label", "placeholder") if one.get(name)]
    for one in message["embeds"]:
        said += [one.get("title", ""), one.get("description", ""), one.get("footer", {}).get("text", "")]
        said += [text for field in one.get("fields", []) for text in (field["name"], field["value"])]
    return [CODE.sub("", text) for text in said if text]


def read_form(form: Json) -> list[str]:
    """All that a person reads of a form."""
    named = ("label", "description", "placeholder", "title", "content")
    found = [form["title"], *(str(one[name]) for one in _within(form["components"]) for name in named if one.get(name))]
    return [text for text in found if text]


def faults(text: str, locale: str, keys: set[str]) -> list[str]:
    """What is wrong with how a text is written."""
    rules = [ISO_DATE, LOOSE_UNIT, LEFT_OVER, *([BREAKABLE] if locale == "fr" else [])]
    found = [text[max(0, one.start() - 30) : one.end() + 30] for rule in rules for one in rule.finditer(text)]
    return [*found, *sorted(keys & set(text.split())), *too_exact(text, locale)]


def too_exact(text: str, locale: str) -> list[str]:
    """Return wide ranges of a text with more digits than are known, at their ends or of the figure before them."""
    number = NUMBERS["fr" if locale == "fr" else "en"]
    pattern = re.compile(
        rf"(?:(?P<expected>{number}){UNIT.format(0)}\*{{0,2}} \()?(?<![\w.,/])(?P<low>{number}){UNIT.format(1)}"
        rf"{BETWEEN}(?P<high>{number}){UNIT.format(2)}(?![\w/]|[.,]\d)"
    )
    lines = (line for line in text.splitlines() if not PUBLISHED.search(line))
    return [found[0] for line in lines for found in pattern.finditer(line) if _is_too_exact(found, locale)]


def _is_too_exact(found: re.Match[str], locale: str) -> bool:
    low, high = (_value(found[end], locale) for end in ("low", "high"))
    one_unit = found["unit1"] in (None, found["unit2"])
    if _is_day(found) or found["expected"] in THE_TALKS or (one_unit and (high <= WIDE * low or low <= 0)):
        return False
    return any(_digits(found[name]) > DIGITS for name in ("expected", "low", "high") if found[name])


def _is_day(found: re.Match[str]) -> bool:
    """Tell whether it is a span of years or days."""
    return found["unit2"] is None and all(len(found[end]) == 4 and found[end].isdigit() for end in ("low", "high"))


def _value(number: str, locale: str) -> float:
    plain = re.sub(r"[\u202f\u00a0]", "", number)
    return float(plain.replace(",", ".") if locale == "fr" else plain.replace(",", ""))


def _digits(number: str) -> int:
    """Return the significant digits of a number; a whole one's last zeros say nothing."""
    whole = re.sub(r"[\u202f\u00a0]", "", number)
    decimal = re.fullmatch(r"(\d+)[.,](\d+)", whole) if not re.fullmatch(r"\d{1,3}(?:,\d{3})+", whole) else None
    if decimal:
        return len((decimal[1] + decimal[2]).lstrip("0"))
    return len(re.sub(r"\D", "", whole).strip("0"))


def _within(components: list[Json]) -> Iterator[Json]:
    for one in components:
        yield one
        inner = one.get("component")
        yield from _within([*one.get("components", []), *one.get("options", []), *([inner] if inner else [])])
