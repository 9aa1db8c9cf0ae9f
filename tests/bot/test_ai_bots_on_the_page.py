"""AI bots on the sandbox's page, in both languages: listed, answering in three ways, annotated as measured."""

import os
import shutil
from collections.abc import AsyncIterator

import pytest
from annotated import by_the_bot, turn_on, until
from house import House
from playwright.async_api import Page, async_playwright, expect
from test_on_the_page import FLAGS

from bot.counting.ai_answers import gathering, pending_answer
from bot.ledger.records import REPLY
from sandbox.state.models import Json

CHROMIUM = shutil.which("chromium")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None and "CI" not in os.environ, reason="Chromium isn't installed"),
]


@pytest.fixture
async def page(house: House) -> AsyncIterator[Page]:
    assert house
    assert CHROMIUM, "Chromium isn't installed"
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield await browser.new_page(viewport={"width": 1280, "height": 860})
        await browser.close()


def annotations(house: House, channel: str) -> list[Json]:
    """What the bot said of its own accord."""
    return [one for one in by_the_bot(house, channel) if one["type"] != 20]


@pytest.mark.parametrize(
    ("channel", "language", "added", "line", "listed", "counted"),
    [
        ("général", "fr", "Désormais", "jetons ·", "Bots d’IA, réponses mesurées", "dont 3 réponses d’IA mesurées"),
        (
            "English Club/general",
            "en",
            "From now on",
            "tokens ·",
            "AI bots, answers measured",
            "3 of them measured AI answers",
        ),
    ],
)
async def test_a_question_is_answered_and_the_answer_measured(  # noqa: PLR0917
    house: House,
    page: Page,
    monkeypatch: pytest.MonkeyPatch,
    channel: str,
    language: str,
    added: str,
    line: str,
    listed: str,
    counted: str,
) -> None:
    for module in (pending_answer, gathering):
        monkeypatch.setattr(module, "QUIET", 1.0)
    house.sandbox.ai_bot.pause = 0.2
    house.sandbox.world.user("camille").locale = language
    await turn_on(house, REPLY, channel)
    place, bot = house.sandbox.world.channel(channel).id, house.sandbox.ai_bot.user
    await page.goto(f"{house.sandbox.page_url}?user=camille&channel={place}&lang={language}&theme=dark")
    await page.wait_for_selector("body[data-ready]")
    options = {"bot": str(bot.id), "model": "openai/gpt-4o"}
    await house.sandbox.command("camille", channel, "settings ai-bot add", options, force=True)
    await expect(page.get_by_text(added).first).to_be_visible()
    for n in range(3):
        await page.locator("#composer textarea, [contenteditable], textarea").first.click()
        await page.keyboard.type(f"@{bot.username} {n + 1} × photosynthèse")
        await page.keyboard.press("Enter")
        await until(lambda shown=n + 1: len(annotations(house, channel)) == shown, 60)
    await expect(page.get_by_text(line).last).to_be_visible()
    await house.sandbox.command("camille", channel, "settings show", force=True)
    await expect(page.get_by_text(listed).first).to_be_visible()
    await house.sandbox.command("camille", channel, "totals", {"period": "all"}, force=True, timeout=60)
    await expect(page.get_by_text(counted).first).to_be_visible(timeout=60_000)
    if folder := os.environ.get("EMPREINTE_TEST_PICTURES"):
        await page.screenshot(path=f"{folder}/ai-bots-{language}.png")
