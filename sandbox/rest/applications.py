"""The app itself, and where its gateway is."""

from __future__ import annotations

from sandbox.rest.core import Context, Route
from sandbox.state import payloads
from sandbox.state.models import Json


async def gateway(context: Context) -> Json:
    """The gateway's address."""
    return {"url": context.services.gateway.url}


async def gateway_bot(context: Context) -> Json:
    """The gateway's address, the number of shards advised, and how many sessions may still start."""
    gateway = context.services.gateway
    return {"url": gateway.url, "shards": gateway.shards, "session_start_limit": gateway.start_limit.payload()}


async def application(context: Context) -> Json:
    """The application the token belongs to."""
    world, flags = context.services.world, context.services.gateway.registry.application_flags
    return {
        "id": str(world.application_id),
        "name": world.bot.global_name,
        "icon": None,
        "type": None,
        "description": "",
        "bot_public": True,
        "bot_require_code_grant": False,
        "bot": payloads.user(world.bot),
        "owner": payloads.user(world.user("camille")),
        "summary": "",
        "verify_key": "0" * 64,
        "team": None,
        "flags": flags,
        "flags_new": str(flags),
        "approximate_guild_count": sum(world.has_bot(guild) for guild in world.guilds.values()),
        "approximate_user_install_count": sum(user.app_installed for user in world.users.values()),
        "rpc_origins": [],
        "approximate_user_authorization_count": 0,
        "explicit_content_filter": 0,
        "eligible_oauth2_scopes": [],
        "interactions_endpoint_url": None,
        "role_connections_verification_url": None,
        "redirect_uris": [],
        "integration_types_config": {"0": {}, "1": {}},
    }


ROUTES = [
    Route("GET", "/gateway", gateway, auth=False),
    Route("GET", "/gateway/bot", gateway_bot),
    Route("GET", "/applications/@me", application),
    Route("GET", "/oauth2/applications/@me", application),
]
