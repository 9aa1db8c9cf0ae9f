"""From a footprint to an entry, and what courtesy costs."""

from datetime import date

import pytest

from bot.estimation.estimator import Estimator
from bot.estimation.footprint import Footprint, Request
from bot.ledger.entries import entry_of
from bot.ledger.records import FOOTPRINT, Entry
from bot.ledger.schema import entries


def made(estimator: Estimator, text: str, request: Request | None = None) -> tuple[Footprint, Entry]:
    footprint = estimator.estimate(text, request or Request(model="openai/gpt-4o"))
    entry = entry_of(
        footprint,
        message_id=1,
        guild_id=2,
        channel_id=3,
        author_id=4,
        local_day=date(2026, 11, 23),
        kind=FOOTPRINT,
    )
    return footprint, entry


def test_fields_are_the_columns() -> None:
    assert list(Entry._fields) == [column.name for column in entries.columns]


def test_all_figures_come_over(estimator: Estimator) -> None:
    footprint, entry = made(estimator, "Explique la photosynthèse à un enfant de dix ans.")
    assert entry[:5] == (1, 2, 3, 4, date(2026, 11, 23))
    assert entry[5:9] == (FOOTPRINT, "openai/gpt-4o", footprint.zone, footprint.method)
    assert entry.prompt_tokens == footprint.prompt_tokens
    assert entry[11:14] == footprint.answer_tokens
    assert entry[14:17] == footprint.impact.energy_wh
    assert entry[17:20] == footprint.impact.gwp_g
    assert entry[20:23] == footprint.impact.water_ml
    assert entry.cost_usd == footprint.cost_usd
    assert entry[24:] == (0, 0, False, 0.0, 0.0, 0.0)


def test_a_method_without_water(estimator: Estimator) -> None:
    request = Request(model="openai/gpt-4o", method="ecologits-2024")
    assert made(estimator, "Bonjour", request)[1][20:23] == (None, None, None)


def test_nothing_but_courtesy_costs_a_whole_answer(estimator: Estimator) -> None:
    footprint, entry = made(estimator, "Merci beaucoup !")
    assert (entry.courtesy_words, entry.courtesy_only) == (1, True)
    assert entry.courtesy_energy_wh == footprint.impact.energy_wh.expected
    assert entry.courtesy_gwp_g == footprint.impact.gwp_g.expected
    assert entry.courtesy_cost_usd == footprint.cost_usd


def test_courtesy_in_a_request_costs_its_reading(estimator: Estimator) -> None:
    footprint, entry = made(estimator, "Explique-moi la photosynthèse en dix lignes, s'il te plaît.")
    assert (entry.courtesy_words, entry.courtesy_only) == (1, False)
    share = entry.courtesy_tokens / entry.prompt_tokens
    assert 0 < share < 1
    assert entry.courtesy_energy_wh == pytest.approx(footprint.input_energy_wh.expected * share)
    per_wh = footprint.impact.gwp_g.expected / footprint.impact.energy_wh.expected
    assert entry.courtesy_gwp_g == pytest.approx(entry.courtesy_energy_wh * per_wh)
    assert entry.courtesy_cost_usd is not None
    assert footprint.cost_usd is not None
    assert 0 < entry.courtesy_cost_usd < footprint.cost_usd
    open_weights = Request(model="huggingface_hub/meta-llama/Meta-Llama-3.1-8B-Instruct")
    unpriced = made(estimator, "Explique-moi la photosynthèse, s'il te plaît.", open_weights)[1]
    assert unpriced.courtesy_cost_usd is None
