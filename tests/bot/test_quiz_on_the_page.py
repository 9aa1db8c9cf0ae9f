"""A quiz on the sandbox's page: read, voted on and led on with one projector, in a real browser."""

import os
from pathlib import Path

import pytest
from house import House
from playwright.async_api import Page, expect
from quiz_time import prepare, time_is_up
from test_on_the_page import CHROMIUM, page

__all__ = ["page"]

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None and "CI" not in os.environ, reason="Chromium isn't installed"),
]

WORDS = {
    "fr": ("Vote noté : {}", "Réponse {} sur 2", "Suivante", "question 2 sur 2", "Résultats du quiz"),
    "en": ("Your vote: {}", "Answer {} of 2", "Next", "question 2 of 2", "Quiz results"),
}


@pytest.mark.parametrize(
    ("user", "channel", "language", "theme", "width"),
    [("leo", "général", "fr", "dark", 1280), ("emma", "English Club/general", "en", "light", 390)],
)
async def test_a_quiz_to_its_end(
    house: House, page: Page, tmp_path: Path, user: str, channel: str, language: str, theme: str, width: int
) -> None:
    noted, answer, following, second, results = (one.replace(" :", "\u202f:") for one in WORDS[language])
    prepare(house)
    place = house.sandbox.world.channel(channel).id
    await page.set_viewport_size({"width": width, "height": 860})
    await house.sandbox.command(user, channel, "quiz start", {"questions": 2})
    await page.goto(f"{house.sandbox.page_url}?user={user}&channel={place}&lang={language}&theme={theme}")
    await page.wait_for_selector("body[data-ready]")
    await page.get_by_role("button", name="A · ").last.click()
    await expect(page.get_by_text(noted.format("A")).first).to_be_visible()
    await page.screenshot(path=tmp_path / f"question-{language}.png")
    await time_is_up(house, channel)
    await expect(page.get_by_text(answer.format(1)).first).to_be_visible()
    await page.screenshot(path=tmp_path / f"answer-{language}.png")
    await page.get_by_role("button", name=following, exact=True).click()
    await expect(page.get_by_text(second).first).to_be_visible()
    await page.get_by_role("button", name="B · ").last.click()
    await expect(page.get_by_text(noted.format("B")).first).to_be_visible()
    await time_is_up(house, channel)
    await expect(page.get_by_text(results).first).to_be_visible()
    await expect(page.get_by_role("button", name=following, exact=True)).to_have_count(0)
    await page.screenshot(path=tmp_path / f"results-{language}.png")
