"""Answers to interactions: callbacks, follow-ups, and changes to either."""

from __future__ import annotations

from sandbox import limits
from sandbox.errors import DiscordError
from sandbox.interactions.interaction_sessions import InteractionSession
from sandbox.rest.core import Context, Reply, Route, valid, valid_edit
from sandbox.state import views
from sandbox.state.models import Json


async def callback(context: Context) -> Reply:
    """The first answer, once and within three seconds."""
    services, body = context.services, context.table
    interaction = services.sessions.by_id(context.parts["interaction_id"])
    if interaction is None or interaction.token != context.parts["token"]:
        raise DiscordError(10062)
    if interaction.acknowledged_at is not None:
        raise DiscordError(40060)
    valid(limits.check_callback(body, context.file_fields))
    if body.get("type") == 4 and limits.empty_message(body.get("data") or {}, context.file_fields):
        raise DiscordError(50006)
    services.responses.callback(interaction, body, context.uploads)
    if context.query.get("with_response", "").lower() in ("true", "1"):
        return Reply(200, _result(interaction))
    return Reply(204)


async def follow_up(context: Context) -> Json:
    """A further answer."""
    interaction, body = context.interaction(), context.table
    valid(limits.check_message(body, context.file_fields, creating=True, interaction=True))
    if limits.empty_message(body, context.file_fields):
        raise DiscordError(50006)
    return context.services.responses.follow_up(interaction, body, context.uploads).data


async def get(context: Context) -> Json:
    """One of the interaction's messages."""
    responses = context.services.responses
    message = responses.find(context.interaction(), context.parts["message_id"])
    return views.rest_message(message, context.services.world.bot.id)


async def patch(context: Context) -> Json:
    """Edit one of the interaction's messages; gives a deferred answer."""
    responses, interaction, body = context.services.responses, context.interaction(), context.table
    message = responses.find(interaction, context.parts["message_id"])
    valid_edit(message, body, context.file_fields, interaction=True)
    return responses.edit(interaction, message, body, context.uploads).data


async def delete(context: Context) -> None:
    """Delete one of the interaction's messages."""
    responses, interaction = context.services.responses, context.interaction()
    responses.delete(interaction, responses.find(interaction, context.parts["message_id"]))


def _result(interaction: InteractionSession) -> Json:
    """What `with_response` asks for: the interaction, and the message it made or changed."""
    about: Json = {"id": interaction.id, "type": interaction.type}
    resource: Json = {"type": interaction.callback_type}
    if interaction.original is not None:
        about["response_message_id"] = str(interaction.original.id)
        about["response_message_loading"] = interaction.original.pending
        about["response_message_ephemeral"] = interaction.original.ephemeral_for is not None
        if interaction.callback_type in (4, 7):
            resource["message"] = interaction.original.data
    return {"interaction": about, "resource": resource}


_WEBHOOK = "/webhooks/{webhook_id}/{token}"
ROUTES = [
    Route("POST", "/interactions/{interaction_id}/{token}/callback", callback, auth=False),
    Route("POST", _WEBHOOK, follow_up, auth=False),
    Route("GET", _WEBHOOK + "/messages/{message_id}", get, auth=False),
    Route("PATCH", _WEBHOOK + "/messages/{message_id}", patch, auth=False),
    Route("DELETE", _WEBHOOK + "/messages/{message_id}", delete, auth=False),
]
