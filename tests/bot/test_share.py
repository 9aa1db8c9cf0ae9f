"""*Partager* under a private footprint: posted once, by whoever may write there, whatever Discord does."""

import asyncio
from typing import Any

import pytest
from annotated import by_the_bot, flat
from house import House, StartBot
from test_nobody_waits import Patient

from sandbox import InteractionSession as Call
from sandbox.interactions.refusals import Refused
from sandbox.state.files import Upload
from sandbox.state.models import Json

TEXT = "Rédige un mail poli à ma propriétaire pour lui demander de réparer la chaudière, s’il te plaît."
SECRET = "chaudière"
LABELS = {"fr": ("Partager", "Partagé"), "en": ("Share", "Shared")}


def labels(message: Json | None) -> dict[str, bool]:
    """The buttons of a message, and whether each can be pressed."""
    assert message
    found = [one for row in message["components"] for one in row["components"]]
    return {one["label"]: not one.get("disabled", False) for one in found}


def custom_id(message: Json) -> str:
    (found,) = [
        one["custom_id"]
        for row in message["components"]
        for one in row["components"]
        if one["custom_id"].startswith("share:")
    ]
    return found


async def private(house: House, user: str = "leo", channel: str = "général", **options: Any) -> Json:
    values = {"text": TEXT, "private": True, **options}
    call = await house.sandbox.command(user, channel, "footprint", values)
    assert call.ephemeral
    assert call.message
    return call.message


async def share(house: House, message: Json, user: str = "leo", **more: Any) -> Call:
    return await house.sandbox.press(user, message, custom_id=custom_id(message), **more)


async def until_posted(house: House, number: int = 1, channel: str = "général") -> list[Json]:
    async with asyncio.timeout(10):
        while len(by_the_bot(house, channel)) < number:
            await asyncio.sleep(0.01)
    return public(house, channel)


def public(house: House, channel: str = "général") -> list[Json]:
    return [one for one in by_the_bot(house, channel) if not one["flags"] & 64]


@pytest.mark.parametrize(
    ("user", "channel", "language"), [("leo", "général", "fr"), ("noah", "English Club/general", "en")]
)
async def test_a_private_footprint_is_shared(house: House, user: str, channel: str, language: str) -> None:
    shown, (before, after) = await private(house, user, channel), LABELS[language]
    assert labels(shown)[before]
    call = await share(house, shown, user)
    assert labels(call.message) == {**{one: True for one in labels(shown) if one != before}, after: False}
    (posted,) = await until_posted(house, 2, channel)
    assert posted["embeds"] == [{**shown["embeds"][0]}]
    assert before not in labels(posted)
    assert posted["content"].endswith(f"<@{house.sandbox.world.user(user).id}>")
    assert not posted["mention_everyone"]
    assert SECRET not in str(posted)
    body = [one for one in house.sandbox.requests if one.path.endswith("/messages") and one.method == "POST"][-1].body
    assert body["allowed_mentions"]["parse"] == []
    assert not body["allowed_mentions"].get("users")


async def test_the_menus_answer_with_its_files_and_courtesy(house: House) -> None:
    file = Upload("files[0]", "notes.txt", b"...", "text/plain")
    message = await house.sandbox.post_message("ines", "général", "Merci beaucoup !", [file])
    call = await house.sandbox.context_menu("leo", "général", "Empreinte", message)
    assert call.message
    await share(house, call.message)
    (posted,) = await until_posted(house, 2)
    assert posted["embeds"] == call.message["embeds"]
    for part in ("Rien que de la politesse", "1 fichier joint n’est pas compté"):
        assert part in posted["embeds"][0]["description"]


async def test_in_the_servers_language(house: House) -> None:
    shown = await private(house, "noah", text="Explain photosynthesis, please.")
    assert "electricity" in shown["embeds"][0]["title"]
    await share(house, shown, "noah")
    (posted,) = await until_posted(house, 2)
    assert "électricité" in posted["embeds"][0]["title"]


