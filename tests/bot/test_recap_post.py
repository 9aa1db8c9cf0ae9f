"""What the weekly recap says."""

from datetime import datetime, time, timedelta

import pytest
from annotated import flat
from board_entries import author
from recapped import DAY, PARIS, PLACE, POST, Recapped, due_with_something, next_monday
from shown import descriptions, texts

from bot.ledger.records import RecapOutcome


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
