"""What is counted where, and for whom; kept over a restart."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from making import NOW
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.errors import UserError
from bot.ledger.preferences import Preferences
from bot.ledger.records import OFF, REPLY, SILENT, WHOLE_SERVER, ChannelMode, Person, ServerSettings
from bot.ledger.write.writer import Writer


def row(guild: int, channel: int, mode: str) -> ChannelMode:
    return ChannelMode(guild, channel, mode, since_id=7, since_at=NOW, min_tokens=3)


@pytest.mark.parametrize(
    ("channel", "parent", "mode"),
    [
        (10, None, SILENT),
        (11, None, None),
        (12, None, REPLY),
        (99, 10, SILENT),
        (99, 11, None),
        (99, 12, REPLY),
        (98, 11, SILENT),
    ],
)
def test_the_nearest_choice_wins(channel: int, parent: int | None, mode: str | None) -> None:
    choices = [row(1, WHOLE_SERVER, REPLY), row(1, 10, SILENT), row(1, 11, OFF), row(1, 98, SILENT)]
    preferences = Preferences(channels=choices)
    found = preferences.mode_of(1, channel, parent)
    assert (found.mode if found else None) == mode
    assert preferences.mode_of(2, 50) is None


async def test_choices_outlive_a_restart(engine: AsyncEngine, writer: Writer) -> None:
    preferences = await Preferences.load(engine)
    await preferences.set_server(writer, 1, model="mistralai/m", timezone="Europe/Paris")
    await preferences.set_server(writer, 1, model=None, left_at=NOW)
    for one in (
        row(1, WHOLE_SERVER, REPLY),
        row(1, 10, SILENT),
        row(1, 10, OFF),
        row(1, 11, SILENT),
        row(2, 20, REPLY),
    ):
        await preferences.set_channel(writer, one)
    await preferences.drop_channel(writer, 1, 11)
    await preferences.drop_channel(writer, 2, 20)
    await preferences.opt_out(writer, 5, NOW)
    await preferences.opt_out(writer, 6, NOW)
    await preferences.opt_in(writer, 6, NOW)
    await preferences.set_quiet(writer, 5, True)
    for one in (preferences, await Preferences.load(engine)):
        assert one.settings(1) == ServerSettings(1, timezone="Europe/Paris", left_at=NOW)
        assert one.settings(3) == ServerSettings(3)
        assert one.modes(1) == [row(1, WHOLE_SERVER, REPLY), row(1, 10, OFF)]
        assert one.modes(2) == []
        assert one.guilds_with_settings() == {1}
        assert [one.opted_out(user) for user in (5, 6, 7)] == [True, False, False]
        assert [one.quiet(user) for user in (5, 6, 7)] == [True, False, False]
        assert one.person(5) == Person(5, NOW, quiet=True)


async def test_the_whole_servers_choice_can_go(engine: AsyncEngine, writer: Writer) -> None:
    preferences = await Preferences.load(engine)
    await preferences.set_channel(writer, row(1, WHOLE_SERVER, REPLY))
    assert preferences.mode_of(1, 5) == row(1, WHOLE_SERVER, REPLY)
    await preferences.drop_channel(writer, 1, WHOLE_SERVER)
    assert preferences.mode_of(1, 5) is None
    assert (await Preferences.load(engine)).modes(1) == []


async def test_when_it_cannot_be_kept(lite: AsyncEngine) -> None:
    """Less is counted at once, more only when it is written down."""
    closed = Writer(lite)
    preferences = Preferences(channels=[row(1, 10, SILENT)], persons=[Person(6, NOW)])
    for change in (
        preferences.opt_out(closed, 5, NOW),
        preferences.opt_in(closed, 6, NOW),
        preferences.drop_channel(closed, 1, 10),
        preferences.set_channel(closed, row(1, 11, SILENT)),
    ):
        with pytest.raises(UserError):
            await change
    assert preferences.opted_out(5)
    assert preferences.opted_out(6)
    assert preferences.modes(1) == []


async def test_who_wants_no_annotations_is_left_alone_before_it_is_kept(engine: AsyncEngine, writer: Writer) -> None:
    preferences = await Preferences.load(engine)
    keeping = asyncio.create_task(preferences.set_quiet(writer, 5, True))
    await asyncio.sleep(0)
    assert not keeping.done()
    assert preferences.quiet(5)
    await keeping
    undoing = asyncio.create_task(preferences.set_quiet(writer, 5, False))
    await asyncio.sleep(0)
    assert not undoing.done()
    assert preferences.quiet(5)
    await undoing
    assert not preferences.quiet(5)


async def test_where_a_threads_parent_makes_a_difference(engine: AsyncEngine, writer: Writer) -> None:
    preferences = await Preferences.load(engine)
    assert not preferences.counts_in(1)
    await preferences.set_channel(writer, ChannelMode(1, WHOLE_SERVER, SILENT, 5, NOW))
    assert preferences.counts_in(1)
    assert not preferences.depends_on_parent(1, 20)
    await preferences.set_channel(writer, ChannelMode(1, 10, OFF, 5, NOW))
    assert preferences.depends_on_parent(1, 20)
    assert not preferences.depends_on_parent(1, 10)
    assert not preferences.depends_on_parent(2, 20)
    await preferences.drop_channel(writer, 1, 10)
    assert not preferences.depends_on_parent(1, 20)
    assert preferences.modes(1) == [ChannelMode(1, WHOLE_SERVER, SILENT, 5, NOW)]
    preferences.forget_server(1)
    assert not preferences.counts_in(1)


async def test_a_server_that_comes_back_is_counted_from_then_on(engine: AsyncEngine, writer: Writer) -> None:
    preferences = await Preferences.load(engine)
    rows = [
        ChannelMode(1, WHOLE_SERVER, SILENT, 5, NOW, notice_id=3),
        ChannelMode(1, 10, OFF, 5, NOW, notice_id=4),
        ChannelMode(1, 11, SILENT, 900, NOW, notice_id=6),
    ]
    for row in rows:
        await preferences.set_channel(writer, row)
    await preferences.set_server(writer, 1, left_at=NOW, language="fr")
    back = NOW + timedelta(days=2)
    await preferences.come_back(writer, 1, 700, back)
    for found in (preferences, await Preferences.load(engine)):
        expected = replace(rows[0], since_id=700, since_at=back, notice_id=None)
        assert found.modes(1) == [expected, *rows[1:]]
        settings = found.settings(1)
        assert (settings.left_at, settings.joined_at, settings.returned_at) == (None, back, back)
        assert settings.notice_due
        assert settings.language == "fr"
