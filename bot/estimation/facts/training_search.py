"""Finds a training by its id or its model's name, however it is written."""

import difflib
from collections.abc import Iterable, Mapping, Sequence

from bot.errors import UserError
from bot.estimation.facts.training_facts import Training
from bot.estimation.facts.training_names import DECORATION, MAX_TYPED, holds, parts

MAX_NAMED = 8
"""Names in an error: more isn't read."""


class TrainingSearch:
    """Looks through trainings by id; the `featured` ones are offered first."""

    def __init__(self, by_id: Mapping[str, Training], featured: Sequence[Training]) -> None:
        self._by_id, self._featured = by_id, featured

    def find(self, wanted: str) -> Training:
        """Return the training of that id or name, however it is written.

        Raises `UserError` with the nearest names where there is none, or with all where several fit.
        """
        if wanted.strip() in self._by_id:
            return self._by_id[wanted.strip()]
        asked = parts(wanted) - DECORATION or parts(wanted)
        found = self._fitting(asked) if asked else []
        if len(found) == 1:
            return found[0]
        shown = wanted.strip()[:80]
        if found:
            raise UserError("error.training_ambiguous", model=shown, found=_listed(found))
        raise UserError("error.unknown_training", model=shown, nearest=_listed(self._nearest(wanted)))

    def search(self, query: str) -> list[Training]:
        """Return the trainings one of whose names holds what was typed: whole parts first, then the featured ones."""
        ordered = [*self._featured, *(one for one in self._by_id.values() if one not in self._featured)]
        asked = parts(query)
        found = [one for one in ordered if any(holds(name, asked) for name in one.names)]
        return sorted(found, key=lambda one: not any(asked <= name for name in one.names))

    def _fitting(self, asked: frozenset[str]) -> list[Training]:
        """Return the trainings of exactly that name, else those whose name says little more than that."""
        named = [(name, one) for one in self._by_id.values() for name in one.names if asked <= name]
        least = [one for name, one in named if not any(other < name for other, _ in named)]
        return list({one.id: one for one in least}.values())

    def _nearest(self, wanted: str) -> list[Training]:
        by_name = {name.lower(): one for one in self._by_id.values() for name in (*one.fact.also, one.model)}
        close = difflib.get_close_matches(wanted.strip()[:MAX_TYPED].lower(), by_name, n=4, cutoff=0.4)
        return [by_name[name] for name in close] or list(self._featured[:4])


def _listed(found: Iterable[Training]) -> str:
    names = list(dict.fromkeys(one.model for one in found))
    return ", ".join(names[:MAX_NAMED]) + (", …" if len(names) > MAX_NAMED else "")
