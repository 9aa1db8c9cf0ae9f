"""The weekly recap with a moved clock: once a week, whatever happens to the bot, the channel, Discord or the clocks."""

import asyncio
import logging
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import annotated
import pytest
from annotated import flat, until
from board_entries import author, guild_of
from counted import caught_up
from house import House, StartBot
from recapped import ELSEWHERE, PLACE, Recapped, next_monday
from shown import descriptions, texts

from bot.client import names, recap_job
from bot.client.client import EmpreinteBot
from bot.ledger.ledger import open_ledger
from bot.ledger.records import RecapOutcome
from bot.usecases import ledger_reader
from bot.usecases.estimates import Estimates

PARIS = ZoneInfo("Europe/Paris")
DAY = timedelta(days=1)
POST = r"^/channels/\d+/messages$"


@pytest.fixture(autouse=True)
def by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests say when the job looks, and no machine is too slow for them."""
    monkeypatch.setattr(recap_job, "INTERVAL", 1e6)
    monkeypatch.setattr(ledger_reader, "READ_TIMEOUT", 60.0)
    monkeypatch.setattr(names, "LOOKUP_SECONDS", 60.0)


@pytest.fixture
async def recapped(by_hand: None, house: House, start_bot: StartBot) -> Recapped:
    one = Recapped(house, start_bot)
    await one.restart()
    await caught_up(house)
    return one


async def due_with_something(one: Recapped, **options: Any) -> datetime:
    """Choose a recap for Monday at nine in Paris, let something be counted, and return when it is due."""
    await one.choose_here(**options)
    monday = next_monday(one.now.astimezone(PARIS))
    await one.count_on(monday - DAY, "leo", "ines")
    return datetime.combine(monday, time(9), PARIS).astimezone(UTC)


def tries(one: Recapped) -> int:
    """How often Discord was asked to post."""
    return annotated.tries(one.house)


# What it says


@pytest.mark.parametrize("language", ["fr", "en"])
async def test_a_week_as_everybody_reads_it(recapped: Recapped, language: str) -> None:
    due = await due_with_something(recapped, weekday=0, hour=9)
    for setting, value in (("timezone", "Europe/Paris"), ("language", language)):  # a language has its own timezone
        await recapped.house.sandbox.command("camille", PLACE, f"settings {setting}", {setting: value})
    await recapped.count_on(due.date() - 8 * DAY, "leo")
    await recapped.move_to(due - timedelta(seconds=30))
    await recapped.look()
    assert not recapped.posts()
    await recapped.move_to(due + timedelta(seconds=1))
    await recapped.look()
    (post,) = recapped.posts()
    text, alt = flat("\n".join(texts(post))), flat(descriptions(post)[0])
    said = {
        "fr": (
            "La semaine du serveur",
            "sept jours d’avant",
            "En tête",
            "La politesse de la semaine : **2** messages",
        ),
        "en": (
            "The server’s week",
            "the seven days before",
            "Leading",
            "The courtesy of the week: **2** messages",
        ),
    }
    for part in (*said[language], "Léo", "Inès", "💭", "](https://"):
        assert part in text, text
    assert ("les sept derniers jours" if language == "fr" else "the past seven days") in alt
    assert post["flags"] & 1 << 12, "it notifies nobody"
    assert not post["mentions"]
    assert await recapped.outcome() is RecapOutcome.POSTED


async def test_who_opted_out_is_not_named(recapped: Recapped) -> None:
    due = await due_with_something(recapped)
    preferences, writer = recapped.house.bot.ledger.preferences, recapped.house.bot.ledger.writer
    await preferences.opt_out(writer, author(recapped.house, "leo"), recapped.now)
    await recapped.move_to(due)
    await recapped.look()
    text = "\n".join(texts(recapped.posts()[0]))
    assert "Inès" in text
    assert "Léo" not in text
    assert str(author(recapped.house, "leo")) not in text


async def test_a_picture_that_cant_be_drawn_leaves_the_text_alone(
    recapped: Recapped, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def nothing(_: object) -> None:
        return None

    monkeypatch.setattr(recapped.house.bot.charts, "draw", nothing)
    await recapped.move_to(await due_with_something(recapped))
    await recapped.look()
    (post,) = recapped.posts()
    assert not post["attachments"]
    assert not descriptions(post)
    assert "Léo" in "\n".join(texts(post))


async def test_a_picture_that_discord_refuses_leaves_the_text_alone(recapped: Recapped) -> None:
    await recapped.move_to(await due_with_something(recapped))
    recapped.house.sandbox.faults.add(method="POST", path=POST, status=400, code=50035, times=1)
    await recapped.look()
    (post,) = recapped.posts()
    assert not post["attachments"]


async def test_a_week_with_nothing_counted_posts_nothing_and_says_why(recapped: Recapped) -> None:
    await recapped.choose_here()
    monday = next_monday(recapped.now.astimezone(PARIS))
    await recapped.count_on(monday, "leo")  # that Monday itself belongs to the week after
    await recapped.move_to(datetime.combine(monday, time(9), PARIS))
    await recapped.look()
    assert not recapped.posts()
    assert "rien n’a été compté cette semaine-là" in await recapped.shown()
    await recapped.move_to(datetime.combine(monday + 7 * DAY, time(9), PARIS))
    await recapped.look()
    assert len(recapped.posts()) == 1
    assert "n’est pas parti" not in await recapped.shown()


# Once a week


async def test_once_a_week_over_both_changes_of_the_clocks(recapped: Recapped, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sunday at two: an hour that one night hasn't, and another has twice; the bot looks every half hour around it."""

    async def nothing(_: object) -> None:
        return None

    monkeypatch.setattr(recapped.house.bot.charts, "draw", nothing)
    await recapped.choose_here(weekday=6, hour=2)
    sundays = [datetime(2027, 3, 21), datetime(2027, 3, 28), datetime(2027, 4, 4)]  # noqa: DTZ001 as clocks show it
    sundays += [datetime(2027, 10, 24), datetime(2027, 10, 31), datetime(2027, 11, 7)]  # noqa: DTZ001
    posted = []
    for number, sunday in enumerate(sundays, 1):
        await recapped.count_on(sunday.date() - 2 * DAY, "leo")
        midnight = sunday.replace(tzinfo=PARIS).astimezone(UTC)
        for half_hours in range(10):
            await recapped.move_to(midnight + timedelta(minutes=30 * half_hours))
            await recapped.look()
            if len(recapped.posts()) == number and len(posted) < number:
                posted.append(half_hours / 2)
        assert len(recapped.posts()) == number
    assert posted == [2, 2, 2, 2, 2, 2]  # hours after midnight: the missing one is the next, of two the first


