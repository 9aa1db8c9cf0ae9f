"""The catalogues: every sentence a person reads, by key, in each language (gettext, `config/locale/`)."""

import gettext
import io
import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path

from babel.core import Locale
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

from bot.errors import ConfigError, UserError
from bot.estimation.facts.named_figures import named_figures

LANGUAGES = ("fr", "en")
"""The first one is the default: the bot is French first."""

DEFAULT_LANGUAGE = LANGUAGES[0]

MARKS = re.compile(r"[\\*_`~|>#\[\]]")
"""Characters that Discord takes for formatting."""


class Translator:
    """The sentences of one language. `language` is "fr" or "en"; any sentence may name one of the `figures`."""

    def __init__(self, language: str, catalog: Catalog, figures: Mapping[str, object] | None = None) -> None:
        self.language = language
        self._figures = figures or {}
        self.locale = Locale(language)
        self.keys = {message.id if isinstance(message.id, str) else message.id[0] for message in catalog} - {""}
        compiled = io.BytesIO()
        write_mo(compiled, catalog)
        compiled.seek(0)
        self._translations = gettext.GNUTranslations(compiled)

    def __call__(self, key: str, /, **values: object) -> str:
        """Return the sentence of that key, filled; `KeyError` when the catalogue has no such key."""
        return self._known(key, self._translations.gettext(key)).format_map({**self._figures, **values})

    def many(self, key: str, number: float, /, **values: object) -> str:
        """Return the sentence in the grammatical number of `number`, which fills `{count}` unless that is given."""
        plural = self.locale.plural_form(int(number) if number == int(number) else number)
        sentence = self._translations.ngettext(key, key, 1 if plural == "one" else 2)
        return self._known(key, sentence).format_map({**self._figures, "count": number, **values})

    def error(self, error: UserError) -> str:
        """Return the sentence for what is wrong with a request."""
        return self(error.key, **error.values)

    def _known(self, key: str, sentence: str) -> str:
        if sentence == key:
            raise KeyError(key)
        return sentence


class Catalogues:
    """All languages."""

    def __init__(self, t: Mapping[str, Translator]) -> None:
        self._t = t

    @classmethod
    def load(cls, config_dir: Path) -> "Catalogues":
        """Read `config/locale/<language>.po`; `ConfigError` when one can't be read."""
        catalogs = {language: _read(config_dir, language) for language in LANGUAGES}
        figures = named_figures(config_dir)
        return cls({language: Translator(language, catalog, figures) for language, catalog in catalogs.items()})

    def translator(self, language: str | None) -> Translator:
        """Return the sentences of a language or of a locale such as "en-GB"; French for one we don't speak."""
        return self._t.get(speaks(language), self._t[DEFAULT_LANGUAGE])


def speaks(locale: str | None) -> str:
    """Return the language we answer a locale in: French for French and the unknown, English for all others."""
    if not locale:
        return DEFAULT_LANGUAGE
    return "fr" if locale.lower().replace("_", "-").split("-")[0] == "fr" else "en"


def escape_markdown(text: str) -> str:
    """Return what a person typed without characters that change how the sentence around it looks."""
    visible = "".join(char for char in text if unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co"})
    return MARKS.sub(r"\\\g<0>", visible)


def _read(config_dir: Path, language: str) -> Catalog:
    path = config_dir / "locale" / f"{language}.po"
    try:
        with path.open("rb") as file:
            return read_po(file, locale=language, abort_invalid=True)
    except OSError as error:
        raise ConfigError(path.name, error.strerror or type(error).__name__) from error
    except (PoFileError, ValueError) as error:
        raise ConfigError(path.name, str(error)) from error
