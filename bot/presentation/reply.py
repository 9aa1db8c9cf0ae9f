"""A footprint in a few lines that a hurried person reads: the same for an embed and a terminal."""

from dataclasses import dataclass

from bot.estimation.equivalents import Picture
from bot.estimation.footprint import Footprint
from bot.estimation.methods import DEFAULT_METHOD
from bot.estimation.ranges import Range
from bot.estimation.scale import AtScale
from bot.presentation import pictures, places
from bot.presentation.messages import Words
from bot.presentation.numbers import ENERGY, GWP, WATER, Ladder, amount, number, significant, span, tokens, whole

LEAST_PLANES = 1.0
"""From how many full planes on the line for scale counts planes; below, it counts passengers."""


@dataclass(frozen=True, slots=True)
class Reply:
    """All that a reply shows: the footprint, its everyday equivalents, what it comes to at scale.

    `notice` is the key of a sentence about the request, None for none.
    """

    footprint: Footprint
    pictures: list[Picture]
    at_scale: AtScale
    attachments: int = 0
    notice: str | None = None


def title(footprint: Footprint, words: Words) -> str:
    """Return which model on which electricity."""
    return words("reply.title", model=footprint.model.title, zone=places.name(footprint.zone, words))


def lines(reply: Reply, words: Words) -> list[str]:
    """Return the reply line by line, with Discord's `**` marks; "" stands between groups."""
    footprint = reply.footprint
    shown = [*_figures(footprint, words), ""]
    if reply.pictures:
        shown += [words("reply.pictures", pictures=pictures.row(reply.pictures, words)), ""]
    shown += [_token_line(footprint, words), _scale_line(reply.at_scale, words)]
    shown += _courtesy_lines(footprint, words)
    if reply.attachments:
        shown.append(words.many("reply.attachments", reply.attachments))
    if reply.notice:
        shown.append(words(reply.notice))
    if footprint.method != DEFAULT_METHOD:
        shown.append(words("reply.frozen", method=footprint.method))
    return shown


def footer(footprint: Footprint, words: Words) -> str:
    """Return what kind of figures these are."""
    return words("reply.footer_given" if footprint.length_given else "reply.footer")


def plain(line: str) -> str:
    """Return the line without Discord's marks."""
    return line.replace("**", "")


def _figures(footprint: Footprint, words: Words) -> list[str]:
    digits = 3 if footprint.length_given else 2
    impact = footprint.impact
    shown = [
        _figure("reply.energy", impact.energy_wh, ENERGY, words, digits),
        _figure("reply.gwp", impact.gwp_g, GWP, words, digits),
    ]
    if impact.water_ml is None:
        return [*shown, words("reply.no_water")]
    return [*shown, _figure("reply.water", impact.water_ml, WATER, words, digits)]


def _figure(key: str, quantity: Range, ladder: Ladder, words: Words, digits: int) -> str:
    return words(
        key,
        amount=amount(quantity.expected, ladder, words, digits),
        span=span(quantity, ladder, words, digits),
    )


def _token_line(footprint: Footprint, words: Words) -> str:
    written = footprint.answer_tokens
    shown = {"expected": tokens(written.expected, words)}
    key = "reply.tokens_given"
    if not footprint.length_given:
        key = "reply.tokens"
        shown |= {"low": tokens(written.low, words), "high": tokens(written.high, words)}
    read = footprint.prompt_tokens
    line = words.many(key, read, count=whole(read, words), **shown)
    if footprint.reasoning is None:
        return line
    hidden = written.expected - footprint.visible_tokens.expected
    return f"{line}, {words('reply.reasoning', tokens=tokens(hidden, words))}"


def _scale_line(at_scale: AtScale, words: Words) -> str:
    if at_scale.flights_paris_nyc >= LEAST_PLANES:
        key, count = "reply.scale_planes", at_scale.flights_paris_nyc
    else:
        key, count = "reply.scale_passengers", at_scale.passengers_paris_nyc
    digits = 3 if count >= 100 else 2
    # the number as written decides: "1,9 avion" in French, "1.4 planes" in English
    return words.many(key, significant(count, digits), count=number(count, words, digits))


def _courtesy_lines(footprint: Footprint, words: Words) -> list[str]:
    if not footprint.courtesy.words:
        return []
    counted = words.many("reply.courtesy", footprint.courtesy.words)
    return [counted, words("reply.courtesy_only")] if footprint.courtesy.only else [counted]
