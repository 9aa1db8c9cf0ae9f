"""Four people's visits with the real bot, each on one page played to the end without a reload, in both languages."""

import os
from collections.abc import AsyncIterator
from dataclasses import dataclass

import pytest
from board_entries import entry, put
from house import House
from playwright.async_api import ConsoleMessage, Locator, Page, async_playwright, expect
from quiz_time import prepare, time_is_up
from test_on_the_page import CHROMIUM, FLAGS, MAIL

from bot.usecases import ledger_reader

PATIENCE = 60_000
"""Milliseconds that a visitor waits at most: the machine may be busy."""

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None and "CI" not in os.environ, reason="Chromium isn't installed"),
    pytest.mark.parametrize("language", ["fr", "en"]),
]


@pytest.fixture(autouse=True)
def patient_readings(monkeypatch: pytest.MonkeyPatch) -> None:
    """A busy machine is no database in trouble."""
    monkeypatch.setattr(ledger_reader, "READ_TIMEOUT", PATIENCE / 1000)


@dataclass
class Visit:
    """One person at the page; `words` picks what it says in their language."""

    house: House
    page: Page
    language: str = "fr"

    def words(self, french: str, english: str) -> str:
        return french if self.language == "fr" else english

    @property
    def channel(self) -> str:
        return self.words("Atelier IA/général", "English Club/general")

    async def arrive(self, user: str, width: int = 1280) -> None:
        place = self.house.sandbox.world.channel(self.channel).id
        await self.page.set_viewport_size({"width": width, "height": 860})
        address = f"{self.house.sandbox.page_url}?user={user}&channel={place}&lang={self.language}"
        await self.page.goto(address)
        await self.page.wait_for_selector("body[data-ready]")
        await self.page.evaluate("window.sameVisit = true")

    async def run(self, command: str, *values: str) -> None:
        """Type a command, its required values one after the other, and send it."""
        await self.page.locator(".composer-text").press_sequentially(f"/{command} ")
        await expect(self.page.locator(".slash-name")).to_be_visible()
        fields = self.page.locator(".option-pill .pill-input")
        for number, value in enumerate(values):
            await fields.nth(number).fill(value)
            await fields.nth(number).press("Tab")
        await self.page.locator(".slash-end .send").click()

    async def reads(self, french: str, english: str) -> None:
        text = self.words(french, english).replace(" :", "\u202f:")
        await expect(self.page.locator(".message").filter(has_text=text).last).to_be_visible()

    async def press(self, french: str, english: str) -> None:
        await self.button(french, english).last.click()

    def button(self, french: str, english: str) -> Locator:
        return self.page.get_by_role("button", name=self.words(french, english), exact=True)


@pytest.fixture
async def visit(house: House, language: str) -> AsyncIterator[Visit]:
    """A page that must not complain in its console, nor be loaded anew."""
    assert CHROMIUM, "Chromium isn't installed"
    faults: list[str] = []

    def note(said: ConsoleMessage) -> None:
        if said.type == "error":
            faults.append(said.text)

    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = await browser.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", note)
        expect.set_options(timeout=PATIENCE)
        yield Visit(house, page, language)
        same = await page.evaluate("window.sameVisit")
        await browser.close()
    assert same, "the page was loaded anew"
    assert faults == []


async def test_a_facilitator(visit: Visit) -> None:
    prepare(visit.house)
    await visit.arrive("camille")
    await visit.run("annotate", visit.words("silencieux", "silent"))
    await visit.reads("Comptage en marche", "Counting is on")
    await put(visit.house, [entry(visit.house, "ines", channel=visit.channel)])
    await visit.run("footprint", MAIL)
    await visit.reads("GPT-4o · électricité : États-Unis", "GPT-4o · electricity: United States")
    await visit.run("compare", MAIL)
    await visit.reads("Le même message", "The same message")
    await visit.run("training")
    await visit.reads("Ce que l’entraînement a coûté", "What training took")
    await visit.run("leaderboard")
    await visit.reads("🥇", "🥇")
    await visit.page.locator(".composer-text").press_sequentially("/quiz start ")
    await visit.page.locator(".extra", has_text="questions").click()
    await visit.page.locator(".pill-input").last.fill("1")
    await visit.page.locator(".slash-end .send").click()
    await visit.page.get_by_role("button", name="A · ").last.click()
    await visit.reads("Vote noté : A", "Your vote: A")
    await time_is_up(visit.house, visit.channel)
    await visit.reads("Résultats du quiz", "Quiz results")


async def test_a_shy_member(visit: Visit) -> None:
    noah = visit.house.sandbox.world.user("noah").id
    preferences = visit.house.bot.ledger.preferences
    await visit.arrive("noah")
    await visit.run("privacy show")
    await visit.press("Ne plus me compter", "Stop counting me")
    await visit.reads("plus rien de vous n’est compté", "nothing of yours is counted")
    assert preferences.opted_out(noah)
    await visit.run("privacy show")
    await visit.reads("Les classements ne vous montrent plus", "Leaderboards no longer show you")
    await visit.press("Revenir", "Count me again")
    await visit.reads("de nouveau comptés", "counted again")
    assert not preferences.opted_out(noah)


async def test_on_a_phone(visit: Visit) -> None:
    await visit.arrive("noah", width=390)
    await visit.page.locator(".composer-text").press_sequentially("/foot")
    await visit.page.get_by_role("option").first.click()
    await visit.page.locator(".pill-input").first.fill(MAIL)
    await visit.page.locator(".slash-end .send").click()
    await visit.reads("GPT-4o · électricité : États-Unis", "GPT-4o · electricity: United States")
    await visit.press("Méthode", "Method")
    await visit.press("Détails", "Details")
    await visit.reads("14,9 Wh", "14.9 Wh")
    await visit.run("compare", MAIL)
    await visit.reads("Le même message", "The same message")
    picture = visit.page.locator(".message .container img[alt*='Wh']").last
    await expect(picture).to_be_visible()
    assert "None" not in str(await picture.get_attribute("alt"))
    assert await visit.page.evaluate("document.documentElement.scrollWidth") == 390


async def test_a_clumsy_admin(visit: Visit) -> None:
    await visit.arrive("camille")
    await visit.run("annotate", visit.words("silencieux", "silent"))
    await visit.press("Annuler", "Undo")
    await visit.reads("Annulé : le comptage s’arrête", "Undone: counting has stopped")
    await visit.run("annotate", visit.words("silencieux", "silent"))
    await visit.press("Tout le serveur", "The whole server")
    await visit.reads("tout le serveur, nouveaux salons compris", "the whole server, new channels included")
    await visit.run("settings timezone", "Frnace")
    await visit.reads("Europe/Paris", "Europe/Paris")
    await visit.run("settings model", "claud opus 5")
    await visit.reads("Claude Opus 5", "Claude Opus 5")
    await visit.run("settings show")
    await visit.reads("Réglages · ", "Settings · ")
    await visit.run("setup")
    title = visit.words("Réglages du serveur", "Server settings")
    dialog = visit.page.get_by_role("dialog", name=title)
    await expect(dialog).to_be_visible()
    await dialog.get_by_role("button", name=visit.words("Envoyer", "Submit"), exact=True).click()
    await visit.reads("Rien n’a changé", "Nothing has changed")
