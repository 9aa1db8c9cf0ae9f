"""Stops knocking at doors that stay shut: per channel, after Discord refused some annotations in a row."""

from collections import OrderedDict
from dataclasses import dataclass

MAX_TRIES = 3
"""Refusals in a row after which a channel is left alone."""

FIRST_REST, MAX_REST = 600.0, 6 * 3600.0
"""Seconds until one more try; each further refusal doubles them."""

MISHAP_REST = 30.0
"""Seconds until one more try where Discord didn't refuse but failed: such troubles pass."""

LACK_REST = 30.0
"""Seconds until a missing permission is looked for again: that asks nobody."""

MAX_CHANNELS = 10_000


@dataclass(slots=True)
class CircuitState:
    """A channel that refuses: `lacks` is the permission that is missing, None where Discord gave no reason.

    `since` and `next_try` are seconds of the clock in use.
    """

    guild_id: int
    since: float
    lacks: str | None = None
    refusals: int = 0
    next_try: float = 0.0

    @property
    def is_open(self) -> bool:
        """Tell whether the circuit is open: nothing is sent until the next try."""
        return self.lacks is not None or self.refusals >= MAX_TRIES


class Breaker:
    """The channels that refused lately, the longest untouched forgotten first."""

    def __init__(self) -> None:
        self._circuits: OrderedDict[int, CircuitState] = OrderedDict()

    def allows(self, channel_id: int, now: float) -> bool:
        """Tell whether a try may be made there."""
        circuit = self._circuits.get(channel_id)
        return circuit is None or not circuit.is_open or now >= circuit.next_try

    def record_failure(self, guild_id: int, channel_id: int, now: float, first_rest: float = FIRST_REST) -> bool:
        """Note that Discord refused, or failed; True when the circuit opens now."""
        circuit = self._touched(guild_id, channel_id, now)
        was_open = circuit.is_open
        circuit.refusals += 1
        rest = first_rest * 2 ** max(0, circuit.refusals - MAX_TRIES)
        circuit.next_try = now + min(MAX_REST, rest)
        return circuit.is_open and not was_open

    def lacks(self, guild_id: int, channel_id: int, permission: str, now: float) -> bool:
        """Note that a permission is missing, so that nothing was sent; True when the circuit opens now."""
        circuit = self._touched(guild_id, channel_id, now)
        was_open = circuit.is_open
        circuit.lacks, circuit.next_try = permission, now + LACK_REST
        return not was_open

    def has_all(self, channel_id: int) -> None:
        """Note that no permission is missing any more."""
        circuit = self._circuits.get(channel_id)
        if circuit is not None and circuit.lacks is not None:
            circuit.lacks = None
            self._drop_if_nothing(channel_id, circuit)

    def record_success(self, channel_id: int) -> bool:
        """Note that Discord took something; True when the circuit closes now."""
        circuit = self._circuits.pop(channel_id, None)
        return circuit is not None and circuit.is_open

    def close(self, guild_id: int, channel_id: int) -> None:
        """Try again at once there (0: in the whole server): an admin says so."""
        for known, circuit in list(self._circuits.items()):
            if known == channel_id or (channel_id == 0 and circuit.guild_id == guild_id):
                del self._circuits[known]

    def refusing(self, guild_id: int) -> dict[int, CircuitState]:
        """Return the server's channels that are left alone because Discord refused."""
        known = self._circuits.items()
        return {
            one: circuit for one, circuit in known if circuit.guild_id == guild_id and circuit.refusals >= MAX_TRIES
        }

    @property
    def open_count(self) -> int:
        """Return how many channels are left alone now."""
        return sum(circuit.is_open for circuit in self._circuits.values())

    def _touched(self, guild_id: int, channel_id: int, now: float) -> CircuitState:
        circuit = self._circuits.setdefault(channel_id, CircuitState(guild_id, now))
        self._circuits.move_to_end(channel_id)
        if len(self._circuits) > MAX_CHANNELS:
            self._circuits.popitem(last=False)
        return circuit

    def _drop_if_nothing(self, channel_id: int, circuit: CircuitState) -> None:
        if not circuit.refusals:
            del self._circuits[channel_id]
