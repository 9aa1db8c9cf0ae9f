"""`/quiz` played in the sandbox: to its end by three, in a crowd, in trouble, by those who may not."""

import asyncio
import re
import time
from collections.abc import Callable
from typing import Any

import pytest
from house import House, StartBot
from quiz_time import prepare, time_is_up

from bot.client import quiz_posts, quiz_run
from bot.errors import UserError
from bot.usecases.quiz.game import Game
from bot.usecases.records.quiz import A, B
from sandbox.interactions.interaction_sessions import InteractionSession
from sandbox.state.content import each_component
from sandbox.state.permissions import BITS

Json = dict[str, Any]
FR, EN = "général", "English Club/general"
POST = r"^/channels/\d+/messages$"


@pytest.fixture(autouse=True)
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quiz_run, "EDIT_INTERVAL", 0.2)
    monkeypatch.setattr(quiz_posts, "AGAIN_AFTER", 0.1)


def texts(message: Json) -> str:
    parts = each_component(message["components"])
    return "\n".join([message["content"], *(one["content"] for one in parts if "content" in one)])


def buttons(message: Json) -> list[Json]:
    return [one for one in each_component(message["components"]) if "custom_id" in one]


def posts(house: House, channel: str = FR) -> list[Json]:
    place = house.sandbox.world.channel(channel)
    ours = str(house.sandbox.world.bot.id)
    return [one.data for one in place.history if one.data["author"]["id"] == ours]


async def post_with(house: House, part: str, channel: str = FR) -> Json:
    async with asyncio.timeout(60):
        while True:
            for message in reversed(posts(house, channel)):
                if part in texts(message):
                    return message
            await asyncio.sleep(0.02)


async def until(happened: Callable[[], bool]) -> None:
    async with asyncio.timeout(60):
        while not happened():
            await asyncio.sleep(0.02)


def game_of(house: House, channel: str = FR) -> Game:
    return house.bot.quizzes.running(house.sandbox.world.channel(channel).id).game


async def start(house: House, user: str = "leo", channel: str = FR, **options: Any) -> InteractionSession:
    return await house.sandbox.command(user, channel, "quiz start", options)


async def press(house: House, user: str, message: Json, action: str, **more: Any) -> InteractionSession:
    (button,) = [one for one in buttons(message) if one["custom_id"].startswith(f"quiz:{action}:")]
    return await house.sandbox.press(user, message, custom_id=button["custom_id"], **more)


def said(call: InteractionSession) -> str:
    assert call.message
    assert call.ephemeral
    return call.message["content"]


WORDS = {
    FR: ("question {} sur 3", "Réponse {} sur 3", "Résultats du quiz", "Vote noté", "{} sur 3", "votes"),
    EN: ("question {} of 3", "Answer {} of 3", "Quiz results", "Your vote", "{} of 3", "votes"),
}


@pytest.mark.parametrize(("channel", "players"), [(FR, ("leo", "ines", "noah")), (EN, ("camille", "emma", "noah"))])
async def test_three_play_it_to_its_end(house: House, channel: str, players: tuple[str, str, str]) -> None:
    prepare(house)
    asked, answered, results, noted, points, _ = WORDS[channel]
    host, second, third = players
    rules = await start(house, host, channel, questions=3)
    assert rules.message and not rules.ephemeral
    assert f"<@{house.sandbox.world.user(host).id}>" in rules.message["content"]
    for number in (1, 2, 3):
        question = await post_with(house, asked.format(number), channel)
        game = game_of(house, channel)
        right = game.question.answer
        wrong = B if right == A else A
        locale = "fr" if channel == FR else "en-GB"
        assert noted in said(await press(house, host, question, right, locale=locale))
        await press(house, second, question, wrong)
        if number > 1:
            await press(house, second, question, right)
        await press(house, third, question, wrong)
        await time_is_up(house, channel)
        revealed = await post_with(house, answered.format(number), channel)
        page = texts(revealed)
        assert re.search(r"(\]\(https://[^)]+\)|[^\W\d_]+), (\d{1,2}(er)? [^\W\d_]+ |[^\W\d_]+ )?\d{4}", page), page
        assert ("fois" if channel == FR else "times") in page or "deux" in page
        assert [one["custom_id"].split(":")[1] for one in buttons(revealed)] == (["next", "stop"] if number < 3 else [])
        await until(lambda number=number: not buttons(posts_by(house, asked.format(number), channel)))
        if number < 3:
            await press(house, host, revealed, "next")
            await until(lambda number=number: not buttons(posts_by(house, answered.format(number), channel)))
    board = texts(await post_with(house, results, channel))
    ids = [house.sandbox.world.user(one).id for one in players]
    places = [board.index(f"<@{one}>") for one in ids]
    assert places == sorted(places)
    for number in (3, 2, 0):
        assert points.format(number) in board
    await until(lambda: not house.bot.quizzes._running)
    assert all(message["mentions"] == [] for message in posts(house, channel)[-7:])


