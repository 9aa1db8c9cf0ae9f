"""The files of `config/`: what is wrong with one is said in one sentence that names file, entry and field."""

import re
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.errors import ConfigError, ConfigFieldError
from bot.estimation.answer_length.predictor import AnswerLength
from bot.estimation.estimator import Estimator
from bot.estimation.facts import places, publishers
from bot.estimation.facts.assumptions import load_assumptions
from bot.estimation.facts.checks import Measured
from bot.estimation.facts.equivalents import load_equivalents
from bot.estimation.facts.fact import CONFIG_DIR, JUDGEMENT, Fact, newest
from bot.estimation.facts.politeness_facts import PolitenessFacts
from bot.estimation.facts.proxies import load_proxies
from bot.estimation.facts.quiz_items import QuizItems
from bot.estimation.facts.retention import Retention
from bot.estimation.facts.sizes import Sizes
from bot.estimation.facts.thoughts import Thoughts
from bot.estimation.facts.trainings import Trainings
from bot.estimation.impacts import methods
from bot.estimation.impacts.models import Models
from bot.estimation.impacts.reasoning import Reasoning
from bot.estimation.tokenizer_ratios import TokenizerRatios
from bot.estimation.tokens import Tokenizers
from bot.presentation.translator import Catalogues

Break = Callable[[str], str]
TODAY = datetime(2026, 11, 27, tzinfo=UTC)


def within(id_: str, old: str, new: str) -> Break:
    """Replace a line of one entry."""

    def replaced(text: str) -> str:
        head, mark, entry = text.partition(f'id = "{id_}"\n')
        assert mark
        changed = re.sub(rf"^{old}.*\n", new, entry, count=1, flags=re.MULTILINE)
        assert changed != entry
        return head + mark + changed

    return replaced


def twice(id_: str) -> Break:
    """Say an entry again at the end of the file."""

    def doubled(text: str) -> str:
        entry = next(part for part in text.split("\n\n") if f'id = "{id_}"\n' in part)
        return f"{text}\n{entry}\n"

    return doubled


@pytest.mark.parametrize(
    ("file", "change", "entry", "field", "key"),
    [
        ("assumptions", within("days", "value", ""), "days", "value", "missing"),
        ("assumptions", within("days", "value", 'value = "365"\n'), "days", "value", "invalid"),
        ("assumptions", within("days", "value", "value = 365\nvalu = 1\n"), "days", "valu", "unknown"),
        ("assumptions", twice("days"), "days", "id", "duplicate"),
        ("assumptions", within("input_token", "low", "low = 0.9\n"), "input_token", "input_token", "invalid"),
        ("equivalents", within("bath", "unit", 'unit = "gallons/bath"\n'), "bath", "unit", "invalid"),
        ("equivalents", within("bath", "url", 'url = "selectra.info"\n'), "bath", "url", "invalid"),
        ("equivalents", within("bath", "verified", 'verified = "yes"\n'), "bath", "verified", "invalid"),
        ("measured", within("epoch_gpt4o", "compared", 'compared = ["gwp_g"]\n'), "epoch_gpt4o", "compared", "invalid"),
        ("methods", within("ecologits-2024", "pue", "pue = 0\n"), "ecologits-2024", "frozen.datacenter.pue", "invalid"),
        ("politeness", within("afraid", "date", 'date = "yesterday"\n'), "afraid", "date", "invalid"),
        ("reasoning", within("gpt-5", "medium", "medium = [3, 2, 1]\n"), "gpt-5", "efforts.medium", "invalid"),
        ("reasoning", twice("gpt-5-chat"), "gpt-5-chat", "id", "duplicate"),
        ("retention", within("entries", "value", "value = 0\n"), "entries", "value", "invalid"),
        ("training", within("llama2_7b", "year", 'year = "2023"\n'), "llama2_7b", "year", "invalid"),
        ("vocabularies", within("o200k_base", "sha256", ""), "o200k_base", "sha256", "missing"),
        ("publishers", lambda text: text.replace("name =", "nam =", 1), "[[publisher]] 1", "name", "missing"),
        ("annotation", within("min_tokens", "value", 'value = "8"\n'), "min_tokens", "value", "invalid"),
        ("models", lambda text: text.replace("default =", "defaults ="), "default", "default", "missing"),
        ("answer_length", lambda text: text.replace("expected_at_", "at_"), "[small_talk]", "at_most", "missing"),
        ("answer_length.coefficients", lambda text: text.replace("[unknown]", "[unknow]"), "unknown", "", "missing"),
        ("lexicon", lambda text: text.replace("words = ", "words = 0.", 1), "[form]", "most_words", "invalid"),
        ("courtesy", lambda text: text.replace("[files]", "[file]"), "files", "files", "missing"),
    ],
)  # fmt: skip
def test_a_broken_entry_is_said_in_one_sentence(
    tmp_path: Path, catalogues: Catalogues, file: str, change: Break, entry: str, field: str, key: str
) -> None:
    shutil.copytree(CONFIG_DIR, tmp_path, dirs_exist_ok=True)
    path = tmp_path / f"{file}.toml"
    path.write_text(change(path.read_text(encoding="utf-8")), encoding="utf-8")
    with pytest.raises(ConfigFieldError) as caught:
        load_all(tmp_path)
    assert caught.value.key == f"error.config_{key}"
    for language in ("fr", "en"):
        said = catalogues.translator(language).error(caught.value)
        assert all(part in said for part in (f"{file}.toml", entry, field)), said
        assert "\n" not in said


