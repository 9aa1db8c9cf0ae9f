"""The catalogues: every sentence a person reads, by key, in each language (gettext, `config/locale/`)."""

import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path

from babel.messages.catalog import Catalog

from bot.errors import ConfigError, UserError
from bot.estimation.facts.named_figures import named_figures
from bot.presentation import languages, typography
from bot.presentation.languages import Language, Plurals

NO_TIMEZONE = "UTC"
"""The usual timezone of those whose language isn't known."""

MARKS = re.compile(r"[\\*_`~|>#\[\]]")
"""Characters that Discord takes for formatting."""


class Translator:
    """The sentences of one language. `known` are the languages that there are; any sentence may name a figure."""

    def __init__(
        self,
        spoken: Language,
        catalog: Catalog,
        known: tuple[Language, ...] = (),
        figures: Mapping[str, object] | None = None,
    ) -> None:
        self.spoken = spoken
        self.language = spoken.id
        self.locale = spoken.locale
        self.known = known or (spoken,)
        self._figures = figures or {}
        self.keys = {message.id if isinstance(message.id, str) else message.id[0] for message in catalog} - {""}
        self._plurals = Plurals(spoken, catalog)
        self._printed: dict[str, str] = {}

    def __call__(self, key: str, /, **values: object) -> str:
        """Return the sentence of that key, filled; `KeyError` when the catalogue has no such key."""
        return self._known(key, self._plurals.one(key)).format_map({**self._figures, **values})

    def many(self, key: str, number: float, /, **values: object) -> str:
        """Return the sentence in the grammatical number of `number`, which fills `{count}` unless that is given."""
        sentence = self._known(key, self._plurals.many(key, number))
        return sentence.format_map({**self._figures, "count": number, **values})

    def error(self, error: UserError) -> str:
        """Return the sentence for what is wrong with a request."""
        return self(error.key, **error.values)

    def language_name(self, locale: str) -> str:
        """Return the name of the language that we answer a locale in: "français", "anglais"."""
        return pick(self.known, locale).name(self.locale)

    def timezone_of(self, locale: str | None) -> str:
        """Return the usual timezone of a locale's language (IANA name), that of no language for None."""
        zones = pick(self.known, locale).timezones if locale else ()
        return zones[0] if zones else NO_TIMEZONE

    def _known(self, key: str, sentence: str) -> str:
        if sentence == key:
            raise KeyError(key)
        if sentence not in self._printed:  # as many as the catalogue has
            self._printed[sentence] = typography.printed(sentence, self.language)
        return self._printed[sentence]


class Catalogues:
    """All languages, as the files in `config/locale/` have them."""

    def __init__(self, found: Mapping[Language, Catalog], figures: Mapping[str, object] | None = None) -> None:
        self.languages = tuple(sorted(found, key=lambda one: (not one.is_default, not one.is_fallback, one.id)))
        self._t = {one.id: Translator(one, catalog, self.languages, figures) for one, catalog in found.items()}
        wanted = self.fallback.keys
        for language, t in self._t.items():
            if t.keys != wanted:
                raise ConfigError(f"{language}.po", min(t.keys ^ wanted))

    @classmethod
    def load(cls, config_dir: Path) -> "Catalogues":
        """Read `config/locale/<language>.po`; `ConfigError` when one can't be read."""
        return cls(languages.load(config_dir), named_figures(config_dir))

    def translator(self, locale: str | None) -> Translator:
        """Return the sentences of a locale such as "en-GB"; the default language's where nothing is known."""
        return self._t[self.language_of(locale)]

    def language_of(self, locale: str | None) -> str:
        """Return the language we answer a locale in: its own, the default for none, else the fallback."""
        return pick(self.languages, locale).id

    def spoken(self, locale: str) -> Translator | None:
        """Return the sentences of a locale's own language, None where we don't speak it."""
        found = languages.match(self.languages, locale)
        return self._t[found.id] if found else None

    @property
    def fallback(self) -> Translator:
        """Return the language of those whose own we don't speak."""
        return self._t[next(one.id for one in self.languages if one.is_fallback)]

    def timezone_of(self, locale: str | None) -> str:
        """Return the usual timezone of a locale's language."""
        return self.fallback.timezone_of(locale)


def pick(known: tuple[Language, ...], locale: str | None) -> Language:
    """Return the language that we answer a locale in."""
    if not locale:
        return next(one for one in known if one.is_default)
    return languages.match(known, locale) or next(one for one in known if one.is_fallback)


def escape_markdown(text: str) -> str:
    """Return what a person typed without characters that change how the sentence around it looks."""
    visible = "".join(char for char in text if unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co"})
    return MARKS.sub(r"\\\g<0>", visible)
