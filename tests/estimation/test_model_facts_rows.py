"""Each row of the tables about models has its effect: names, kinds, ends, drift, sizes, prices, thinking."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from fnmatch import fnmatchcase
from typing import Any

import pytest
from genai_prices import Usage, calc_price

from bot.errors import UserError
from bot.estimation.estimator import Estimator
from bot.estimation.facts.fact import CONFIG_DIR, read
from bot.estimation.footprint import Request
from bot.estimation.impacts.model import Model
from bot.estimation.impacts.prices import MILLION, PROVIDERS, SMALL, Prices
from bot.estimation.notes import notes_of
from bot.estimation.ranges import Range
from bot.presentation.translator import Catalogues

Row = dict[str, Any]
AT = datetime(2026, 11, 27, tzinfo=UTC)
TODAY = AT.date()
NOTES, ALIASES = read(CONFIG_DIR, "model_notes"), read(CONFIG_DIR, "model_aliases")
KINDS, THINKING = read(CONFIG_DIR, "model_kinds")["kind"], read(CONFIG_DIR, "thinking")["thinking"]


def rows(table: list[Row], name: Callable[[Row], str]) -> Any:
    return pytest.mark.parametrize("row", table, ids=[name(row) for row in table])


def of_model(row: Row) -> str:
    return row["model"]


def of_typed(row: Row) -> str:
    return row["typed"][0]


def of_id(row: Row) -> str:
    return row["id"]


def everyone(estimator: Estimator, key: str) -> Model:
    return estimator.models.everything[key.lower()]


def refusal(estimator: Estimator, typed: str) -> UserError:
    with pytest.raises(UserError) as caught:
        estimator.models.find(typed)
    return caught.value


def said(estimator: Estimator, model: Model, day: date = TODAY) -> dict[str, dict[str, Any]]:
    return {note.key: dict(note.values) for note in notes_of(model, estimator.models, day)}


@rows(ALIASES["alias"], of_typed)
def test_each_alias_leads_to_its_model(estimator: Estimator, row: Row) -> None:
    meant = [everyone(estimator, key) for key in row["models"]]
    for typed in (form for word in row["typed"] for form in (word, word.upper(), f"  {word} ", word.replace(" ", "-"))):
        if typed.lower() in {model.name.lower() for model in estimator.models}:
            continue  # a model's own name, not what people say
        if meant[0].is_left_out:
            assert refusal(estimator, typed).values["model"] == meant[0].title
        elif len(meant) > 1:
            error = refusal(estimator, typed)
            assert error.key == "error.ambiguous_model"
            assert error.values["found"] == ", ".join(model.title for model in meant)
        else:
            assert estimator.models.find(typed) is meant[0], typed
            assert estimator.models.search(typed)[0] is meant[0], typed


@rows(ALIASES["outside"], of_typed)
def test_each_model_outside_is_said_to_be_with_the_nearest(
    estimator: Estimator, catalogues: Catalogues, row: Row
) -> None:
    for typed in row["typed"]:
        error = refusal(estimator, typed)
        assert error.values["model"] == row["name"]
        if "nearest" not in row:
            assert error.key == "error.model_outside_unsized"
            continue
        assert error.values["nearest"] == everyone(estimator, row["nearest"]).title
        assert error.values.get("times") == row.get("times")
        assert error.key == ("error.model_outside" if "times" in row else "error.model_outside_successor")
        for language in ("fr", "en"):
            sentence = catalogues.translator(language).error(error)
            assert row["name"].split()[0] in sentence
            assert str(error.values["nearest"]) in sentence


@rows(KINDS, of_id)
def test_each_kind_is_left_out_or_warned_about(estimator: Estimator, row: Row) -> None:
    models = estimator.models
    found = [one for one in models.everything.values() if one.kind and one.kind.id == row["id"]]
    assert found
    for pattern in row["match"]:
        assert any(fnmatchcase(key, pattern) for key in models.everything), pattern
    for model in found:
        assert model not in models.compared
        if row["action"] == "leave_out":
            assert refusal(estimator, model.key).key == f"error.left_out.{row['id']}"
            assert model not in models.search(model.name)
        else:
            assert f"note.kind.{row['id']}" in said(estimator, models.find(model.key))


@rows(NOTES["retired"], of_model)
def test_each_end_is_said_from_its_day_on(estimator: Estimator, catalogues: Catalogues, row: Row) -> None:
    model, end = everyone(estimator, row["model"]), date.fromisoformat(row["date"])
    assert "note.retired" not in said(estimator, model, end - timedelta(days=1))
    values = said(estimator, model, end)["note.retired"]
    assert values == {"maker": model.maker, "day": end}
    if end <= TODAY:
        assert model not in (*estimator.models.compared, *estimator.models.search("", limit=10))


@rows(NOTES["drift"], of_model)
def test_each_drifted_name_takes_the_tables_figure(estimator: Estimator, row: Row) -> None:
    model, meant = everyone(estimator, row["model"]), everyone(estimator, row["use"])
    assert meant.drift is None
    zone = estimator.impacts.method(None).zone_of(meant)
    figures = [estimator.impacts.coefficients(one, zone, "ecologits") for one in (model, meant)]
    assert figures[0] == figures[1]
    assert said(estimator, model)[f"note.drift.{row['because']}"] == {"other": meant.title, "times": row["times"]}


@rows(NOTES["implausible"], of_model)
def test_each_implausible_size_is_flagged_and_never_compared_by_default(estimator: Estimator, row: Row) -> None:
    model = estimator.models.find(row["model"])
    assert "note.implausible" in said(estimator, model)
    assert model not in estimator.models.compared
    zone = estimator.impacts.method(None).zone_of(model)
    energy = estimator.impacts.coefficients(model, zone, "ecologits").at(Range.exactly(400)).energy_wh
    assert tuple(energy) == pytest.approx(tuple(row["wh"]), rel=0.02)
    assert row["wh"][1] > 2 * row["if_price"]


@rows(NOTES["price"], of_model)
def test_each_price_is_corrected_or_not_shown(estimator: Estimator, row: Row) -> None:
    model = everyone(estimator, row["model"])
    price = Prices(lambda: AT).for_model(model)
    if "input" not in row:
        assert price is None
        return
    assert price
    ours = (price.per_input_token * MILLION, price.per_output_token * MILLION)
    assert ours == pytest.approx((row["input"], row["output"]))
    assert ours != pytest.approx(_of_the_list(model)), "a row that corrects nothing"


def _of_the_list(model: Model) -> tuple[float, float]:
    usage = Usage(input_tokens=SMALL, output_tokens=SMALL)
    try:
        found = calc_price(
            usage, model_ref=model.name, provider_id=PROVIDERS[model.provider], genai_request_timestamp=AT
        )
    except LookupError:
        return (0.0, 0.0)
    return float(found.input_price) * MILLION / SMALL, float(found.output_price) * MILLION / SMALL


@rows(THINKING, of_id)
def test_each_model_thinks_as_its_row_says(estimator: Estimator, row: Row) -> None:
    models = estimator.models.everything.values()
    documented = [one for one in models if (found := estimator.reasoning.documented(one.key)) and found.id == row["id"]]
    assert documented
    for model in documented:
        default, factor = row.get("default"), estimator.reasoning.factor(model.key)
        assert set(estimator.reasoning.efforts(model.key)) == set(row.get("efforts", ()))
        if default is None:
            assert factor is None
        else:
            assert factor
            assert factor.effort == default
        _refuses_other_efforts(estimator, model, row)


def _refuses_other_efforts(estimator: Estimator, model: Model, row: Row) -> None:
    if model.is_left_out:
        return
    with pytest.raises(UserError) as caught:
        estimator.estimate("Bonjour", Request(model=model.key, effort="extreme"))
    if row.get("efforts"):
        assert caught.value.key == "error.effort"
        assert set(str(caught.value.values["efforts"]).split(", ")) == set(row["efforts"])
    else:
        assert caught.value.key == "error.no_effort"


@pytest.mark.parametrize(
    "text",
    [
        "def f(x):\n    return x + 1\n" * 20,
        "```python\nprint('hello')\n```",
        "🙂🌱🔥" * 60,
        "👩‍👩‍👧‍👦",
        "مرحبا، هل يمكنك أن تشرح لي كيف تعمل الألواح الشمسية؟",
    ],
    ids=["code", "fenced code", "emoji", "one family", "Arabic"],
)
@pytest.mark.parametrize("model", ["openai/gpt-4o", "anthropic/claude-opus-5-5", "google_genai/gemini-3.8-flash"])
def test_texts_of_code_alone_of_emoji_and_in_arabic(estimator: Estimator, text: str, model: str) -> None:
    found = estimator.estimate(text, Request(model=model))
    tokens, energy = found.answer_tokens, found.impact.energy_wh
    assert 0 < found.prompt_tokens < 20 * len(text)
    assert 0 < tokens.low <= tokens.expected <= tokens.high
    assert 0 < energy.low <= energy.expected <= energy.high
    assert found.courtesy.words == 0


def test_what_is_shown_with_its_source_has_an_address(estimator: Estimator) -> None:
    sources = estimator.models.sources
    shown = {row["source"] for row in THINKING}
    assert {name for name in sources if not sources[name].url} <= {"ctok"} - shown