def load_all(config_dir: Path) -> None:
    """Read every file, those of the predictor of lengths last: they take half of the time."""
    ratios = TokenizerRatios.load(config_dir)
    for load in (
        PolitenessFacts.load,
        QuizItems.load,
        Thoughts.load,
        load_assumptions,
        load_equivalents,
        Trainings.load,
        Measured.load,
        publishers.load,
        Sizes.load,
        Retention.load,
        load_proxies,
        methods.load,
        Reasoning.load,
    ):
        load(config_dir)
    places.city_file()
    Models.load(config_dir, ratios)
    Tokenizers.load(config_dir, config_dir)
    AnswerLength.load(config_dir)


def test_a_file_that_is_no_toml_is_named(tmp_path: Path) -> None:
    shutil.copytree(CONFIG_DIR, tmp_path, dirs_exist_ok=True)
    (tmp_path / "assumptions.toml").write_text("[[assumption]\n", encoding="utf-8")
    with pytest.raises(ConfigError, match=r"assumptions\.toml"):
        Estimator.load(tmp_path, tmp_path, lambda: TODAY)


def fact(date: str, *, verified: bool = True) -> Fact:
    return Fact(id="a", unit="Wh", source="s", url="https://a.org", date=date, verified=verified)


def test_the_newest_verified_entry_counts() -> None:
    assert newest([fact("2025"), fact("2026-02"), fact("2024")])["a"].date == "2026-02"
    assert newest([fact("2025"), fact("2026", verified=False)])["a"].date == "2025"


def test_facts_never_change() -> None:
    with pytest.raises(ValueError, match="frozen"):
        fact("2025").date = "2026"


@pytest.mark.parametrize("file", sorted(path.name for path in CONFIG_DIR.glob("*.toml")))
def test_every_file_refuses_a_key_that_it_has_no_use_for(
    tmp_path: Path, catalogues: Catalogues, monkeypatch: pytest.MonkeyPatch, file: str
) -> None:
    shutil.copytree(CONFIG_DIR, tmp_path, dirs_exist_ok=True)
    path = tmp_path / file
    path.write_text("unicorn = 1\n" + path.read_text(encoding="utf-8"), encoding="utf-8")
    monkeypatch.setattr(places, "CONFIG_DIR", tmp_path)
    places.city_file.cache_clear()
    with pytest.raises(ConfigFieldError) as caught:
        load_all(tmp_path)
    said = catalogues.translator("en").error(caught.value)
    assert (caught.value.key, file in said, "unicorn" in said) == ("error.config_unknown", True, True)


def test_each_figure_of_another_source_has_its_own() -> None:
    thoughts = {one.id: one for one in Thoughts.load(CONFIG_DIR).every}
    prompts, energy = thoughts["chatgpt_day"].facts
    assert ("Axios" in prompts.source, "Altman" in energy.source) == (True, True)
    assert prompts.url != energy.url
    assert thoughts["length"].confidence == JUDGEMENT
    assert [fact.id for fact in thoughts["gemini"].facts] == ["gemini"]
