"""`/privacy`: what is kept of somebody, leaving, coming back, taking it along, and having it erased."""

import asyncio
import itertools
import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from annotated import until
from counted import GENERAL, count_in
from house import House, StartBot

from bot.estimation.footprint import Request
from bot.ledger.entries import entry_of
from bot.ledger.periods import period
from bot.ledger.queries.totals import totals
from bot.ledger.records import NAMELESS
from bot.ledger.types import id_at
from bot.usecases import exports
from sandbox import InteractionSession as Call
from sandbox.state.models import Json

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
NUMBERS = itertools.count(1)
SECRET = "Merci, explique la pluie à mon chat Ficelle."


def said(call: Call) -> str:
    assert call.message
    assert call.ephemeral
    return told(call.message)


def told(message: Json) -> str:
    embeds = message["embeds"]
    fields = [text for one in embeds for field in one.get("fields", []) for text in (field["name"], field["value"])]
    texts = [text for one in embeds for text in (one.get("title", ""), one.get("description", ""))]
    return "\n".join([message["content"], *texts, *fields]).replace("\u00a0", " ").replace("\u202f", " ")


async def run(house: House, command: str, user: str = "leo", at: Any = "général") -> Call:
    call = await house.sandbox.command(user, at, f"privacy {command}")
    return await call.settled()


async def count(house: House, *, user: str = "leo", server: str = "Atelier IA", days_ago: int = 0) -> int:
    """Count a message of somebody; return its id."""
    moment = NOW - timedelta(days=days_ago)
    one = entry_of(
        house.bot.estimates.estimator.estimate(SECRET, Request()),
        message_id=id_at(moment) + next(NUMBERS),
        guild_id=house.sandbox.world.guild(server).id,
        channel_id=house.sandbox.world.channel(f"{server}/prompts").id,
        author_id=house.sandbox.world.user(user).id,
        local_day=moment.date(),
    )
    assert house.bot.ledger.writer.record(one)
    await house.bot.ledger.writer.flush()
    return one.message_id


@pytest.fixture(autouse=True)
def often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "EXPORT_INTERVAL", timedelta(0))


async def exported(house: House, user: str = "leo", at: Any = "général") -> Json:
    call = await run(house, "export", user, at)
    assert call.message
    assert call.ephemeral
    (attached,) = call.message["attachments"]
    assert attached["filename"].endswith(".json")
    upload = house.sandbox.files.get(int(attached["id"]))
    assert upload
    return json.loads(upload.data)


async def test_nothing_is_kept_of_a_stranger(house: House) -> None:
    assert "Rien : aucun de vos messages" in said(await run(house, "show"))
    assert "Nothing: none of your messages" in said(await run(house, "show", "noah"))


@pytest.mark.parametrize(
    ("user", "parts"),
    [
        ("leo", ("2 messages comptés", "dans 1 serveur", "du 20 novembre 2026 au 23 novembre 2026", "90 jours")),
        ("noah", ("2 messages counted", "in 1 server", "from 20 November 2026 to 23 November 2026", "90 days")),
    ],
)
async def test_show_in_numbers(house: House, user: str, parts: tuple[str, ...]) -> None:
    await count(house, user=user)
    await count(house, user=user, days_ago=3)
    shown = said(await run(house, "show", user))
    for part in parts:
        assert part in shown
    assert "http" not in shown


async def test_everywhere(house: House) -> None:
    await count(house)
    await count(house, server="English Club")
    for place in ("Ailleurs/discussions", await house.sandbox.dm("leo")):
        assert "dans 2 serveurs" in said(await run(house, "show", at=place))
        assert len((await exported(house, at=place))["entries"]) == 2


async def test_the_export_holds_all_but_words(house: House) -> None:
    message_id = await count(house)
    await count(house, user="ines")
    data = await exported(house)
    (entry,) = data["entries"]
    assert entry["message_id"] == str(message_id)
    assert entry["author_id"] == data["user_id"] == str(house.sandbox.world.user("leo").id)
    assert entry["energy_expected"] > 0
    assert data["daily_totals"][0]["messages"] == 1
    assert data["units"]["energy"] == "Wh"
    assert "Ficelle" not in json.dumps(data)


async def test_one_at_a_time_and_one_every_few_minutes(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exports, "EXPORT_INTERVAL", timedelta(minutes=5))
    made = exports.export_to
    begun, goes_on = asyncio.Event(), asyncio.Event()

    async def slow(*arguments: Any) -> None:
        begun.set()
        await goes_on.wait()
        await made(*arguments)

    monkeypatch.setattr(exports, "export_to", slow)
    first = asyncio.create_task(exported(house))
    await begun.wait()
    assert "il n’y en a qu’un à la fois" in said(await run(house, "export", "ines"))
    goes_on.set()
    assert (await first)["entries"] == []
    assert "il y a moins de 5 minutes" in said(await run(house, "export"))
    assert (await exported(house, "ines"))["entries"] == []


async def test_where_files_are_not_allowed_it_says_where_they_are(house: House) -> None:
    house.sandbox.world.deny("général", "attach_files")
    assert "message privé avec moi" in said(await run(house, "export"))


