"""What the tests of boards read in an answer, and whom they let join."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from board_entries import entry, guild_of, put
from house import House
from shown import descriptions, texts

from bot.usecases.boards import BoardRequest
from sandbox import InteractionSession as Call
from sandbox.state.models import Json, User


def embed(message: Json | None) -> Json:
    assert message is not None
    return message["embeds"][0]


def said(call: Call) -> str:
    return text_of(call.message)


def text_of(message: Json | None) -> str:
    if message and not message["embeds"]:
        return plain("\n".join(texts(message)).removeprefix("### "))
    shown = embed(message)
    fields = [text for field in shown.get("fields", []) for text in (field["name"], field["value"])]
    footer = shown.get("footer", {}).get("text", "")
    text = "\n".join([shown["title"], shown.get("description", ""), *fields, footer])
    return plain(text)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def described(call: Call) -> str:
    """What the picture says to those who don't see it."""
    (alt,) = descriptions(call.message)
    return plain(alt)


async def details(house: House, who: str, call: Call, locale: str | None = None) -> Call:
    label = "Details" if locale else "Détails"
    shown = await press(house, who, call, label, locale=locale)
    assert shown.ephemeral
    return shown


async def press(house: House, who: str, call: Call, label: str, locale: str | None = None) -> Call:
    assert call.message
    return await house.sandbox.press(who, call.message, label=label, locale=locale)


async def file_of(house: House, call: Call) -> str:
    assert call.message
    attached = call.message["attachments"][0]
    upload = house.sandbox.files.get(int(attached["id"]))
    assert upload
    return upload.data.decode("utf-8")


def join(house: House, user_id: int, name: str) -> None:
    """Let somebody join the server."""
    user = User(user_id, f"user{user_id}", name, "fr")
    house.sandbox.world.directory.users[user_id] = user
    house.sandbox.world.add_member(house.sandbox.world.guild("Atelier IA"), user)


async def crowd(house: House, number: int, **more: Any) -> None:
    """So many members, the first one with the most energy."""
    for n in range(number):
        join(house, 1000 + n, f"Membre {n}")
    await put(house, [entry(house, 1000 + n, energy_expected=float(100 - n), **more) for n in range(number)])


def asked(house: House, name: str, now: datetime, timezone: str = "UTC") -> BoardRequest:
    return BoardRequest(guild_of(house), ZoneInfo(timezone), name, now)
