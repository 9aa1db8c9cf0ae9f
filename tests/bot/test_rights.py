"""Rights at run time, on every command and every button: whatever Discord's menus hide or show."""

import re
from typing import Any

import pytest
from discord import app_commands
from house import House
from test_forged_buttons import press, templates
from test_nobody_waits import Patient

ADMIN = re.compile(r"annotate|settings .*|setup")
"""The commands of those who manage the server."""

VALUES: dict[str, dict[str, Any]] = {
    "annotate": {"mode": "silent"},
    "settings language": {"language": "en"},
    "settings model": {"model": "gpt-4o"},
    "settings zone": {"zone": "FRA"},
    "settings timezone": {"timezone": "Paris"},
    "settings recap": {"weekday": 0, "hour": 9},
    "compare": {"text": "Bonjour"},
    "footprint": {"text": "Bonjour"},
}
REFUSED = ("Gérer le serveur", "ne marche que dans un serveur")
ADMIN_BUTTONS = (
    "csv:week",
    "csv:week:members:energy",
    "annotate:0:silent:",
    "annotate:0:reply:8",
    "undo:0:1",
    "settings:reset:{user}",
)
EVERYBODYS = (
    "method:", "compare:", "about:", "board:", "details:", "share:", "counted:", "courtesy:", "privacy:", "quiet:",
    "quiz:", "training:", "size:",
)  # fmt: skip


def names(house: House) -> list[str]:
    house.bot.command_limits = Patient()
    every = house.bot.tree.walk_commands()
    return sorted(one.qualified_name for one in every if isinstance(one, app_commands.Command))


async def test_a_member_is_refused_every_admin_command_in_private_and_changes_nothing(house: House) -> None:
    admin = [name for name in names(house) if ADMIN.fullmatch(name)]
    assert len(admin) >= 9
    guild_id = house.sandbox.world.channel("général").guild_id
    assert guild_id
    before = house.bot.ledger.preferences.settings(guild_id)
    for name in admin:
        call = await house.sandbox.command("leo", "général", name, VALUES.get(name, {}), force=True)
        assert call.ephemeral, name
        assert call.message, name
        assert REFUSED[0] in call.message["content"], name
    assert house.bot.ledger.preferences.settings(guild_id) == before
    assert not house.bot.ledger.preferences.modes(guild_id)


async def test_there_is_no_server_to_manage_in_a_direct_message(house: House) -> None:
    place = house.sandbox.world.dm("camille")
    for name in (name for name in names(house) if ADMIN.fullmatch(name)):
        call = await house.sandbox.command("camille", place, name, VALUES.get(name, {}), force=True)
        assert call.message, name
        assert REFUSED[1] in call.message["content"], name


async def test_managing_one_server_says_nothing_of_another(house: House) -> None:
    world = house.sandbox.world
    marie, guild = world.add_user("marie", "Marie", "fr"), world.guild_of(world.channel("général"))
    assert guild
    world.add_guild("Chez Marie", marie, bot=True)
    world.add_member(guild, marie)
    for name in (name for name in names(house) if ADMIN.fullmatch(name)):
        call = await house.sandbox.command("marie", "général", name, VALUES.get(name, {}), force=True)
        assert call.ephemeral, name
        assert call.message, name
        assert REFUSED[0] in call.message["content"], name


async def test_all_other_commands_answer_a_member(house: House) -> None:
    for name in (name for name in names(house) if not ADMIN.fullmatch(name)):
        call = await house.sandbox.command("leo", "général", name, VALUES.get(name, {}), force=True)
        await call.settled()
        assert call.message, name
        assert REFUSED[0] not in call.message["content"], name


def test_each_button_is_known_here(house: House) -> None:
    ours = tuple(part.split(":")[0] + ":" for part in ADMIN_BUTTONS) + EVERYBODYS
    for pattern in templates(house):
        start = pattern.pattern.replace("(?P<period>", "").replace("(?P<action>", "")
        assert start.startswith((*ours, "(?!")), pattern.pattern


@pytest.mark.parametrize("custom_id", ADMIN_BUTTONS)
async def test_a_member_is_refused_every_admin_button_also_an_old_one(house: House, custom_id: str) -> None:
    leo, guild_id = house.sandbox.world.user("leo").id, house.sandbox.world.channel("général").guild_id
    assert guild_id
    before = house.bot.ledger.preferences.settings(guild_id)
    said = await press(house, "leo", custom_id.format(user=leo))
    assert said
    assert REFUSED[0] in said
    assert house.bot.ledger.preferences.settings(guild_id) == before
    assert not house.bot.ledger.preferences.modes(guild_id)
