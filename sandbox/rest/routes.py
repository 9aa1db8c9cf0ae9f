"""All routes."""

from __future__ import annotations

from sandbox.rest import (
    applications,
    channels,
    commands,
    guilds,
    interactions,
    messages,
    reactions,
    threads,
    users,
)
from sandbox.rest.core import Route

ROUTES: list[Route] = [
    *applications.ROUTES,
    *channels.ROUTES,
    *commands.ROUTES,
    *guilds.ROUTES,
    *interactions.ROUTES,
    *messages.ROUTES,
    *reactions.ROUTES,
    *threads.ROUTES,
    *users.ROUTES,
]
