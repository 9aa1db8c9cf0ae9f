"""The weekly recap as admins choose it, and choose otherwise."""

from datetime import datetime, time, timedelta
from typing import Any

import pytest
from annotated import flat
from board_entries import guild_of
from recapped import DAY, ELSEWHERE, PARIS, PLACE, Recapped, due_with_something, next_monday


async def test_it_is_off_until_an_admin_chooses_and_for_admins_alone(recapped: Recapped) -> None:
    assert "Récap de la semaine : aucun" in await recapped.shown()
    call = await recapped.house.sandbox.command("leo", PLACE, "settings recap", {"off": True}, force=True)
    assert call.message
    assert "Gérer le serveur" in call.message["content"]
    assert "Choisissez un salon" in await recapped.choose()
    assert "n’y avait pas de récap" in await recapped.choose(off=True)
    answer = await recapped.choose_here()
    monday = datetime.combine(next_monday(recapped.now.astimezone(PARIS)), time(9), PARIS)
    for part in ("le lundi à 9 h", f"<t:{int(monday.timestamp())}:f>", "Rien n’est encore compté"):
        assert part in answer
    assert f"<#{recapped.channel_id()}>, le lundi à 9 h" in await recapped.shown()


async def test_what_was_chosen_outlives_a_restart_and_is_changed_part_by_part(recapped: Recapped) -> None:
    await recapped.choose_here(weekday=4, hour=17)
    await recapped.restart()
    assert "le vendredi à 17 h" in await recapped.shown()
    assert "le vendredi à 8 h" in await recapped.choose(hour=8)
    assert "le dimanche à 8 h" in await recapped.choose(weekday=6)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"channel": ELSEWHERE}, "salon textuel de ce serveur"),
        ({"channel": "Atelier IA/prof", "weekday": 9}, "de 0 (lundi) à 6"),
        ({"channel": "Atelier IA/prof", "weekday": -1}, "de 0 (lundi) à 6"),
        ({"weekday": 1}, "Choisissez un salon"),
    ],
)
async def test_what_cant_be_is_refused_in_one_sentence(recapped: Recapped, options: dict[str, Any], words: str) -> None:
    if "channel" in options:
        options = {**options, "channel": str(recapped.channel_id(options["channel"]))}
    call = await recapped.house.sandbox.command("camille", PLACE, "settings recap", options, force=True)
    await call.settled()
    assert call.message
    assert call.ephemeral
    assert words in flat(call.message["content"])
    assert recapped.house.bot.usecases.settings.recap.schedule(guild_of(recapped.house)) is None


async def test_a_channel_that_the_reader_doesnt_see_is_not_named(recapped: Recapped) -> None:
    world, hidden = recapped.house.sandbox.world, recapped.channel_id("Atelier IA/prof")
    await recapped.choose(channel=str(hidden))
    world.add_role_to("Atelier IA", "leo", world.add_role("Atelier IA", "équipe", "manage_guild"))
    world.deny("Atelier IA/prof", "view_channel", who="leo")
    assert f"<#{hidden}>" in await recapped.shown()
    for answer in (await recapped.shown("leo"), await recapped.choose(user="leo", hour=7)):
        assert str(hidden) not in answer
        assert "un salon que vous ne voyez pas" in answer
    form = await recapped.house.sandbox.command("leo", PLACE, "setup", {})
    assert "#prof" not in str(form.modal)
    assert "#?, le lundi" in str(form.modal)


async def test_what_is_missing_there_is_said(recapped: Recapped) -> None:
    recapped.house.sandbox.world.deny(PLACE, "send_messages")
    assert "Envoyer des messages" in await recapped.choose_here()


async def test_another_timezone_on_the_day_posts_no_second_time(recapped: Recapped) -> None:
    async def live_in(zone: str) -> None:
        await recapped.house.sandbox.command("camille", PLACE, "settings timezone", {"timezone": zone})

    due = await due_with_something(recapped)
    await recapped.move_to(due - timedelta(hours=1))
    await live_in("Asia/Tokyo")  # nine was hours ago there: made up at once
    await recapped.look()
    assert len(recapped.posts()) == 1
    for zone in ("America/New_York", "Pacific/Auckland", "Europe/Paris"):
        await live_in(zone)
        for hours in (1, 4, 8):
            await recapped.move_to(recapped.now + timedelta(hours=hours))
            await recapped.look()
    assert len(recapped.posts()) == 1


async def test_another_day_of_the_same_week_is_the_next_weeks(recapped: Recapped) -> None:
    due = await due_with_something(recapped)
    await recapped.move_to(due)
    await recapped.look()
    answer = await recapped.choose(weekday=3, hour=18)
    thursday = datetime.combine(due.date() + 3 * DAY, time(18), PARIS)
    assert f"<t:{int((thursday + 7 * DAY).timestamp())}" in answer
    await recapped.count_on(thursday.date() - DAY, "leo")
    await recapped.move_to(thursday)
    await recapped.look()
    assert len(recapped.posts()) == 1
    await recapped.count_on(thursday.date(), "leo")
    await recapped.move_to(thursday + 7 * DAY)
    await recapped.look()
    assert len(recapped.posts()) == 2


async def test_what_was_due_before_it_was_chosen_is_left_alone(recapped: Recapped) -> None:
    monday = next_monday(recapped.now.astimezone(PARIS))
    await recapped.count_on(monday - DAY, "leo")
    await recapped.move_to(datetime.combine(monday, time(12), PARIS))
    await recapped.choose_here(weekday=0, hour=9)
    await recapped.look()
    assert not recapped.posts()


async def test_off_and_on_again_in_the_same_week_posts_once(recapped: Recapped) -> None:
    due = await due_with_something(recapped)
    await recapped.move_to(due)
    await recapped.look()
    assert "Plus de récap" in await recapped.choose(off=True)
    assert "Récap de la semaine : aucun" in await recapped.shown()
    await recapped.choose_here(weekday=0, hour=11)
    await recapped.move_to(due + timedelta(hours=3))
    await recapped.look()
    assert len(recapped.posts()) == 1


async def test_off_while_it_is_made_ready_posts_nothing(recapped: Recapped, monkeypatch: pytest.MonkeyPatch) -> None:
    async def meanwhile(_: object) -> None:
        await recapped.house.bot.usecases.settings.recap.turn_off(guild_of(recapped.house))

    await recapped.move_to(await due_with_something(recapped))
    monkeypatch.setattr(recapped.house.bot.charts, "draw", meanwhile)
    await recapped.look()
    assert not recapped.posts()
    assert await recapped.outcome() is None


async def test_a_reset_forgets_it(recapped: Recapped) -> None:
    await recapped.move_to(await due_with_something(recapped))
    await recapped.look()
    await recapped.house.bot.usecases.settings.reset(guild_of(recapped.house), recapped.now)
    assert await recapped.outcome() is None
    assert "aucun" in await recapped.shown()
