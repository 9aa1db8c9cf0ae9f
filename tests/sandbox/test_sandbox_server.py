"""Starting, stopping, and staying within bounds."""

from __future__ import annotations

import aiohttp
import pytest

from sandbox import AppIdentity, Sandbox, Upload
from sandbox.gateway.session import REPLAY_LIMIT, Session
from sandbox.state.clock import Clock
from sandbox.state.files import STORE_LIMIT, FileStore, image_size
from sandbox.state.models import History, Message
from sandbox.state.snowflakes import Snowflakes, created_at


async def test_a_taken_port_is_an_error() -> None:
    first = await Sandbox.start()
    port = int(first.page_url.rstrip("/").rsplit(":", 1)[1])
    with pytest.raises(OSError, match="address already in use"):
        await Sandbox.start(port=port)
    await first.stop()
    second = await Sandbox.start(port=port, token="mine")
    assert second.token == "mine"
    await second.stop()


async def test_whose_bot_is_served_is_a_parameter() -> None:
    app = AppIdentity("Météo", "meteo", "#112233", first_command="pluie", api_variable="METEO_API")
    sandbox = await Sandbox.start(app=app)
    async with aiohttp.ClientSession(headers={"Authorization": f"Bot {sandbox.token}"}) as session:
        async with session.get(f"{sandbox.api_root}/users/@me") as answer:
            me = await answer.json()
        async with session.get(f"{sandbox.page_url}sandbox/api/state") as answer:
            state = await answer.json()
    assert (me["username"], me["global_name"]) == ("meteo", "Météo")
    assert (state["bot"]["global_name"], state["bot"]["first_command"]) == ("Météo", "pluie")
    assert state["connect"]["api_variable"] == "METEO_API"
    await sandbox.stop()


async def test_stopping_with_open_sockets() -> None:
    sandbox = await Sandbox.start()
    user = sandbox.world.user("leo")
    async with aiohttp.ClientSession() as session:
        bot = await session.ws_connect(sandbox.gateway.url)
        page = await session.ws_connect(f"{sandbox.page_url}sandbox/api/live?user={user.id}")
        await bot.receive_json()
        frame = {"op": 2, "d": {"token": sandbox.token, "intents": 1}}
        await bot.send_json(frame)
        await sandbox.wait_for_bot()
        await sandbox.post_message(user, "général", "un dernier")
        await sandbox.stop()
        assert (await page.receive_json())["t"] in ("bot", "message_create")
        while (await bot.receive()).type is aiohttp.WSMsgType.TEXT:
            pass
        assert bot.closed


def test_a_channel_forgets_its_oldest_messages() -> None:
    history = History(capacity=3)
    for key in (5, 1, 4, 2, 3):
        history.add(Message({"id": str(key)}))
    assert [message.id for message in history] == [3, 4, 5]
    assert history.get(1) is None
    assert [message.id for message in history.before(5, 10, lambda _: True)] == [4, 3]


def test_a_session_keeps_a_bounded_past() -> None:
    session = Session((0, 1), 0)
    session.connected = True
    for _ in range(REPLAY_LIMIT + 5):
        session.dispatch("MESSAGE_CREATE", "{}")
        session.take()
    assert not session.rewind(3)
    assert session.rewind(REPLAY_LIMIT)
    assert [frame.seq for frame in iter(session.take, None)] == [REPLAY_LIMIT + n for n in range(1, 6)]
    session.detach()
    assert not session.lost
    for _ in range(REPLAY_LIMIT + 1):
        session.dispatch("MESSAGE_CREATE", "{}")
    assert session.lost


def test_files_are_kept_within_a_bound() -> None:
    store = FileStore(Snowflakes(Clock()))
    size = STORE_LIMIT // 4
    keys = [int(store.put(1, Upload("files[0]", "a.bin", bytes(size)), {})["id"]) for _ in range(6)]
    assert [store.get(key) is not None for key in keys] == [False, False, True, True, True, True]


@pytest.mark.parametrize(
    ("data", "size"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(8) + b"\x00\x00\x00\x03\x00\x00\x00\x04", {"width": 3, "height": 4}),
        (b"GIF89a\x05\x00\x06\x00", {"width": 5, "height": 6}),
        (b"plain", {}),
    ],
)
def test_image_sizes(data: bytes, size: dict[str, int]) -> None:
    assert image_size(data) == size


def test_ids_grow_and_tell_the_time() -> None:
    ids = Snowflakes(Clock())
    made = [ids.next() for _ in range(10_000)]
    assert made == sorted(set(made))
    assert abs(created_at(made[0]).timestamp() - created_at(made[-1]).timestamp()) < 60


async def test_names_and_permissions(sandbox: Sandbox) -> None:
    world = sandbox.world
    assert world.channel("#prompts") is world.channel("Atelier IA/prompts")
    assert world.channel("English Club/prompts").guild_id == world.guild("English Club").id
    assert world.user("Inès") is world.user("ines")
    with pytest.raises(KeyError):
        world.channel("nulle part")
    role = world.add_role("Atelier IA", "Relecture", "manage_messages")
    world.add_member("Atelier IA", "emma", role)
    manage = 1 << 13
    assert world.permissions("emma", "prof") & manage
    assert not world.permissions("leo", "prof") & manage
    world.deny("prof", "view_channel", who=role)
    assert world.permissions("emma", "prof") == 0
    world.allow("prof", "view_channel", who="emma")
    assert world.can_see("emma", "prof")
    assert world.permissions("camille", "prof") & manage
    with pytest.raises(ValueError, match="private"):
        world.deny(await sandbox.dm("leo"), "send_messages")
    group = world.group("À trois", "leo", "ines", "noah")
    assert world.can_see("noah", group)
    assert not world.can_see(world.bot, group)