async def test_opted_out_nothing_more_is_counted(house: House, start_bot: StartBot) -> None:
    leo = house.sandbox.world.user("leo").id
    await count(house)
    call = await house.sandbox.command(
        "camille",
        "général",
        "annotate",
        {"mode": "silent", "channel": str(house.sandbox.world.channel("prompts").id)},
    )
    await call.settled()
    out = await run(house, "optout")
    assert "plus rien de vous n’est compté" in said(out)
    assert house.bot.ledger.preferences.opted_out(leo)
    house.bot = await start_bot()
    assert house.bot.ledger.preferences.opted_out(leo)
    await house.sandbox.post_message("leo", "prompts", SECRET)
    await house.sandbox.post_message("ines", "prompts", SECRET)
    await counted_messages(house, "ines", 1)
    assert await kept(house, "leo") == 1
    assert "Rien de vous n’est compté, nulle part, depuis le" in said(await run(house, "show"))
    # what was counted before is erased by the button that the answer offers
    assert out.message
    question = await house.sandbox.press("leo", out.message, label="Effacer mes données…")
    assert "Vos prochains messages" not in said(question)
    assert question.message
    await confirm(house, question)
    assert await kept(house, "leo") == 0
    assert house.bot.ledger.preferences.opted_out(leo)


async def test_coming_back_undoes_the_quiet_too(house: House) -> None:
    leo, preferences = house.sandbox.world.user("leo").id, house.bot.ledger.preferences
    await run(house, "optout")
    await preferences.set_quiet(house.bot.ledger.writer, leo, True)
    assert "jamais annotés" in said(await run(house, "show"))
    assert "de nouveau comptés" in said(await run(house, "optin"))
    assert not preferences.opted_out(leo)
    assert not preferences.quiet(leo)
    assert "sont comptés là où" in said(await run(house, "show"))


async def test_erase_then_the_export_is_empty_and_the_sums_stay(house: House) -> None:
    await count(house)
    await count(house, user="ines")
    question = await run(house, "erase", at=await house.sandbox.dm("leo"))
    for part in (
        "Effacer vos données ?",
        "même ceux que vous avez quittés",
        "sans votre nom",
        "Vos prochains messages",
    ):
        assert part in said(question)
    assert question.message
    await confirm(house, question)
    assert not question.message.get("components")
    data = await exported(house)
    assert data["entries"] == data["daily_totals"] == []
    assert len((await exported(house, "ines"))["entries"]) == 1
    sums = await totals(house.bot.ledger.engine, house.sandbox.world.guild("Atelier IA").id, period("all", NOW.date()))
    assert (sums.messages, sums.members) == (2, 1)
    assert await kept_of(house, NAMELESS) == 1


async def test_what_is_still_to_be_counted_is_erased_too(house: House) -> None:
    await count_in(house)
    counting = house.bot.counting
    counting.events._queue._max_age = 3600  # it waits for whatever comes first
    await house.sandbox.post_message("leo", GENERAL, SECRET)
    await until(lambda: counting.events.seen == 1)
    assert len(counting.events._queue) == 1
    question = await run(house, "erase")
    assert question.message
    await confirm(house, question)
    assert await kept(house, "leo") == 0
    assert await kept_of(house, NAMELESS) == 1


async def test_erase_works_for_people_who_left_all_servers(house: House) -> None:
    await count(house)
    house.sandbox.world.remove_member("Atelier IA", "leo")
    dm = await house.sandbox.dm("leo")
    question = await run(house, "erase", at=dm)
    assert question.message
    await confirm(house, question)
    assert await kept(house, "leo") == 0


async def test_the_button_is_for_who_asked(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    await count(house)
    question = await run(house, "erase")
    assert question.message
    other = await house.sandbox.press("ines", question.message, label="Effacer pour de bon", force=True)
    assert "à quelqu’un d’autre" in said(other)
    monkeypatch.setattr("bot.client.confirmations.CONFIRMATION_TIMEOUT", timedelta(0))
    late = await house.sandbox.press("leo", question.message, label="Effacer pour de bon")
    assert "expiré" in said(late)
    assert await kept(house, "leo") == 1


async def test_in_english(house: House) -> None:
    assert "nothing of yours is counted" in said(await run(house, "optout", "noah"))
    assert "counted again" in said(await run(house, "optin", "noah"))
    assert "Erase your data?" in said(await run(house, "erase", "noah"))


async def confirm(house: House, question: Call) -> None:
    """Press the button that erases, and return once the question says that it is done."""
    assert question.message
    await house.sandbox.press("leo", question.message, label="Effacer pour de bon", wait=False)
    async with asyncio.timeout(60):
        while "C’est effacé" not in told(question.message):
            await asyncio.sleep(0.01)


async def kept(house: House, user: str) -> int:
    return await kept_of(house, house.sandbox.world.user(user).id)


async def kept_of(house: House, user_id: int) -> int:
    await house.bot.ledger.writer.flush()
    return (await house.bot.usecases.privacy.stored(user_id)).stored.messages


async def counted_messages(house: House, user: str, number: int) -> None:
    """Return once so many messages of somebody are counted."""
    async with asyncio.timeout(60):
        while await kept(house, user) < number:
            await asyncio.sleep(0.02)
