"""The sentence under a weekly recap, and where its figures are from."""

from types import SimpleNamespace
from typing import cast

import pytest

from bot.estimation.facts.fact import CONFIG_DIR
from bot.estimation.facts.thoughts import Thought, Thoughts
from bot.presentation import recap
from bot.presentation.translator import Catalogues
from bot.usecases.records.recaps import Recap

THOUGHTS = Thoughts.load(CONFIG_DIR).every


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize("one", THOUGHTS, ids=[one.id for one in THOUGHTS])
def test_each_source_is_linked(catalogues: Catalogues, one: Thought, language: str) -> None:
    said = recap.thought(cast("Recap", SimpleNamespace(thought=one)), catalogues.translator(language))
    sentence, sources = said.split("\n")
    assert "{" not in sentence
    assert sources.count("](https://") == len(one.facts)
    assert all(f"]({fact.url})" in sources for fact in one.facts)
    assert len(said) < 900
