"""Takes README's pictures: the real bot on the sandbox's page, in Chromium.

    python -m scripts.screenshots [NAME ...]

Writes `docs/images/<name>.png`; all of them when none is named.
"""

import asyncio
import shutil
import sys
import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from PIL import Image
from playwright.async_api import Page, async_playwright

from bot.cli.sandbox import APP
from bot.settings import load
from sandbox import Sandbox
from sandbox.state.models import TEXT
from scripts import sample_ledger

IMAGES = Path(__file__).parents[1] / "docs" / "images"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]
DESK, CARD, PHONE = (1280, 800), (1280, 900), (390, 844)
TALL, TALL_PHONE = (1280, 1000), (390, 1140)
MAIL = "Rédige un mail poli à ma propriétaire pour lui demander de faire réparer la chaudière, s'il te plaît."


DRAWN, FIRST_DRAWING = ".gallery img", 60_000
"""A card's picture, and the milliseconds that a machine's first one may take."""


@dataclass(frozen=True)
class Shot:
    """One picture: who looks at which channel, how, and what happens first."""

    user: str
    channel: str
    language: str
    theme: str
    size: tuple[int, int]
    act: Callable[[Page], Awaitable[None]]
    lively: bool = False
    """With weeks of messages in the ledger."""
    recap: bool = False
    """With those weeks, and a recap of the last one due."""
    mode: str | None = None
    """With annotations of that mode, and people talking."""


async def footprint(page: Page, text: str) -> None:
    """Use `/footprint` as a person would."""
    await page.keyboard.type("/footprint")
    await page.keyboard.press("Enter")
    await page.keyboard.type(text)
    await page.keyboard.press("Enter")
    await page.wait_for_selector(".embed-title")


async def french(page: Page) -> None:
    """The first picture of README."""
    await footprint(page, MAIL)


async def command(page: Page, name: str) -> None:
    """Use a command without options."""
    await page.keyboard.type(f"/{name}")
    await page.wait_for_timeout(300)
    await page.keyboard.press("Enter")
    await page.keyboard.press("Enter")
    await page.locator(DRAWN).first.wait_for(timeout=FIRST_DRAWING)


async def totals(page: Page) -> None:
    """A server's week."""
    await command(page, "totals")


async def leaderboard(page: Page) -> None:
    """A server's board."""
    await command(page, "leaderboard")


async def recap(page: Page) -> None:
    """The week's recap, as it is posted by itself soon after the start."""
    await page.locator(DRAWN).first.wait_for(timeout=FIRST_DRAWING)


async def setup(page: Page) -> None:
    """The form, opened."""
    await page.keyboard.type("/setup ")
    await page.keyboard.press("Enter")
    await page.get_by_role("dialog").wait_for()


async def watch(page: Page) -> None:
    """Read what is there."""
    await page.wait_for_timeout(7000)  # a reply may take seconds to appear


TALK = {
    "fr": (
        (
            "ines",
            "Quelqu'un peut me résumer le chapitre 3 en dix lignes, avec les dates importantes, s'il vous plaît ?",
        ),
        ("leo", "Je cherche trois exercices corrigés sur les fractions, niveau sixième, du plus simple au plus dur."),
        ("noah", "Merci beaucoup !"),
        (
            "ines",
            "Écris un quiz de vingt questions sur la Révolution française, avec les réponses expliquées une par une.",
        ),
    ),
    "en": (
        (
            "emma",
            "Could somebody draft a polite e-mail to the library, please, asking for two more weeks with my books?",
        ),
        ("noah", "What is the capital of Australia, and why isn't it Sydney?"),
        ("ines", "Thank you so much!"),
        (
            "emma",
            "Write a detailed study plan for the next eight weeks, with a table for each week and sources to read.",
        ),
    ),
}


