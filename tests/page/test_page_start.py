"""The page opens in both languages and themes, straight at a place, and greets newcomers once."""

from __future__ import annotations

import pytest
from opening import Open
from playwright.async_api import expect

from sandbox import Sandbox

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


@pytest.mark.parametrize(
    ("lang", "theme", "words"),
    [("fr", "dark", "En ligne"), ("en", "light", "Online"), ("en", "dark", "Online")],
)
async def test_opens_in_a_language_and_a_theme(visit: Open, lang: str, theme: str, words: str) -> None:
    page = await visit(lang=lang, theme=theme)
    assert await page.get_attribute("html", "lang") == lang
    assert await page.get_attribute("html", "data-theme") == theme
    await expect(page.locator(".people-title")).to_contain_text(words)
    await expect(page.locator(".bot-state")).to_have_class("bot-state on")


async def test_opens_at_a_place_named_in_the_address(visit: Open) -> None:
    page = await visit(user="noah", channel="prompts", lang="en")
    await expect(page.locator(".place-name")).to_contain_text("prompts")
    await expect(page.locator(".me")).to_contain_text("Noah")
    await expect(page.locator(".message").first).to_be_visible()


async def test_an_address_of_another_days_sandbox_still_opens(visit: Open) -> None:
    page = await visit(user="123456789012345678", channel="123", lang="fr")
    await expect(page.locator(".me")).to_contain_text("Camille")
    await expect(page.locator(".place-name")).to_contain_text("général")


async def test_language_and_theme_are_switched_and_kept_in_the_address(visit: Open) -> None:
    page = await visit(lang="fr", theme="dark")
    await page.click("#me .words")
    await page.get_by_role("menuitemradio", name="English").click()
    await expect(page.locator(".people-title")).to_contain_text("Online")
    await page.get_by_role("button", name="Switch to the light theme").click()
    assert "lang=en" in page.url
    assert "theme=light" in page.url
    assert await page.get_attribute("html", "data-theme") == "light"


async def test_a_language_chosen_by_hand_stays_whoever_acts(visit: Open) -> None:
    page = await visit(user="noah", channel="général", lang="en")
    await page.get_by_role("button", name="Language").click()
    await page.get_by_text("English", exact=True).last.click()
    await page.get_by_role("button", name="Post as Léo").click()
    await expect(page.locator(".me strong")).to_have_text("Léo")
    assert await page.get_attribute("html", "lang") == "en"
    await page.reload()
    await page.get_by_role("button", name="Post as Inès").click()
    await expect(page.locator(".me strong")).to_have_text("Inès")
    assert await page.get_attribute("html", "lang") == "en"


async def test_acting_as_somebody_else_brings_their_language(visit: Open) -> None:
    page = await visit(user="camille", lang="fr")
    await page.click(".me")
    await page.get_by_role("menuitemradio", name="Noah").click()
    await expect(page.locator(".me")).to_contain_text("Noah")
    await expect(page.locator(".people-title").first).to_contain_text("Online")
    assert "user=noah" in page.url


async def test_the_welcome_is_dismissed_for_good(visit: Open) -> None:
    page = await visit(lang="fr", welcomed=False)
    await expect(page.locator("#hint")).to_contain_text("Rien n’en sort")
    await page.click("#hint .icon-button")
    await expect(page.locator("#hint")).to_be_hidden()
    await page.reload()
    await page.wait_for_selector("body[data-ready]")
    await expect(page.locator("#hint")).to_be_hidden()


async def test_the_welcome_leads_to_the_command(visit: Open) -> None:
    page = await visit(lang="fr", welcomed=False)
    await page.click("#hint .button")
    await expect(page.locator(".slash-name")).to_have_text("/empreinte")


async def test_nothing_is_loaded_from_outside(visit: Open, sandbox: Sandbox) -> None:
    page = await visit(lang="fr")
    asked = await page.evaluate("performance.getEntriesByType('resource').map(entry => entry.name)")
    assert asked
    assert all(address.startswith(sandbox.page_url) for address in asked)
