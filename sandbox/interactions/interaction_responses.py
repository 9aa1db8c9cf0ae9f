"""What the app's answers to an interaction do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sandbox.errors import DiscordError, field_error
from sandbox.interactions import interaction_sessions
from sandbox.interactions.interaction_sessions import Call
from sandbox.state import content, payloads
from sandbox.state.events import PageEvent
from sandbox.state.files import Upload
from sandbox.state.message_store import Posting
from sandbox.state.models import Json, Message

MESSAGE, DEFERRED_MESSAGE, DEFERRED_UPDATE, UPDATE, CHOICES, MODAL = 4, 5, 6, 7, 8, 9
SLASH_ANSWER, MENU_ANSWER, REPLY = 20, 23, 19
FOLLOW_UPS_WHEN_ABSENT = 5
"""Follow-ups an app may send where it is installed by the user only."""

_ALLOWED = {
    interaction_sessions.COMMAND: (MESSAGE, DEFERRED_MESSAGE, MODAL),
    interaction_sessions.COMPONENT: (MESSAGE, DEFERRED_MESSAGE, DEFERRED_UPDATE, UPDATE, MODAL),
    interaction_sessions.AUTOCOMPLETE: (CHOICES,),
    interaction_sessions.MODAL_SUBMIT: (MESSAGE, DEFERRED_MESSAGE, DEFERRED_UPDATE, UPDATE),
}


class Answers:
    """Callbacks, follow-ups, and changes to either."""

    def __init__(self, posting: Posting, registry: interaction_sessions.Calls) -> None:
        self.posting = posting
        self.world = posting.world
        self.calls = registry

    def callback(self, call: Call, body: Json, uploads: Sequence[Upload]) -> None:
        """The first answer. Errors: 10062 after three seconds, 40060 the second time, 50035 for a
        kind of answer the interaction doesn't take."""
        if call.acknowledged_at is not None:
            raise DiscordError(40060)
        if call.age > self.calls.answer_within:
            raise DiscordError(10062)
        kind, data = int(body["type"]), body.get("data") or {}
        needs_source = kind in (DEFERRED_UPDATE, UPDATE) and call.source is None
        if kind not in _ALLOWED[call.type] or needs_source:
            raise field_error("type", "INTERACTION_APPLICATION_COMMAND_INVALID_TYPE", "Invalid response type")
        call.acknowledge(kind)
        self._carry_out(call, kind, data, uploads)

    def _carry_out(self, call: Call, kind: int, data: Json, uploads: Sequence[Upload]) -> None:
        if kind in (MESSAGE, DEFERRED_MESSAGE):
            call.original = self._write(call, data, uploads, pending=kind == DEFERRED_MESSAGE)
        elif kind in (DEFERRED_UPDATE, UPDATE):
            call.original = call.source
            if kind == UPDATE and call.source is not None:
                self.posting.edit(call.source, data, uploads)
                call.answer(call.source)
        elif kind == MODAL:
            call.modal = data
            call.answer()
            shown = {"call": call.id, "modal": data}
            self.world.bus.page(PageEvent("modal", lambda _: shown, only=call.user.id))
        else:
            call.choices = data.get("choices") or []
            call.answer()

    def follow_up(self, call: Call, body: Json, uploads: Sequence[Upload]) -> Message:
        """Another answer. The first one after a deferral takes the place of the "thinking" message."""
        self._check(call)
        if call.original is not None and call.original.pending:
            return self.edit(call, call.original, body, uploads)
        call.follow_ups += 1
        if not call.app_is_member and call.follow_ups > FOLLOW_UPS_WHEN_ABSENT:
            raise DiscordError(40094)
        return self._write(call, body, uploads, after=call.original)

    def find(self, call: Call, which: str) -> Message:
        """One of the call's messages, by id or as `@original`. Error 10008 when there is none."""
        self._check(call)
        if which == "@original":
            found = call.original
        else:
            found = next((post for post in (*call.posts, call.original) if post and str(post.id) == which), None)
        if found is None or self.world.message(found.channel_id, found.id) is None:
            raise DiscordError(10008)
        return found

    def edit(self, call: Call, message: Message, body: Json, uploads: Sequence[Upload]) -> Message:
        """Change one of the call's messages; gives a deferred answer."""
        self.posting.edit(message, body, uploads, first=message.pending)
        call.answer(message)
        return message

    def delete(self, call: Call, message: Message) -> None:
        """Remove one of the call's messages."""
        self.posting.delete(message)
        call.posts = [post for post in call.posts if post is not message]
        call.signal.notify()

    def _check(self, call: Call) -> None:
        if call.acknowledged_at is None:
            raise DiscordError(10015)
        if call.age > self.calls.token_lifetime:
            raise DiscordError(50027)

    def _write(
        self,
        call: Call,
        body: Json,
        uploads: Sequence[Upload],
        *,
        pending: bool = False,
        after: Message | None = None,
    ) -> Message:
        private = call.force_ephemeral or bool(int(body.get("flags") or 0) & content.EPHEMERAL)
        flags = content.EPHEMERAL * private | content.LOADING * pending
        draft = Message({}, call.user.id if private else None, call.id, pending)
        extra = {**self._origin(call, after), "flags": flags}
        message = self.posting.post(self.world.bot, call.channel, body, uploads, extra=extra, draft=draft)
        if pending:
            call.posts.append(message)
        else:
            call.answer(message)
        return message

    def _origin(self, call: Call, after: Message | None) -> Json:
        """What says which interaction a message answers."""
        origin: Json = {
            "webhook_id": str(self.world.application_id),
            "application_id": str(self.world.application_id),
            "interaction_metadata": metadata(call),
        }
        answered = after or call.source
        if answered is not None:
            reference: dict[str, Any] = {"message_id": str(answered.id), "channel_id": str(call.channel.id)}
            if call.channel.guild_id:
                reference["guild_id"] = str(call.channel.guild_id)
            return origin | {"type": REPLY, "message_reference": {"type": 0, **reference}}
        if call.type == interaction_sessions.COMMAND:
            origin["interaction"] = {
                "id": call.id,
                "type": 2,
                "name": call.name,
                "user": payloads.user(call.user),
            }
        return origin | {"type": MENU_ANSWER if call.target is not None else SLASH_ANSWER}


def metadata(call: Call) -> Json:
    """The `interaction_metadata` of a message."""
    about: Json = {
        "id": call.id,
        "type": call.type,
        "user": payloads.user(call.user),
        "authorizing_integration_owners": call.owners,
    }
    if call.type == interaction_sessions.COMMAND:
        about["name"] = call.name
    if call.source is not None:
        about["interacted_message_id"] = str(call.source.id)
    if isinstance(call.target, Message):
        about["target_message_id"] = str(call.target.id)
    elif call.target is not None:
        about["target_user"] = payloads.user(call.target)
    return about
