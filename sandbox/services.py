"""Everything a request may need, handed down instead of global."""

from __future__ import annotations

from collections import OrderedDict, deque
from dataclasses import dataclass, field
from typing import Any

from sandbox.gateway.gateway import Gateway
from sandbox.gateway.sessions import Sessions
from sandbox.interactions.clients import Clients
from sandbox.interactions.commands import Commands
from sandbox.interactions.dispatch import InteractionDispatch
from sandbox.interactions.interaction_responses import InteractionResponses
from sandbox.interactions.interaction_sessions import InteractionSessions
from sandbox.interactions.people import People
from sandbox.interactions.writing import Writing
from sandbox.limits.ratelimit import RateLimits
from sandbox.state.app_identity import AppIdentity
from sandbox.state.clock import Clock
from sandbox.state.credentials import Credentials
from sandbox.state.faults import Faults
from sandbox.state.files import FileStore
from sandbox.state.message_store import MessageStore
from sandbox.state.world import World

REQUESTS_KEPT = 20_000
NONCES_KEPT = 10_000


@dataclass(frozen=True, slots=True)
class RecordedRequest:
    """A REST request as it came, and the status it got. `files` are field names; `at` monotonic seconds."""

    method: str
    path: str
    query: dict[str, str]
    body: Any
    files: list[str]
    status: int
    at: float


@dataclass(slots=True)
class Services:
    """The sandbox's parts."""

    world: World
    messages: MessageStore
    commands: Commands
    sessions: InteractionSessions
    responses: InteractionResponses
    clients: Clients
    people: People
    writing: Writing
    gateway: Gateway
    faults: Faults
    limits: RateLimits
    credentials: Credentials
    base_url: str = ""
    invalid_requests: int = 0
    requests: deque[RecordedRequest] = field(default_factory=lambda: deque(maxlen=REQUESTS_KEPT))
    nonces: OrderedDict[tuple[int, str], tuple[int, float]] = field(default_factory=OrderedDict)

    @classmethod
    def assemble(cls, token: str, app: AppIdentity, clock: Clock) -> Services:
        """All parts of a sandbox, each handed what it works with."""
        world, faults, credentials = World(app, clock), Faults(), Credentials(token)
        messages = MessageStore(world, FileStore(world.ids))
        commands, sessions = Commands(world), InteractionSessions(world.bus)
        clients = Clients(world, commands, InteractionDispatch(world, sessions))
        return cls(
            world=world,
            messages=messages,
            commands=commands,
            sessions=sessions,
            responses=InteractionResponses(messages, sessions),
            clients=clients,
            people=People(world, clients),
            writing=Writing(world, messages, clients),
            gateway=Gateway(Sessions(world, faults), credentials),
            faults=faults,
            limits=RateLimits(),
            credentials=credentials,
        )

    @property
    def token(self) -> str:
        """The bot's token."""
        return self.credentials.token

    @property
    def api_root(self) -> str:
        """The REST root, without a slash at the end."""
        return f"{self.base_url}/api/v10"

    def keep_nonce(self, channel_id: int, nonce: str, message_id: int, at: float) -> None:
        """Remember which message a nonce made."""
        self.nonces[channel_id, nonce] = (message_id, at)
        while len(self.nonces) > NONCES_KEPT:
            self.nonces.popitem(last=False)
