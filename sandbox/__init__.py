"""A Discord for one machine: REST v10, gateway and a small chat page on loopback, state in memory.

    sandbox = await Sandbox.start(app=AppIdentity(name="My bot", username="my-bot"))
    print(sandbox.page_url, sandbox.api_root, sandbox.token)
    ...
    await sandbox.stop()

The unmodified discord.py client connects to it once `discord.http.Route.BASE` is `sandbox.api_root`
and `discord.gateway.DiscordWebSocket.DEFAULT_GATEWAY` is `sandbox.gateway.url`.
"""

from sandbox.errors import DiscordError
from sandbox.interactions.interaction_sessions import InteractionSession
from sandbox.interactions.refusals import Refused
from sandbox.server import Sandbox
from sandbox.services import RecordedRequest
from sandbox.state.app_identity import AppIdentity
from sandbox.state.clock import Clock
from sandbox.state.files import Upload

__all__ = [
    "AppIdentity",
    "Clock",
    "DiscordError",
    "InteractionSession",
    "RecordedRequest",
    "Refused",
    "Sandbox",
    "Upload",
]
