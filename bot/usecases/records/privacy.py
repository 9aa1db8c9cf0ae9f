"""What `/privacy show` is answered with."""

from dataclasses import dataclass

from bot.ledger.records import Person, StoredData


@dataclass(frozen=True, slots=True)
class PersonalData:
    """How much is kept of somebody, and what they chose.

    The detail is kept `days` days, a server's data `left_days` days after it removed the bot.
    """

    stored: StoredData
    person: Person
    days: int
    left_days: int
