"""A footprint as the JSON object that `estimate --json` prints. Numbers are unrounded."""

from dataclasses import asdict
from typing import Any

from bot.estimation.facts.equivalents import Equivalence
from bot.estimation.ranges import Range
from bot.presentation import equivalences, notes
from bot.presentation.translator import Translator
from bot.usecases.records.estimates import Reply


def footprint(reply: Reply, t: Translator) -> dict[str, Any]:
    """Return the object; its keys are part of the outward interface, its words in the reader's language."""
    one, impact = reply.footprint, reply.footprint.impact
    return {
        "model": one.model.key,
        "zone": one.zone,
        "method": one.method,
        "prompt_tokens": one.prompt_tokens,
        "answer_tokens": one.answer_tokens.as_dict(),
        "energy_wh": impact.energy_wh.as_dict(),
        "gwp_g": impact.gwp_g.as_dict(),
        "water_ml": _maybe(impact.water_ml),
        "primary_energy_kj": _maybe(impact.primary_energy_kj),
        "adpe_ug": _maybe(impact.adpe_ug),
        "input_energy_wh": one.input_energy_wh.as_dict(),
        "at_scale": asdict(reply.at_scale),
        "equivalents": [_picture(picture, t) for picture in reply.equivalences],
        "courtesy": one.courtesy._asdict(),
        "cost_usd": one.cost_usd,
        "warnings": [*(t(f"warning.{code}") for code in one.warnings), *notes.lines(reply.notes, t)],
    }


def _maybe(quantity: Range | None) -> dict[str, float] | None:
    return quantity.as_dict() if quantity else None


def _picture(one: Equivalence, t: Translator) -> dict[str, Any]:
    fact = one.equivalent.fact
    return {
        "id": one.equivalent.id,
        "quantity": one.quantity,
        "unit": one.unit,
        "text": equivalences.in_words(one, t),
        "source": f"{fact.source} <{fact.url}> ({fact.date})",
    }
