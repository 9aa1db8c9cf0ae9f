"""What the app's answers to an interaction do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sandbox.errors import DiscordError, field_error
from sandbox.interactions import interaction_sessions
from sandbox.interactions.interaction_sessions import InteractionSession
from sandbox.state import content, payloads
from sandbox.state.events import PageEvent
from sandbox.state.files import Upload
from sandbox.state.message_store import MessageStore
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


class InteractionResponses:
    """Callbacks, follow-ups, and changes to either."""

    def __init__(self, messages: MessageStore, registry: interaction_sessions.InteractionSessions) -> None:
        self.messages = messages
        self.world = messages.world
        self.sessions = registry

    def callback(self, interaction: InteractionSession, body: Json, uploads: Sequence[Upload]) -> None:
        """The first answer. Errors: 10062 after three seconds, 40060 the second time, 50035 for a
        kind of answer the interaction doesn't take."""
        if interaction.acknowledged_at is not None:
            raise DiscordError(40060)
        if interaction.age > self.sessions.answer_within:
            raise DiscordError(10062)
        kind, data = int(body["type"]), body.get("data") or {}
        needs_source = kind in (DEFERRED_UPDATE, UPDATE) and interaction.source is None
        if kind not in _ALLOWED[interaction.type] or needs_source:
            raise field_error("type", "INTERACTION_APPLICATION_COMMAND_INVALID_TYPE", "Invalid response type")
        interaction.acknowledge(kind)
        self._carry_out(interaction, kind, data, uploads)

    def _carry_out(self, interaction: InteractionSession, kind: int, data: Json, uploads: Sequence[Upload]) -> None:
        if kind in (MESSAGE, DEFERRED_MESSAGE):
            interaction.original = self._write(interaction, data, uploads, pending=kind == DEFERRED_MESSAGE)
        elif kind in (DEFERRED_UPDATE, UPDATE):
            interaction.original = interaction.source
            if kind == UPDATE and interaction.source is not None:
                self.messages.edit(interaction.source, data, uploads)
                interaction.answer(interaction.source)
        elif kind == MODAL:
            content.with_text_ids(data.get("components") or [])
            interaction.modal = data
            interaction.answer()
            shown = {"call": interaction.id, "modal": data}
            self.world.bus.page(PageEvent("modal", lambda _: shown, only=interaction.user.id))
        else:
            interaction.choices = data.get("choices") or []
            interaction.answer()

    def follow_up(self, interaction: InteractionSession, body: Json, uploads: Sequence[Upload]) -> Message:
        """Another answer. The first one after a deferral takes the place of the "thinking" message."""
        self._check(interaction)
        if interaction.original is not None and interaction.original.pending:
            return self.edit(interaction, interaction.original, body, uploads)
        interaction.follow_ups += 1
        if not interaction.installed_here and interaction.follow_ups > FOLLOW_UPS_WHEN_ABSENT:
            raise DiscordError(40094)
        return self._write(interaction, body, uploads, after=interaction.original)

    def find(self, interaction: InteractionSession, which: str) -> Message:
        """One of the interaction's messages, by id or as `@original`. Error 10008 when there is none."""
        self._check(interaction)
        if which == "@original":
            found = interaction.original
        else:
            found = next(
                (post for post in (*interaction.posts, interaction.original) if post and str(post.id) == which), None
            )
        if found is None or self.world.message(found.channel_id, found.id) is None:
            raise DiscordError(10008)
        return found

    def edit(self, interaction: InteractionSession, message: Message, body: Json, uploads: Sequence[Upload]) -> Message:
        """Change one of the interaction's messages; gives a deferred answer."""
        self.messages.edit(message, body, uploads, first=message.pending)
        interaction.answer(message)
        return message

    def delete(self, interaction: InteractionSession, message: Message) -> None:
        """Remove one of the interaction's messages."""
        self.messages.delete(message)
        interaction.posts = [post for post in interaction.posts if post is not message]
        if message is interaction.original and message.pending:
            interaction.original = None  # the next follow-up is a message of its own
        interaction.signal.notify()

    def _check(self, interaction: InteractionSession) -> None:
        if interaction.acknowledged_at is None:
            raise DiscordError(10015)
        if interaction.age > self.sessions.token_lifetime:
            raise DiscordError(50027)

    def _write(
        self,
        interaction: InteractionSession,
        body: Json,
        uploads: Sequence[Upload],
        *,
        pending: bool = False,
        after: Message | None = None,
    ) -> Message:
        private = interaction.force_ephemeral or bool(int(body.get("flags") or 0) & content.EPHEMERAL)
        flags = content.EPHEMERAL * private | content.LOADING * pending
        draft = Message({}, interaction.user.id if private else None, interaction.id, pending)
        extra = {**self._origin(interaction, after), "flags": flags}
        message = self.messages.post(self.world.bot, interaction.channel, body, uploads, extra=extra, draft=draft)
        if pending:
            interaction.posts.append(message)
        else:
            interaction.answer(message)
        return message

    def _origin(self, interaction: InteractionSession, after: Message | None) -> Json:
        """What says which interaction a message answers."""
        origin: Json = {
            "webhook_id": str(self.world.application_id),
            "application_id": str(self.world.application_id),
            "interaction_metadata": metadata(interaction),
        }
        answered = after or interaction.source
        if answered is not None:
            reference: dict[str, Any] = {"message_id": str(answered.id), "channel_id": str(interaction.channel.id)}
            if interaction.channel.guild_id:
                reference["guild_id"] = str(interaction.channel.guild_id)
            return origin | {"type": REPLY, "message_reference": {"type": 0, **reference}}
        if interaction.type == interaction_sessions.COMMAND:
            origin["interaction"] = {
                "id": interaction.id,
                "type": 2,
                "name": interaction.name,
                "user": payloads.user(interaction.user),
            }
        return origin | {"type": MENU_ANSWER if interaction.target is not None else SLASH_ANSWER}


def metadata(interaction: InteractionSession) -> Json:
    """The `interaction_metadata` of a message."""
    about: Json = {
        "id": interaction.id,
        "type": interaction.type,
        "user": payloads.user(interaction.user),
        "authorizing_integration_owners": interaction.owners,
    }
    if interaction.type == interaction_sessions.COMMAND:
        about["name"] = interaction.name
    if interaction.source is not None:
        about["interacted_message_id"] = str(interaction.source.id)
    if isinstance(interaction.target, Message):
        about["target_message_id"] = str(interaction.target.id)
    elif interaction.target is not None:
        about["target_user"] = payloads.user(interaction.target)
    return about
