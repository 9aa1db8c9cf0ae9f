"""The languages there are: one `.po` file each in `config/locale/`, whose header says all that is particular to it.

`X-Default: yes` marks the language of those who say nothing of theirs, `X-Fallback: yes` that of those whose own we
don't speak, and of commands' default texts. `X-Timezones` are offered first, the first of them is the usual one.
"""

import gettext
import io
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from babel.core import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po

from bot.errors import ConfigError

QUOTED = re.compile(r'^"(.*)"$', re.MULTILINE)
SAMPLED = (*range(201), 1000, 1_000_000)
"""Whole numbers that show in which form a language puts which of them."""


@dataclass(frozen=True, slots=True)
class Language:
    """A language: `id` is its file's name ("fr", "pt_BR"), `timezones` are those that its speakers live in."""

    id: str
    locale: Locale
    timezones: tuple[str, ...]
    is_default: bool
    is_fallback: bool

    def name(self, locale: Locale) -> str:
        """Return its name in another language, or in itself."""
        return self.locale.get_display_name(locale) or self.id


def load(config_dir: Path) -> dict[Language, Catalog]:
    """Read `config/locale/*.po`; `ConfigError` names the file that can't be read, or that two are the default."""
    paths = sorted((config_dir / "locale").glob("*.po"))
    found = dict(_read(path) for path in paths)
    for header, marked in (("X-Default", "is_default"), ("X-Fallback", "is_fallback")):
        if sum(getattr(language, marked) for language in found) != 1:
            raise ConfigError("locale/*.po", f"{header}: yes ≠ 1")
    return found


def match(languages: Iterable[Language], locale: str | None) -> Language | None:
    """Return the language of a locale such as "fr-CA" or "es_419": its own, else one with the same first part."""
    wanted = (locale or "").lower().replace("-", "_")
    known = {one.id.lower(): one for one in languages}
    same = (one for name, one in known.items() if name.partition("_")[0] == wanted.partition("_")[0])
    return known.get(wanted) or next(same, None)


class Plurals:
    """The sentences of a catalogue by number: whole ones by its `Plural-Forms`, others by the language's own rule."""

    def __init__(self, language: Language, catalog: Catalog) -> None:
        self._locale = language.locale
        compiled = io.BytesIO()
        write_mo(compiled, catalog)
        compiled.seek(0)
        self._translations = gettext.GNUTranslations(compiled)
        self._alike = {self._locale.plural_form(number): number for number in reversed(SAMPLED)}

    def one(self, key: str) -> str:
        """Return the sentence of that key."""
        return self._translations.gettext(key)

    def many(self, key: str, number: float) -> str:
        """Return the sentence in the grammatical number of `number`; 1.5 stands with the whole ones of its kind."""
        whole = int(number) if number == int(number) else self._alike.get(self._locale.plural_form(number), 2)
        return self._translations.ngettext(key, key, whole)


def _read(path: Path) -> tuple[Language, Catalog]:
    try:
        locale = Locale.parse(path.stem)
        with path.open("rb") as file:
            catalog = read_po(file, locale=path.stem, abort_invalid=True)
    except OSError as error:
        raise ConfigError(path.name, error.strerror or type(error).__name__) from error
    except (PoFileError, ValueError, UnknownLocaleError) as error:
        raise ConfigError(path.name, str(error)) from error
    header = _header(path.read_text("utf-8"))
    zones = tuple(part.strip() for part in header.get("X-Timezones", "").split(",") if part.strip())
    default, fallback = (header.get(name) == "yes" for name in ("X-Default", "X-Fallback"))
    return Language(path.stem, locale, zones, default, fallback), catalog


def _header(text: str) -> dict[str, str]:
    """Return the header's fields; Babel keeps only those that it knows."""
    joined = "".join(QUOTED.findall(text.partition("\n\n")[0])).replace("\\n", "\n")
    return {name: value.strip() for name, _, value in (line.partition(":") for line in joined.splitlines())}
