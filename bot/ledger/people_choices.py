"""What people chose for themselves, in memory: asked for every message."""

from collections.abc import Iterable

from bot.ledger.records import Person
from bot.ledger.types import id_at


class PeopleChoices:
    """Who is left out, who is counted again since when, who wants no annotations."""

    def __init__(self, persons: Iterable[Person] = ()) -> None:
        self._people = {person.user_id: person for person in persons}
        self._out = {person.user_id for person in self._people.values() if person.opted_out_at}
        self._from = {one.user_id: id_at(one.counted_from) for one in self._people.values() if one.counted_from}

    def opted_out(self, user_id: int, message_id: int | None = None) -> bool:
        """Tell whether nothing of this person may be recorded, or this message from before they came back."""
        return user_id in self._out or (message_id is not None and message_id < self._from.get(user_id, 0))

    def quiet(self, user_id: int) -> bool:
        """Tell whether this person wants no annotations."""
        person = self._people.get(user_id)
        return person is not None and person.quiet

    def find(self, user_id: int) -> Person:
        """Return what somebody chose."""
        return self._people.get(user_id) or Person(user_id)

    def leave_out(self, user_id: int) -> None:
        """Count nothing of this person, whatever is kept of their choices yet."""
        self._out.add(user_id)

    def note(self, person: Person) -> None:
        """Take somebody's choices, but for whether they are counted: that may be changing meanwhile."""
        self._people[person.user_id] = person

    def keep(self, person: Person) -> None:
        """Take all of somebody's choices, in place of those before."""
        self.note(person)
        if person.opted_out_at:
            self._out.add(person.user_id)
            return
        if person.counted_from:
            self._from[person.user_id] = id_at(person.counted_from)
        self._out.discard(person.user_id)