async def test_not_offered_where_it_makes_no_sense(house: House) -> None:
    public_one = await house.sandbox.command("leo", "général", "footprint", {"text": TEXT})
    assert "Partager" not in labels(public_one.message)
    for user, place in (("noah", await house.sandbox.dm("noah")), ("leo", "Ailleurs/discussions")):
        call = await house.sandbox.command(user, place, "footprint", {"text": TEXT, "private": True})
        assert not {"Partager", "Share"} & set(labels(call.message))


async def test_fifty_presses_post_once(house: House) -> None:
    house.bot.command_limits = Patient()
    shown = await private(house)
    presses = await asyncio.gather(*(share(house, shown, wait=False, force=True) for _ in range(50)))
    await asyncio.gather(*(one.answered(20) for one in presses))
    assert len(await until_posted(house, 2)) == 1
    told = [one.message["content"] for one in presses if one.ephemeral and one.message and one.message["content"]]
    assert len(told) == 49
    assert all("une fois suffit" in one for one in told)


async def test_once_also_after_a_restart(house: House, start_bot: StartBot) -> None:
    shown = await private(house)
    await share(house, shown)
    await until_posted(house, 2)
    house.bot = await start_bot()
    with pytest.raises(Refused):
        await share(house, shown)
    forced = await share(house, shown, force=True)
    assert forced.message
    assert "une fois suffit" in forced.message["content"]
    assert len(public(house)) == 1


async def test_a_button_from_before_a_restart_shares(house: House, start_bot: StartBot) -> None:
    shown = await private(house)
    house.bot = await start_bot()
    await share(house, shown)
    assert len(await until_posted(house, 2)) == 1


@pytest.mark.parametrize(
    ("who", "permission", "sentence"),
    [
        ("leo", "send_messages", "Vous ne pouvez pas écrire dans ce salon"),
        ("bot", "send_messages", "Je ne peux pas partager ici"),
        ("bot", "embed_links", "Je ne peux pas partager ici"),
    ],
)
async def test_permissions_are_those_of_the_moment(house: House, who: str, permission: str, sentence: str) -> None:
    shown, world = await private(house), house.sandbox.world
    world.deny("général", permission, who=world.bot if who == "bot" else world.user(who))
    call = await share(house, shown)
    assert call.ephemeral and call.message
    assert sentence in flat(call.message["content"])
    assert not public(house)
    assert labels(shown)["Partager"]


@pytest.mark.parametrize(
    ("status", "code", "sentence"),
    [(404, 10003, "Ce salon n’existe plus"), (403, 50013, "Je ne peux pas partager ici"), (403, 50001, "Je ne peux")],
)
async def test_what_discord_refuses_is_told_and_can_be_tried_again(
    house: House, status: int, code: int, sentence: str
) -> None:
    shown = await private(house)
    house.sandbox.faults.add(method="POST", path=r"/channels/\d+/messages$", status=status, code=code)
    call = await share(house, shown)
    await call.settled(2)
    assert sentence in flat(call.messages[1]["content"])
    assert call.messages[1]["flags"] & 64
    assert labels(shown)["Partager"]
    await share(house, shown)
    assert len(await until_posted(house, 3)) == 1


async def test_the_message_it_speaks_of_may_be_gone(house: House) -> None:
    message = await house.sandbox.post_message("ines", "général", TEXT)
    call = await house.sandbox.context_menu("leo", "général", "Empreinte", message)
    await house.sandbox.remove(message)
    assert call.message
    await share(house, call.message)
    (posted,) = await until_posted(house, 2)
    assert posted["embeds"] == call.message["embeds"]


async def test_the_animal_is_explained_by_a_tap(house: House) -> None:
    for user, channel, label, part in (
        ("leo", "général", "Taille", "dit la taille de cette réponse"),
        ("noah", "English Club/general", "Size", "tells this answer’s size"),
    ):
        call = await house.sandbox.command(user, channel, "footprint", {"text": TEXT})
        assert call.message
        (button,) = [one for one in call.message["components"][0]["components"] if one["label"] == label]
        assert call.message["embeds"][0]["title"].startswith(button["emoji"]["name"])
        pressed = await house.sandbox.press(user, call.message, label=label)
        assert pressed.ephemeral and pressed.message
        assert pressed.message["content"].startswith(button["emoji"]["name"])
        assert part in pressed.message["content"]
