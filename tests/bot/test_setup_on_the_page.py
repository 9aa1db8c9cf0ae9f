"""`/setup` and the weekly recap on the sandbox's page, in a real browser: filled in, sent, read on a phone."""

import os
from datetime import datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from counted import caught_up
from house import House, StartBot
from playwright.async_api import Page, expect
from recapped import PLACE, Recapped, next_monday
from test_on_the_page import CHROMIUM, page

from bot.client import recap_job

__all__ = ["page"]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None and "CI" not in os.environ, reason="Chromium isn't installed"),
]

PARIS = ZoneInfo("Europe/Paris")
LOOKS = [("fr", "dark", 1280), ("en", "light", 390), ("fr", "light", 390)]
WORDS = {
    "fr": (
        "Réglages du serveur",
        "France",
        "réponse : une ligne discrète sous le message",
        "chaque semaine, le vendredi à 9\u00a0h",
        "Envoyer",
        "C’est réglé",
        "La semaine du serveur",
    ),
    "en": (
        "Server settings",
        "France",
        "reply: one quiet line below the message",
        "each week, on Friday at 9:00",
        "Submit",
        "All set",
        "The server’s week",
    ),
}


@pytest.fixture(autouse=True)
def by_hand(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test says when the job looks."""
    monkeypatch.setattr(recap_job, "INTERVAL", 1e6)


async def visit(house: House, page: Page, language: str, theme: str, width: int) -> None:
    place = house.sandbox.world.channel(PLACE).id
    await page.set_viewport_size({"width": width, "height": 860})
    await page.goto(f"{house.sandbox.page_url}?user=camille&channel={place}&lang={language}&theme={theme}")
    await page.wait_for_selector("body[data-ready]")


@pytest.mark.parametrize(("language", "theme", "width"), LOOKS)
async def test_a_form_filled_in_and_sent(
    house: House, page: Page, tmp_path: Path, language: str, theme: str, width: int
) -> None:
    title, zone, mode, day, send, done, _ = WORDS[language]
    await visit(house, page, language, theme, width)
    await page.locator(".composer-text").press_sequentially("/setup ")
    await page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name=title)
    await expect(dialog).to_be_visible()
    await page.screenshot(path=tmp_path / f"form-{language}-{theme}-{width}.png")
    await dialog.get_by_role("textbox").first.fill("claude opus 5")
    await dialog.get_by_role("button", name="Électricité" if language == "fr" else "Electricity").click()
    await page.get_by_role("option", name=zone).click()
    await dialog.get_by_role("radio", name=mode).check()
    await dialog.get_by_role("button", name="Récap" if language == "fr" else "recap").click()
    await page.get_by_role("option", name=day).click()
    await page.screenshot(path=tmp_path / f"filled-{language}-{theme}-{width}.png")
    await dialog.get_by_role("button", name=send, exact=True).click()
    await expect(page.get_by_text(done).first).to_be_visible()
    await page.screenshot(path=tmp_path / f"done-{language}-{theme}-{width}.png")
    settings = house.bot.ledger.preferences.settings(house.sandbox.world.guild("Atelier IA").id)
    assert (settings.model, settings.zone, settings.recap_weekday) == ("anthropic/claude-opus-5", "FRA", 4)


@pytest.mark.parametrize(("language", "theme", "width"), LOOKS)
async def test_a_recap_as_it_is_read(
    house: House, start_bot: StartBot, page: Page, tmp_path: Path, language: str, theme: str, width: int
) -> None:
    recapped = Recapped(house, start_bot)
    await recapped.restart()
    await caught_up(house)
    for setting, value in (("timezone", "Europe/Paris"), ("language", language)):
        await house.sandbox.command("camille", PLACE, f"settings {setting}", {setting: value})
    await recapped.choose_here()
    monday = next_monday(recapped.now.astimezone(PARIS))
    for back in range(1, 15):
        await recapped.count_on(
            monday - timedelta(days=back), *["leo", "ines", "camille", "leo", "leo"][: 1 + back % 5]
        )
    await recapped.move_to(datetime.combine(monday, time(9), PARIS))
    await recapped.look()
    await visit(house, page, language, theme, width)
    await expect(page.get_by_text(WORDS[language][-1]).first).to_be_visible()
    picture = page.locator(".message").last.get_by_role("img").last
    await expect(picture).to_be_visible()
    await page.locator(".message").last.screenshot(path=tmp_path / f"recap-{language}-{theme}-{width}.png")