async def test_a_restart_at_the_due_minute_posts_once(recapped: Recapped) -> None:
    await recapped.move_to(await due_with_something(recapped))
    for _ in range(3):
        await recapped.look()
        await recapped.restart()
        await caught_up(recapped.house)
        await recapped.look()
    assert len(recapped.posts()) == 1


async def test_a_process_that_dies_while_posting_leaves_the_week_claimed(
    recapped: Recapped, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nobody knows whether it was posted: it isn't posted again, and the admins are told."""
    started = asyncio.Event()

    async def for_ever(*_: object) -> None:
        started.set()
        await asyncio.Event().wait()

    await recapped.move_to(await due_with_something(recapped))
    monkeypatch.setattr(recap_job, "post", for_ever)
    recapped.house.bot.tasks.start(recapped.look(), "a look")
    await asyncio.wait_for(started.wait(), 10)
    monkeypatch.undo()
    await recapped.restart()
    await caught_up(recapped.house)
    await recapped.look()
    assert not recapped.posts()
    assert await recapped.outcome() is RecapOutcome.SENDING
    await recapped.move_to(recapped.now + timedelta(minutes=11))
    assert "je ne le poste pas deux fois" in await recapped.shown()


async def test_a_process_that_dies_before_posting_leaves_the_week_to_the_next_one(
    recapped: Recapped, monkeypatch: pytest.MonkeyPatch
) -> None:
    started = asyncio.Event()

    async def for_ever(*_: object) -> None:
        started.set()
        await asyncio.Event().wait()

    await recapped.move_to(await due_with_something(recapped))
    monkeypatch.setattr(recapped.house.bot.charts, "draw", for_ever)
    recapped.house.bot.tasks.start(recapped.look(), "a look")
    await asyncio.wait_for(started.wait(), 10)
    await recapped.restart()
    await caught_up(recapped.house)
    await recapped.look()
    assert len(recapped.posts()) == 1


async def test_two_processes_on_one_database_post_once(recapped: Recapped, answers: Estimates) -> None:
    """As when a shard changes hands: both take themselves for the one that serves the server."""
    house = recapped.house
    await recapped.move_to(await due_with_something(recapped))
    async with open_ledger(house.settings.database) as ledger:
        other = EmpreinteBot(house.settings, answers, house.bot.catalogues, ledger, clock=house.bot.clock)
        other._connection._guilds = house.bot._connection._guilds
        other.http = other._connection.http = house.bot.http
        await asyncio.gather(*(bot.recap_job.post_due() for bot in (house.bot, other, other, house.bot)))
    assert len(recapped.posts()) == 1
    assert await recapped.outcome() is RecapOutcome.POSTED


@pytest.mark.parametrize("hours", [23.9, 24.1])
async def test_what_was_missed_is_made_up_within_a_day(recapped: Recapped, hours: float) -> None:
    due = await due_with_something(recapped)
    await recapped.house.bot.close()
    recapped.house.sandbox.world.clock.offset += (due - recapped.now).total_seconds() + hours * 3600
    await recapped.restart()
    await caught_up(recapped.house)
    await recapped.move_to(recapped.now)
    await recapped.look()
    assert len(recapped.posts()) == (1 if hours < 24 else 0)
    assert ("pendant toute une journée" in await recapped.shown()) is (hours > 24)


async def test_it_waits_for_history_that_is_still_read(recapped: Recapped) -> None:
    await recapped.move_to(await due_with_something(recapped))
    holds = recapped.house.bot.ledger.writer.holds
    holds.hold(guild_of(recapped.house))
    await recapped.look()
    assert not recapped.posts()
    holds.settle(guild_of(recapped.house), holds.session(guild_of(recapped.house)))
    await recapped.look()
    assert len(recapped.posts()) == 1


async def test_it_doesnt_wait_for_history_for_ever(recapped: Recapped, monkeypatch: pytest.MonkeyPatch) -> None:
    await recapped.move_to(await due_with_something(recapped))
    recapped.house.bot.ledger.writer.holds.hold(guild_of(recapped.house))
    await recapped.look()
    monkeypatch.setattr(recap_job, "CATCH_UP", -1.0)
    await recapped.look()
    assert len(recapped.posts()) == 1


@pytest.mark.parametrize("ahead", [timedelta(hours=1), timedelta(hours=-1)])
async def test_nothing_is_posted_while_the_clocks_disagree(recapped: Recapped, ahead: timedelta) -> None:
    await recapped.move_to(await due_with_something(recapped) + timedelta(hours=2))
    host, wrong = recapped.house.bot.clock._host, ahead.total_seconds()
    recapped.house.bot.clock._host = lambda: host() + wrong
    await recapped.look()
    assert not recapped.posts()
    recapped.house.bot.clock._host = host
    await recapped.look()
    assert len(recapped.posts()) == 1


# Choices that change


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


# Channels and permissions


async def test_a_deleted_channel_is_the_reason_and_another_one_works_the_same_day(recapped: Recapped) -> None:
    due = await due_with_something(recapped)
    await recapped.choose(channel=str(recapped.channel_id("prompts")))
    recapped.house.sandbox.world.delete_channel("prompts")
    await recapped.move_to(due)
    await recapped.look()
    assert await recapped.outcome() is RecapOutcome.GONE
    assert "son salon a été supprimé" in await recapped.shown()
    await recapped.choose_here()
    await recapped.look()
    assert len(recapped.posts()) == 1


@pytest.mark.parametrize("later", [timedelta(hours=5), timedelta(days=7)])
async def test_a_permission_lost_is_the_reason_and_given_back_it_works(recapped: Recapped, later: timedelta) -> None:
    due, world = await due_with_something(recapped), recapped.house.sandbox.world
    world.deny(PLACE, "send_messages")
    await recapped.move_to(due)
    before = tries(recapped)
    for _ in range(5):
        await recapped.look()
    assert tries(recapped) == before, "Discord isn't asked"
    assert "pas le droit d’écrire" in await recapped.shown()
    world.allow(PLACE, "send_messages")
    await recapped.count_on(due.date() + DAY, "leo")
    await recapped.move_to(due + later)
    await recapped.look()
    assert len(recapped.posts()) == 1
    assert "n’est pas parti" not in await recapped.shown()


async def test_without_attach_files_there_is_no_picture(recapped: Recapped) -> None:
    recapped.house.sandbox.world.deny(PLACE, "attach_files")
    due = await due_with_something(recapped)
    await recapped.move_to(due)
    await recapped.look()
    (post,) = recapped.posts()
    assert not post["attachments"]


# Discord's bad days


@pytest.mark.parametrize(
    ("fault", "outcome"),
    [
        ({"status": 403, "code": 50013}, RecapOutcome.FORBIDDEN),
        ({"status": 404, "code": 10003}, RecapOutcome.GONE),
        ({"status": 429, "retry_after": 60.0}, RecapOutcome.REFUSED),
        ({"status": 400, "code": 200000}, RecapOutcome.REFUSED),
        ({"status": 503}, RecapOutcome.UNCERTAIN),
    ],
)
async def test_what_certainly_was_not_posted_is_tried_again_within_the_day(
    recapped: Recapped, fault: dict[str, Any], outcome: RecapOutcome, caplog: pytest.LogCaptureFixture
) -> None:
    await recapped.move_to(await due_with_something(recapped))
    faults, steady = recapped.house.sandbox.faults, [0.0]
    recapped.house.bot.recap_job._clock = lambda: steady[0]
    faults.add(method="POST", path=POST, times=2, **fault)
    await recapped.look()
    assert await recapped.outcome() is outcome
    assert [one.levelno for one in caplog.records if one.name == "bot.client.recap_post"] == [logging.WARNING] * (
        2 if outcome is RecapOutcome.REFUSED else 1
    )
    faults.clear()
    await recapped.look()
    assert not recapped.posts(), "not at once"
    steady[0] = recap_job.FIRST_PAUSE + 1
    await recapped.look()
    assert len(recapped.posts()) == (0 if outcome is RecapOutcome.UNCERTAIN else 1)
    assert ("n’est pas parti" in await recapped.shown()) is (outcome is RecapOutcome.UNCERTAIN)


async def test_nothing_is_posted_while_discord_wants_less_of_us(
    recapped: Recapped, monkeypatch: pytest.MonkeyPatch
) -> None:
    await recapped.move_to(await due_with_something(recapped))
    monkeypatch.setattr(type(recapped.house.bot.http_limits), "paused_for", 60.0)
    await recapped.look()
    assert not recapped.posts()
    monkeypatch.setattr(type(recapped.house.bot.http_limits), "paused_for", 0.0)
    await recapped.look()
    assert len(recapped.posts()) == 1


async def test_tries_become_rare(recapped: Recapped) -> None:
    due = await due_with_something(recapped)
    await recapped.move_to(due)
    recapped.house.sandbox.faults.add(method="POST", path=POST, status=403, code=50013, times=None)
    job, before = recapped.house.bot.recap_job, tries(recapped)
    for minute in range(0, 24 * 60, 5):
        job._clock = lambda minute=minute: minute * 60.0 + 1
        await recapped.look()
    assert 5 <= tries(recapped) - before <= 32


async def test_an_answer_that_gets_lost_is_never_followed_by_a_second_post(recapped: Recapped) -> None:
    await recapped.move_to(await due_with_something(recapped))
    recapped.house.sandbox.faults.add(method="POST", path=POST, status=503, after=True, times=1)
    for _ in range(3):
        await recapped.look()
    assert len(recapped.posts()) == 1


async def test_discords_own_tries_post_once(recapped: Recapped) -> None:
    await recapped.move_to(await due_with_something(recapped))
    recapped.house.sandbox.faults.add(method="POST", path=POST, status=502, after=True, times=1)
    await recapped.look()
    assert len(recapped.posts()) == 1
    assert await recapped.outcome() is RecapOutcome.POSTED


async def test_one_servers_trouble_is_not_anothers(
    recapped: Recapped, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    due, house = await due_with_something(recapped), recapped.house
    english = recapped.channel_id(ELSEWHERE)
    await recapped.choose(at=ELSEWHERE, channel=str(english), weekday=0, hour=8)
    serve = house.bot.recap_job._recaps.settled

    async def settled(guild_id: int, which: Any) -> Any:
        if guild_id == house.sandbox.world.guild("English Club").id:
            raise RuntimeError("boom")
        return await serve(guild_id, which)

    monkeypatch.setattr(type(house.bot.recap_job._recaps), "settled", lambda _, *given: settled(*given))
    await recapped.move_to(due)
    await recapped.look()
    assert len(recapped.posts()) == 1


async def test_the_task_goes_on_after_a_failure(
    recapped: Recapped, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(recap_job, "INTERVAL", 0.01)
    job, times = recapped.house.bot.recap_job, [0]

    async def broken() -> None:
        times[0] += 1
        raise RuntimeError("boom")

    monkeypatch.setattr(job, "post_due", broken)
    recapped.house.bot.tasks.start(job.run(), "recaps again")
    await until(lambda: times[0] > 2)
    assert "recaps failed; they are tried again" in caplog.text


# The command


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
