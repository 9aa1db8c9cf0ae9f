"""The first thing a newcomer does: `/footprint` on the sandbox's page, in a real browser, with the real bot."""

import os
import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from house import House
from playwright.async_api import Page, async_playwright, expect

CHROMIUM = shutil.which("chromium")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
MAIL = "Rédige un mail poli à ma propriétaire pour lui demander de faire réparer la chaudière, s'il te plaît."

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None and "CI" not in os.environ, reason="Chromium isn't installed"),
]


@pytest.fixture
async def page(house: House) -> AsyncIterator[Page]:
    assert CHROMIUM, "Chromium isn't installed"
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield await browser.new_page(viewport={"width": 1280, "height": 860})
        await browser.close()


@pytest.mark.parametrize(
    ("user", "channel", "language", "expected", "button"),
    [
        ("camille", "général", "fr", "GPT-4o · électricité : États-Unis", "Méthode"),
        ("noah", "English Club/general", "en", "GPT-4o · electricity: United States", "Method"),
    ],
)
async def test_footprint_and_its_method(
    house: House, page: Page, user: str, channel: str, language: str, expected: str, button: str
) -> None:
    place = house.sandbox.world.channel(channel).id
    await page.goto(f"{house.sandbox.page_url}?user={user}&channel={place}&lang={language}&theme=dark")
    await page.wait_for_selector("body[data-ready]")
    await page.keyboard.type("/footprint")
    await page.keyboard.press("Enter")
    await page.keyboard.type(MAIL)
    await page.keyboard.press("Enter")
    await expect(page.get_by_text(expected).first).to_be_visible()
    await expect(page.get_by_text("Wh").first).to_be_visible()
    await page.get_by_role("button", name=button, exact=True).last.click()
    await expect(page.get_by_text("14,9 Wh" if language == "fr" else "14.9 Wh").first).to_be_visible()


async def test_the_message_menu(house: House, page: Page, tmp_path: Path) -> None:
    place = house.sandbox.world.channel("prompts").id
    await page.goto(f"{house.sandbox.page_url}?user=leo&channel={place}&lang=fr")
    await page.wait_for_selector("body[data-ready]")
    await page.get_by_text("Rédige un mail poli à ma propriétaire").first.click(button="right")
    await page.get_by_role("menuitem", name="Empreinte").click()
    await expect(page.get_by_text("GPT-4o · électricité : États-Unis").first).to_be_visible()


@pytest.mark.parametrize(
    ("user", "channel", "language", "line", "button", "answer"),
    [
        (
            "leo",
            "général",
            "fr",
            "Réponse de GPT-4o",
            "Ne plus afficher sous mes messages",
            "je n’affiche plus rien sous vos messages",
        ),
        (
            "noah",
            "English Club/general",
            "en",
            "An answer by GPT-4o",
            "Show nothing under my messages",
            "no longer show anything",
        ),
    ],
)
async def test_a_reply_and_its_button(
    house: House, page: Page, user: str, channel: str, language: str, line: str, button: str, answer: str
) -> None:
    place = house.sandbox.world.channel(channel)
    locale = "fr" if language == "fr" else "en-GB"
    options = {"mode": "reply", "channel": str(place.id)}
    await (await house.sandbox.command("camille", channel, "annotate", options, locale=locale)).settled()
    await page.goto(f"{house.sandbox.page_url}?user={user}&channel={place.id}&lang={language}")
    await page.wait_for_selector("body[data-ready]")
    await page.keyboard.type(MAIL)
    await page.keyboard.press("Enter")
    await expect(page.get_by_text(line).first).to_be_visible()
    await page.get_by_role("button", name=button, exact=True).last.click()
    await expect(page.get_by_text(answer).first).to_be_visible()
    assert house.bot.ledger.preferences.quiet(house.sandbox.world.user(user).id)
