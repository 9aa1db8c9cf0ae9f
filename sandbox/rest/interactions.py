"""Answers to interactions: callbacks, follow-ups, and changes to either."""

from __future__ import annotations

from sandbox import limits
from sandbox.errors import DiscordError
from sandbox.interactions.interaction_sessions import Call
from sandbox.rest.core import Context, Reply, Route, valid, valid_edit
from sandbox.state import views
from sandbox.state.models import Json


async def callback(context: Context) -> Reply:
    """The first answer, once and within three seconds."""
    people, body = context.services.people, context.table
    call = people.calls.by_id(context.parts["interaction_id"])
    if call is None or call.token != context.parts["token"]:
        raise DiscordError(10062)
    if call.acknowledged_at is not None:
        raise DiscordError(40060)
    valid(limits.check_callback(body, context.file_fields))
    if body.get("type") == 4 and limits.empty_message(body.get("data") or {}, context.file_fields):
        raise DiscordError(50006)
    people.answers.callback(call, body, context.uploads)
    if context.query.get("with_response", "").lower() in ("true", "1"):
        return Reply(200, _result(call))
    return Reply(204)


async def follow_up(context: Context) -> Json:
    """A further answer."""
    call, body = context.call(), context.table
    valid(limits.check_message(body, context.file_fields, creating=True, interaction=True))
    if limits.empty_message(body, context.file_fields):
        raise DiscordError(50006)
    return context.services.people.answers.follow_up(call, body, context.uploads).data


async def get(context: Context) -> Json:
    """One of the call's messages."""
    answers = context.services.people.answers
    message = answers.find(context.call(), context.parts["message_id"])
    return views.rest_message(message, context.services.world.bot.id)


async def patch(context: Context) -> Json:
    """Edit one of the call's messages; gives a deferred answer."""
    answers, call, body = context.services.people.answers, context.call(), context.table
    message = answers.find(call, context.parts["message_id"])
    valid_edit(message, body, context.file_fields, interaction=True)
    return answers.edit(call, message, body, context.uploads).data


async def delete(context: Context) -> None:
    """Delete one of the call's messages."""
    answers, call = context.services.people.answers, context.call()
    answers.delete(call, answers.find(call, context.parts["message_id"]))


def _result(call: Call) -> Json:
    """What `with_response` asks for: the interaction, and the message it made or changed."""
    about: Json = {"id": call.id, "type": call.type}
    resource: Json = {"type": call.callback_type}
    if call.original is not None:
        about["response_message_id"] = str(call.original.id)
        about["response_message_loading"] = call.original.pending
        about["response_message_ephemeral"] = call.original.ephemeral_for is not None
        if call.callback_type in (4, 7):
            resource["message"] = call.original.data
    return {"interaction": about, "resource": resource}


_WEBHOOK = "/webhooks/{webhook_id}/{token}"
ROUTES = [
    Route("POST", "/interactions/{interaction_id}/{token}/callback", callback, auth=False),
    Route("POST", _WEBHOOK, follow_up, auth=False),
    Route("GET", _WEBHOOK + "/messages/{message_id}", get, auth=False),
    Route("PATCH", _WEBHOOK + "/messages/{message_id}", patch, auth=False),
    Route("DELETE", _WEBHOOK + "/messages/{message_id}", delete, auth=False),
]