def posts_by(house: House, part: str, channel: str = FR) -> Json:
    return next(one for one in reversed(posts(house, channel)) if part in texts(one))


async def test_fifty_press_in_a_second(house: House) -> None:
    prepare(house)
    world = house.sandbox.world
    guild = world.guild_of(world.channel(FR))
    assert guild
    crowd = [world.add_user(f"crowd{at}", f"Foule {at}", "fr") for at in range(50)]
    for one in crowd:
        world.add_member(guild, one)
    await start(house, questions=2)
    question = await post_with(house, "question 1 sur 2")
    began = time.monotonic()
    calls = await asyncio.gather(
        *(press(house, one.username, question, A if at % 3 else B) for at, one in enumerate(crowd))
    )
    assert all("Vote noté" in said(call) for call in calls)
    twice = await press(house, crowd[1].username, question, A)
    assert "déjà votre vote" in said(twice)
    await press(house, crowd[1].username, question, B)
    spent = await press(house, crowd[1].username, question, A)
    assert "déjà changé d’avis" in said(spent)
    await until(lambda: bool(edits_of(house, question)))
    seconds = time.monotonic() - began
    await time_is_up(house)
    revealed = await post_with(house, "Réponse 1 sur 2")
    assert re.search(r"🅰️ ▰+▱+ 32\n🅱️ ▰+▱+ 18", texts(revealed))
    await until(lambda: not buttons(posts_by(house, "question 1 sur 2")))
    assert len(edits_of(house, question)) <= seconds / quiz_run.EDIT_INTERVAL + 2  # the last closes it
    late = await press(house, crowd[2].username, question, A, force=True) if buttons(question) else None
    assert late is None or "Trop tard" in said(late)


def edits_of(house: House, message: Json) -> list[str]:
    found = (one for one in house.sandbox.requests if one.method == "PATCH")
    return [one.path for one in found if message["id"] in one.path]


@pytest.mark.parametrize(("status", "retry_after"), [(429, 20.0), (503, None), (500, None)])
async def test_it_goes_on_while_edits_are_refused(house: House, status: int, retry_after: float | None) -> None:
    prepare(house)
    house.sandbox.faults.add(
        method="PATCH", path=r"/channels/\d+/messages/\d+$", status=status, retry_after=retry_after, times=None
    )
    await start(house, questions=2)
    question = await post_with(house, "question 1 sur 2")
    await press(house, "ines", question, A)
    await time_is_up(house)
    revealed = await post_with(house, "Réponse 1 sur 2")
    await press(house, "leo", revealed, "next")
    await post_with(house, "question 2 sur 2")
    await time_is_up(house)
    await post_with(house, "Résultats du quiz")
    await asyncio.sleep(0.3)
    pages = [texts(one) for one in posts(house)]
    for part in ("question 1 sur 2", "Réponse 1 sur 2", "question 2 sur 2", "Réponse 2 sur 2", "Résultats du quiz"):
        assert sum(part in page for page in pages) == 1, part


async def test_a_post_whose_answer_is_lost_stands_once(house: House) -> None:
    prepare(house)
    await start(house, questions=1)
    await post_with(house, "question 1 sur 1")
    house.sandbox.faults.add(method="POST", path=POST, status=502, after=True)
    await time_is_up(house)
    await post_with(house, "Résultats du quiz")
    assert sum("Réponse 1 sur 1" in texts(one) for one in posts(house)) == 1


async def test_only_who_started_it_and_admins_lead(house: House) -> None:
    prepare(house, seconds=0.4)
    await start(house, "leo", questions=4)
    first = await post_with(house, "Réponse 1 sur 4")
    for action in ("next", "stop"):
        assert "qui a lancé le quiz" in said(await press(house, "ines", first, action))
    assert "qui a lancé le quiz" in said(await house.sandbox.command("ines", FR, "quiz stop"))
    assert "déjà en cours" in said(await start(house, "ines"))
    await press(house, "camille", first, "next")  # the admin
    second = await post_with(house, "Réponse 2 sur 4")
    await press(house, "leo", second, "stop")
    board = texts(await post_with(house, "Résultats du quiz"))
    assert "a été arrêté" in board
    await until(lambda: not house.bot.quizzes._running)
    assert "Aucun quiz" in said(await house.sandbox.command("leo", FR, "quiz stop"))