SHOTS = {
    "footprint-fr": Shot("camille", "Atelier IA/général", "fr", "dark", DESK, french),
    "totals-fr": Shot("camille", "Atelier IA/général", "fr", "dark", CARD, totals, lively=True),
    "leaderboard-en": Shot("noah", "English Club/general", "en", "light", CARD, leaderboard, lively=True),
    "recap-fr-phone": Shot("leo", "Atelier IA/général", "fr", "dark", TALL_PHONE, recap, recap=True),
    "recap-en": Shot("noah", "English Club/general", "en", "light", TALL, recap, recap=True),
    "setup-fr": Shot("camille", "Atelier IA/général", "fr", "dark", CARD, setup),
    "setup-en-phone": Shot("camille", "English Club/general", "en", "light", PHONE, setup),
    "reply-fr": Shot("leo", "Atelier IA/général", "fr", "dark", DESK, watch, mode="reply"),
    "reply-en-phone": Shot("noah", "English Club/general", "en", "light", PHONE, watch, mode="reply"),
}


async def take(name: str, shot: Shot) -> None:
    """Start sandbox and bot anew, act, and save the picture."""
    sandbox = await Sandbox.start(app=APP)
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            "PATH": "/usr/bin:/bin",
            "LC_ALL": "C.UTF-8",
            "DISCORD_TOKEN": sandbox.token,
            "EMPREINTE_DISCORD_API": sandbox.api_root,
            "EMPREINTE_DATABASE_URL": f"sqlite+aiosqlite:///{folder}/e.db",
        }
        if shot.lively or shot.recap:
            await _fill(sandbox, shot, environment["EMPREINTE_DATABASE_URL"])
        bot = await asyncio.create_subprocess_exec(sys.executable, "-m", "bot", "run", env=environment)
        try:
            await sandbox.wait_for_bot(timeout=30)
            if shot.mode is not None:
                await _talk(sandbox, shot, shot.mode)
            await _picture(sandbox, name, shot)
        finally:
            bot.terminate()
            await bot.wait()
            await sandbox.stop()


async def _talk(sandbox: Sandbox, shot: Shot, mode: str) -> None:
    """Turn annotations on, as an admin does, and let people talk."""
    locale = "fr" if shot.language == "fr" else "en-GB"
    place = str(sandbox.world.channel(shot.channel).id)
    options = {"mode": mode, "channel": place}
    await sandbox.command("camille", shot.channel, "annotate", options, locale=locale, timeout=20)
    await asyncio.sleep(0.5)
    for name, text in TALK[shot.language]:
        await sandbox.post_message(name, shot.channel, text)
        await asyncio.sleep(0.5)


async def _fill(sandbox: Sandbox, shot: Shot, database: str) -> None:
    guild = sandbox.world.guild_of(sandbox.world.channel(shot.channel))
    assert guild is not None
    guild.members[sandbox.world.bot.id].joined_at -= timedelta(days=sample_ledger.DAYS)
    authors = [user.id for user in sample_ledger.people(sandbox.world, guild)]
    channels = [one.id for one in guild.channels.values() if one.type == TEXT]
    await sample_ledger.fill(load(database_url=database), guild.id, authors, channels, recap=shot.recap)


async def _picture(sandbox: Sandbox, name: str, shot: Shot) -> None:
    place = sandbox.world.channel(shot.channel).id
    address = f"{sandbox.page_url}?user={shot.user}&channel={place}&lang={shot.language}&theme={shot.theme}"
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        page = await browser.new_page(viewport={"width": shot.size[0], "height": shot.size[1]}, device_scale_factor=1.5)
        await page.add_init_script("localStorage['sandbox.welcomed'] = '1'")
        await page.goto(address)
        await page.wait_for_selector("body[data-ready]")
        await shot.act(page)
        await page.wait_for_timeout(600)
        IMAGES.mkdir(parents=True, exist_ok=True)
        await page.screenshot(path=IMAGES / f"{name}.png")
        await browser.close()
    _shrink(IMAGES / f"{name}.png")


def _shrink(path: Path) -> None:
    """Keep 200 colours, enough for a page: a fourth of the size."""
    with Image.open(path) as picture:
        small = picture.convert("RGB").quantize(colors=200, dither=Image.Dither.NONE)
    small.save(path, optimize=True)


async def _all(names: list[str]) -> None:
    for name in names:
        await take(name, SHOTS[name])
        print(IMAGES / f"{name}.png")


if __name__ == "__main__":
    asyncio.run(_all(sys.argv[1:] or list(SHOTS)))
