"""What the files of the length predictor hold: `answer_length.toml`, its coefficients, `lexicon.toml`."""

from typing import Annotated

from pydantic import Strict

from bot.estimation.facts.fact import Day, Number, Part, Rows, Strings, Table

Triple = Annotated[tuple[Number, Number, Number], Strict(False)]
"""At the low end, in the middle, at the high end."""


class Dated(Table):
    """What each table with figures says of them."""

    unit: str
    source: str
    date: Day
    verified: bool
    is_assumption: bool = False
    note: str | None = None


class Lengths(Dated):
    """Tokens or factors, low to high."""

    low: Number
    expected: Number
    high: Number


class SmallTalk(Lengths):
    """Answers to greetings and thanks."""

    expected_at_most: Number
    verbosity_share: Number


class ActLengths(Lengths):
    """Answers to what asks for nothing; `weight` is against what the features say."""

    weight: Number


class Factor(Dated):
    """A factor on tokens."""

    factor: Number


class Longest(Dated):
    """The most tokens that are predicted."""

    tokens: Number


class DataSource(Table):
    """A set of answers that the coefficients were fitted to."""

    name: str
    licence: str
    models: int
    repository: str | None = None
    commit: str | None = None
    path: str | None = None
    what: str | None = None
    answers: int | None = None


class FamilyNames(Table):
    """A family of models, and the patterns of its models' names."""

    name: str
    match: Strings
    note: str | None = None


class LengthFile(Table):
    """`answer_length.toml`."""

    date: Day
    verified: bool
    unit: str
    source: Rows[DataSource]
    small_talk: SmallTalk
    act: dict[str, ActLengths]
    french: Factor
    french_talk: Factor
    asked: Lengths
    longest: Longest
    alias: dict[str, str]
    family: Rows[FamilyNames]


class Offset(Table):
    """Of models that nothing is known of."""

    offset: Triple


class FittedModel(Offset):
    """A model, beside its family."""

    family: str


class FittedFamily(Offset):
    """A family of models."""

    slope: Triple
    tilt: dict[str, Triple]


class CoefficientFile(Table):
    """`answer_length.coefficients.toml`, written by the fit."""

    date: Day
    verified: bool
    unit: str
    source: str
    method: str
    centre: Triple
    shortest: Triple
    intercept: Triple
    unknown: Offset
    feature: dict[str, Triple]
    model: dict[str, FittedModel]
    family: dict[str, FittedFamily]


class Words(Table):
    """Expressions of a language; `er` are French verbs that are conjugated."""

    en: Strings = ()
    fr: Strings = ()
    er: Strings = ()


class FixedLength(Words):
    """Words that ask for an answer of so many tokens."""

    tokens: Number
    weight: Number


class UnitOfLength(FixedLength):
    """Words that answers are measured in; `least` of them at least."""

    article: bool
    least: int


class FormOfAnswer(Words):
    """A form that answers of some tasks take."""

    tasks: Strings
    most_words: int
    low: Number
    expected: Number
    high: Number
    weight: Number
    needs: Strings = ()
    note: str | None = None


class LexiconFile(Table):
    """`lexicon.toml`."""

    date: Day
    verified: bool
    source: str
    task: dict[str, Words]
    verb: dict[str, Words]
    question: dict[str, Words]
    length: dict[str, Words]
    topic: dict[str, Words]
    style: dict[str, Words]
    language: dict[str, Words]
    act: dict[str, Words]
    opening: dict[str, Strings]
    size: dict[str, UnitOfLength]
    fixed: dict[str, FixedLength]
    follows: dict[str, Number]
    form: dict[str, FormOfAnswer]
    sums: Part[Words]
    items: Part[Words]
    numbers: dict[str, Strings]