async def test_stopped_in_the_middle_of_a_question(house: House) -> None:
    prepare(house)
    await start(house, "leo")
    question = await post_with(house, "question 1 sur 5")
    await press(house, "ines", question, A)
    assert "s’arrête" in said(await house.sandbox.command("leo", FR, "quiz stop"))
    board = texts(await post_with(house, "Résultats du quiz"))
    assert "Personne n’a joué" in board
    await until(lambda: not buttons(posts_by(house, "question 1 sur 5")))


async def test_a_button_left_over_says_that_it_is_over(house: House) -> None:
    prepare(house)
    house.sandbox.faults.add(method="PATCH", path=r"/channels/\d+/messages/\d+$", status=403, times=None)
    await start(house, "leo")
    question = await post_with(house, "question 1 sur 5")
    await house.sandbox.command("leo", FR, "quiz stop")
    await until(lambda: not house.bot.quizzes._running)
    assert "est terminé" in said(await press(house, "ines", question, A))


async def test_a_restart_ends_it_with_a_sentence(house: House, start_bot: StartBot) -> None:
    prepare(house)
    await start(house)
    question = await post_with(house, "question 1 sur 5")
    house.bot = await start_bot()
    assert "un redémarrage du bot y a mis fin" in said(await press(house, "ines", question, A))
    prepare(house, seconds=0.3)
    await start(house, "ines", questions=1)
    await post_with(house, "Résultats du quiz")


async def test_nobody_leads_it_on(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quiz_run, "QUIET_SECONDS", 0.3)
    prepare(house, seconds=0.3)
    await start(house)
    board = texts(await post_with(house, "Résultats du quiz"))
    assert "Plus personne ne menait" in board
    await until(lambda: not house.bot.quizzes._running)


def allow_only(house: House, *names: str) -> None:
    """Leave the bot these permissions in the channel, and no others."""
    house.sandbox.world.deny(FR, *(name for name in BITS if name not in names), who=house.sandbox.world.bot)


async def test_with_no_permission_but_to_send(house: House) -> None:
    prepare(house, seconds=0.3)
    allow_only(house, "view_channel", "send_messages")
    await start(house, questions=1)
    page = texts(await post_with(house, "Réponse 1 sur 1"))
    assert "fourchette" in page or "–" in page
    await post_with(house, "Résultats du quiz")


async def test_without_permission_to_send_it_is_refused(house: House) -> None:
    allow_only(house, "view_channel")
    assert "pas le droit d’écrire" in said(await start(house))
    assert not house.bot.quizzes._running


async def test_a_permission_lost_on_the_way_ends_it(house: House) -> None:
    prepare(house)
    await start(house)
    await post_with(house, "question 1 sur 5")
    allow_only(house, "view_channel")
    await time_is_up(house)
    await until(lambda: not house.bot.quizzes._running)
    assert not [one for one in posts(house) if "Réponse 1" in texts(one)]


async def test_in_direct_messages_it_is_refused(house: House) -> None:
    place = house.sandbox.world.dm("leo")
    call = await house.sandbox.command("leo", place, "quiz start", force=True)
    assert "dans un serveur" in said(call)


async def test_an_announcement_that_fails_leaves_the_channel_free(house: House) -> None:
    prepare(house, seconds=0.3)
    house.sandbox.faults.add(path=r"/interactions/\d+/.+/callback", status=404, code=10062)
    await house.sandbox.command("leo", FR, "quiz start", wait=False)
    await until(lambda: any(one.status == 404 for one in house.sandbox.requests))
    await until(lambda: not house.bot.quizzes._running)
    await start(house, questions=1)
    await post_with(house, "Résultats du quiz")


async def test_who_opted_out_may_play_and_nothing_is_kept(house: House) -> None:
    await house.sandbox.command("ines", FR, "privacy optout")
    prepare(house)
    await start(house, questions=1)
    question = await post_with(house, "question 1 sur 1")
    assert "Vote noté" in said(await press(house, "ines", question, A))
    await time_is_up(house)
    board = texts(await post_with(house, "Résultats du quiz"))
    assert f"<@{house.sandbox.world.user('ines').id}>" in board
    await until(lambda: not house.bot.quizzes._running)
    with pytest.raises(UserError):
        game_of(house)


async def test_where_only_the_commands_are_it_is_refused(house: House) -> None:
    place = house.sandbox.world.channel("Ailleurs/discussions")
    call = await house.sandbox.command("leo", place, "quiz start", force=True)
    assert "serveur" in said(call)
    assert not house.bot.quizzes._running
