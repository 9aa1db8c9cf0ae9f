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
MAIL = "Rédige un mail poli à ma propriétaire pour lui demander de faire réparer la chaudière, s'il te plaît."
QUESTION = "Explain to a ten-year-old why the sky is blue, in five sentences, please."


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


async def english(page: Page) -> None:
    """The same in English, on a phone."""
    await footprint(page, QUESTION)


async def method(page: Page) -> None:
    """The explanation behind the button."""
    await footprint(page, MAIL)
    await page.get_by_role("button", name="Méthode", exact=True).last.click()
    await page.wait_for_selector("text=Comment ces chiffres sont faits")
    await page.get_by_text("Comment ces chiffres sont faits").first.scroll_into_view_if_needed()


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


async def politeness(page: Page) -> None:
    """What a server's courtesy takes."""
    await command(page, "politeness")


async def training(page: Page) -> None:
    """Training against use."""
    await command(page, "training")


async def hours(page: Page) -> None:
    """The hours of the week, behind the button."""
    await totals(page)
    await page.get_by_role("button", name="Details", exact=True).last.click()
    await page.locator(DRAWN).nth(1).wait_for(timeout=FIRST_DRAWING)
    await page.locator(DRAWN).last.scroll_into_view_if_needed()


async def watch(page: Page) -> None:
    """Read what is there."""
    await page.wait_for_timeout(7000)  # a digest takes five seconds to appear


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
    "footprint-en-phone": Shot("noah", "English Club/general", "en", "light", PHONE, english),
    "totals-fr": Shot("camille", "Atelier IA/général", "fr", "dark", CARD, totals, lively=True),
    "hours-en-phone": Shot("noah", "English Club/general", "en", "light", PHONE, hours, lively=True),
    "politeness-fr": Shot("leo", "Atelier IA/général", "fr", "dark", CARD, politeness, lively=True),
    "training-en-phone": Shot("noah", "English Club/general", "en", "dark", PHONE, training, lively=True),
    "leaderboard-en": Shot("noah", "English Club/general", "en", "light", CARD, leaderboard, lively=True),
    "reply-fr": Shot("leo", "Atelier IA/général", "fr", "dark", DESK, watch, mode="reply"),
    "reply-en-phone": Shot("noah", "English Club/general", "en", "light", PHONE, watch, mode="reply"),
    "reaction-fr": Shot("leo", "Atelier IA/général", "fr", "dark", DESK, watch, mode="reaction"),
    "reaction-en": Shot("noah", "English Club/general", "en", "light", DESK, watch, mode="reaction"),
    "digest-fr": Shot("leo", "Atelier IA/général", "fr", "dark", DESK, watch, mode="digest"),
    "digest-en": Shot("noah", "English Club/general", "en", "light", DESK, watch, mode="digest"),
    "method-fr": Shot("camille", "Atelier IA/général", "fr", "dark", (1280, 1000), method),
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
        if shot.lively:
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
    authors = [user.id for user in sample_ledger.people(sandbox.world, guild)]
    channels = [one.id for one in guild.channels.values() if one.type == TEXT]
    await sample_ledger.fill(load(database_url=database), guild.id, authors, channels)


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
