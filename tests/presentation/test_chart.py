"""Comparisons in words and as the layout of their picture, in both languages."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.charts.records.chart import Chart
from bot.charts.records.scale import MAX_TICKS, Scale
from bot.estimation.comparison import Comparison
from bot.estimation.footprint import Request
from bot.estimation.ranges import Range
from bot.presentation import comparison
from bot.presentation.translator import Catalogues
from bot.usecases.estimates import Estimates

MAIL = "Écris un mail pour remercier mon équipe de son travail cette année, s’il te plaît."
NB = "\u00a0"


def given_energies(answers: Estimates, **energies: Range) -> Comparison:
    """Footprints of known energy: keyword `gpt_4o` stands for openai/gpt-4o."""
    footprints = []
    for name, energy in energies.items():
        model = answers.estimator.models.find(name.replace("_", "-"))
        one = answers.estimator.estimate("Bonjour", Request(model=model.key, answer_tokens=100))
        footprints.append(one._replace(impact=one.impact._replace(energy_wh=energy)))
    return Comparison.from_footprints(footprints)


@pytest.fixture(scope="module")
def close(answers: Estimates) -> Comparison:
    return given_energies(answers, o1=Range(0.5, 1.0, 2.0), gpt_5=Range(1.0, 2.0, 4.0))


@pytest.fixture(scope="module")
def far(answers: Estimates) -> Comparison:
    return given_energies(
        answers, gpt_4o=Range(0.3, 1.0, 2.0), o1=Range(0.005, 0.01, 0.02), gpt_5=Range(5.0, 20.0, 80.0)
    )


def test_a_linear_picture(close: Comparison, catalogues: Catalogues) -> None:
    chart = comparison.picture(close, catalogues.translator("fr"))
    assert not chart.log
    assert [bar.label for bar in chart.bars] == ["GPT-5", "o1"]
    assert [bar.value for bar in chart.bars] == [f"2{NB}Wh", f"1{NB}Wh"]
    assert [bar.span for bar in chart.bars] == [f"1{NB}– 4{NB}Wh", f"0,5{NB}– 2{NB}Wh"]
    assert chart.bars[0].expected == pytest.approx(2 * chart.bars[1].expected)
    assert chart.bars[0].high == pytest.approx(1 / 1.15)
    assert [tick.label for tick in chart.ticks] == [f"{n}{NB}Wh" for n in range(5)]
    assert chart.ticks[0].place == 0
    assert chart.ticks[4].place == pytest.approx(chart.bars[0].high)
    assert chart.subtitle == "Barre\u202f: valeur attendue · trait\u202f: fourchette"
    assert "logarithmique" not in chart.notes[0]


def test_a_logarithmic_picture(far: Comparison, catalogues: Catalogues) -> None:
    chart = comparison.picture(far, catalogues.translator("en"))
    assert chart.log
    assert [bar.label for bar in chart.bars] == ["GPT-5", "GPT-4o", "o1"]
    assert [tick.label for tick in chart.ticks] == [f"{n}{NB}Wh" for n in ("0.01", "0.1", "1", "10")]
    assert chart.bars[2].expected == pytest.approx(chart.ticks[0].place)
    assert chart.bars[1].expected == pytest.approx(chart.ticks[2].place)
    steps = {round(b.place - a.place, 6) for a, b in zip(chart.ticks, chart.ticks[1:], strict=False)}
    assert len(steps) == 1
    assert chart.subtitle == "Band: range · dot: expected value"
    assert chart.notes[0].startswith("Logarithmic scale")


@pytest.mark.parametrize(("high", "log"), [(19.9, False), (20.1, True)])
def test_when_the_scale_is_logarithmic(high: float, log: bool) -> None:
    assert Scale.fitting(least=0.5, smallest=1.0, largest=high).log is log


@given(smallest=st.floats(1e-4, 1e4), spread=st.floats(1, 1e6), below=st.floats(0.01, 1))
def test_everything_stands_inside(smallest: float, spread: float, below: float) -> None:
    scale = Scale.fitting(least=smallest * below, smallest=smallest, largest=smallest * spread)
    ticks = scale.ticks()
    assert 2 <= len(ticks) <= MAX_TICKS
    assert all(0 <= scale.place(value) <= 1 for value in [*ticks, smallest, smallest * below, smallest * spread])
    assert ticks == sorted(ticks)


def test_the_readers_own_model_is_marked(close: Comparison, catalogues: Catalogues) -> None:
    t = catalogues.translator("fr")
    own = replace(close, own="openai/o1")
    assert [bar.marked for bar in comparison.picture(own, t).bars] == [False, True]
    assert comparison.picture(own, t).notes[0].startswith("▸")
    assert [line.startswith("▸") for line in comparison.lines(own, t)[::3]] == [False, True, False]


def test_a_chart_survives_its_journey(far: Comparison, catalogues: Catalogues) -> None:
    chart = comparison.picture(far, catalogues.translator("fr"))
    again = Chart.from_json(chart.to_json())
    assert again == chart
    assert hash(again) == hash(chart)


@pytest.mark.parametrize(
    ("value", "french", "english"),
    [
        (1.0, "à peu près autant que o1", "about the same as o1"),
        (1.2, "un peu plus que o1", "a little more than o1"),
        (1.5, "une fois et demie autant que o1", "half as much again as o1"),
        (2.1, "deux fois plus que o1", "twice as much as o1"),
        (2.5, "2,5 fois plus que o1", "2.5 times as much as o1"),
        (2.8, "3 fois plus que o1", "3 times as much as o1"),
        (11.3, "11 fois plus que o1", "11 times as much as o1"),
        (1234.0, "1\u202f200 fois plus que o1", "1,200 times as much as o1"),
    ],
)
def test_ratios_in_words(catalogues: Catalogues, value: float, french: str, english: str) -> None:
    assert comparison.ratio(value, "o1", catalogues.translator("fr")) == french
    assert comparison.ratio(value, "o1", catalogues.translator("en")) == english


def test_lines_in_french(far: Comparison, catalogues: Catalogues) -> None:
    text = "\n".join(comparison.lines(far, catalogues.translator("fr"))).replace(NB, " ")
    assert text.index("**GPT-5 · 20 Wh** (5 – 80)") < text.index("**GPT-4o · 1 Wh** (0,3 – 2)")
    assert "2\u202f000 fois plus que o1" in text
    assert "**o1 · 0,01 Wh** (0,005 – 0,02)\nle plus bas" in text
    assert "Électricité du fournisseur\u202f: États-Unis." in text


def test_reasoning_and_electricity_are_said(answers: Estimates, catalogues: Catalogues) -> None:
    compared = answers.compare(MAIL, "gpt-5, mistral large")
    lines = comparison.lines(compared, catalogues.translator("en"))
    assert "of them reasoning" in lines[lines.index("") - 1]
    assert "of them reasoning" not in lines[4]
    text = "\n".join(lines)
    assert "United States (GPT-5), Sweden (Mistral Large 3)" in text


def test_one_unit_for_all(answers: Estimates, catalogues: Catalogues) -> None:
    small = given_energies(answers, o1=Range(0.0001, 0.0002, 0.0004), gpt_5=Range(0.5, 1.0, 2.0))
    assert [bar.value for bar in comparison.picture(small, catalogues.translator("fr")).bars] == [
        f"1{NB}Wh",
        f"0,0002{NB}Wh",
    ]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_description_says_what_the_picture_shows(answers: Estimates, catalogues: Catalogues, language: str) -> None:
    compared, t = answers.compare(MAIL, ""), catalogues.translator(language)
    described, chart = comparison.alt_text(compared, t), comparison.picture(compared, t)
    assert len(described) <= 1024
    for bar in chart.bars:
        assert bar.label in described
        assert bar.value in described


def test_one_model_has_nobody_to_be_compared_with(answers: Estimates, catalogues: Catalogues) -> None:
    alone = given_energies(answers, o1=Range(1, 2, 3))
    assert comparison.title(alone, catalogues.translator("fr")) == "⚖️ Le même message, 1 modèle"
    assert "le plus bas" not in "\n".join(comparison.lines(alone, catalogues.translator("fr")))


def test_an_implausible_size_is_drawn_hatched_and_said(
    answers: Estimates, close: Comparison, catalogues: Catalogues
) -> None:
    strange = next(model for model in answers.estimator.models if model.implausible)
    first, *others = close.footprints
    compared = replace(close, footprints=[first._replace(model=strange), *others])
    chart = comparison.picture(compared, catalogues.translator("fr"))
    assert [bar.hatched for bar in chart.bars] == [True, False]
    assert any(note.startswith("Hachuré") for note in chart.notes)
    plain = comparison.picture(close, catalogues.translator("fr"))
    assert not any(bar.hatched for bar in plain.bars)
    assert not any(note.startswith("Hachuré") for note in plain.notes)
