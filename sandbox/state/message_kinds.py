"""Messages that are more than text: forwards, polls, voice messages, stickers. In Discord's JSON."""

from __future__ import annotations

import base64
import copy
from collections.abc import Sequence
from datetime import datetime

from sandbox.state.models import Json, Message
from sandbox.state.snowflakes import iso

VOICE_MESSAGE, HAS_SNAPSHOT = 1 << 13, 1 << 14
FORWARD = 1
SNAPSHOT = (
    "type",
    "content",
    "embeds",
    "attachments",
    "components",
    "timestamp",
    "edited_timestamp",
    "flags",
    "mentions",
    "mention_roles",
    "sticker_items",
)
"""What a forward shows of the message: no author, and no poll."""

STICKER_PNG = 1


def forward(message: Message, guild_id: int | None) -> Json:
    """What makes a message the forward of another: the reference, and the snapshot of what it said."""
    reference: Json = {"type": FORWARD, "message_id": str(message.id), "channel_id": str(message.channel_id)}
    if guild_id is not None:
        reference["guild_id"] = str(guild_id)
    shown = {key: message.data[key] for key in SNAPSHOT if key in message.data}
    snapshots = message.data.get("message_snapshots") or [{"message": copy.deepcopy(shown)}]
    return {"message_reference": reference, "message_snapshots": snapshots, "flags": HAS_SNAPSHOT}


def poll(question: str, answers: Sequence[str], multiple: bool, ends: datetime) -> Json:
    """What makes a message a poll, open until `ends`."""
    listed = [{"answer_id": number, "poll_media": {"text": text}} for number, text in enumerate(answers, 1)]
    about: Json = {"question": {"text": question}, "answers": listed, "expiry": iso(ends)}
    about |= {"allow_multiselect": multiple, "layout_type": 1, "results": {"is_finalized": False, "answer_counts": []}}
    return {"poll": about}


def voice(seconds: float) -> tuple[Json, Json]:
    """What makes a message a voice message, and what its one attachment says of itself."""
    waveform = base64.b64encode(bytes(range(0, 256, 8))).decode()
    return {"flags": VOICE_MESSAGE}, {"id": "0", "duration_secs": seconds, "waveform": waveform}


def sticker(sticker_id: int, name: str) -> Json:
    """What puts a sticker into a message."""
    return {"sticker_items": [{"id": str(sticker_id), "name": name, "format_type": STICKER_PNG}]}
