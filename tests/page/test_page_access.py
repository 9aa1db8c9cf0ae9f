"""On a phone, by keyboard alone, and with enough contrast."""

from __future__ import annotations

from pathlib import Path

import pytest
from opening import Open
from playwright.async_api import expect

from sandbox import Sandbox

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

CONTRAST = (Path(__file__).parent / "contrast.js").read_text("utf-8")


@pytest.mark.parametrize("theme", ["dark", "light"])
async def test_contrast(visit: Open, sandbox: Sandbox, theme: str) -> None:
    page = await visit(channel="prof", lang="fr", theme=theme, welcomed=False)
    await sandbox.post_message("leo", "prof", "# Titre\n> cité `code` [lien](https://a.example) <@1> <t:0:R>\n-# petit")
    call = await sandbox.command("camille", "prof", "footprint", {"text": "Bonjour", "private": True}, locale="fr")
    assert call.message is not None
    await sandbox.press("camille", call.message, label="Méthode")
    await page.locator(".composer-text").press_sequentially("/")
    await expect(page.get_by_role("option").first).to_be_visible()
    seen, poor = await page.evaluate(CONTRAST)
    assert seen > 40
    assert poor == []
    await page.keyboard.press("Escape")
    await page.get_by_role("button", name="Mauvais temps").click()
    assert (await page.evaluate(CONTRAST))[1] == []


async def test_phone_without_sideways_scroll(visit: Open, sandbox: Sandbox) -> None:
    page = await visit(phone=True, channel="prof", lang="fr", welcomed=False)
    await sandbox.post_message("leo", "prof", "un-mot-" * 40 + "\n```\n" + "x" * 300 + "\n```")
    await sandbox.command("camille", "prof", "footprint", {"text": "Bonjour"}, locale="fr")
    await expect(page.locator(".embed").last).to_be_visible()
    width = "() => [document.documentElement.scrollWidth, document.querySelector('.timeline-scroll').scrollWidth]"
    assert await page.evaluate(width) == [390, 390]
    await page.get_by_role("button", name="Afficher les salons").tap()
    await expect(page.locator("#channels")).to_be_in_viewport()
    await page.locator("#channels .channel", has_text="prompts").tap()
    await expect(page.locator("#channels")).not_to_be_in_viewport()
    await expect(page.locator(".place-name")).to_contain_text("prompts")
    await page.get_by_role("button", name="Afficher les membres").tap()
    await expect(page.locator("#people")).to_be_in_viewport()
    await page.keyboard.press("Escape")
    await page.locator(".composer-text").tap()
    await page.locator(".composer-text").press_sequentially("/empreinte bonjour")
    assert await page.evaluate(width) == [390, 390]


async def test_a_message_menu_opens_by_touch(visit: Open) -> None:
    page = await visit(phone=True, channel="prompts", lang="fr")
    row = page.locator(".message", has_text="chaudière").first
    await row.get_by_role("button", name="Autres actions").tap()
    await expect(page.get_by_role("menuitem", name="Empreinte")).to_be_visible()


async def test_keyboard_alone(visit: Open) -> None:
    page = await visit(user="ines", channel="prof", lang="fr")
    await expect(page.locator(".composer-text")).to_be_focused()
    await page.keyboard.type("/empreinte bonjour le monde")
    await page.keyboard.press("Tab")
    await expect(page.locator(".extra").first).to_be_focused()
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    answer = page.locator(".message").last
    await expect(answer).to_contain_text("bonjour le monde")
    await expect(answer).to_contain_text("Vous seul pouvez voir ceci")

    await page.keyboard.press("Shift+Tab")
    for _ in range(12):
        if await answer.evaluate("row => row === document.activeElement"):
            break
        await page.keyboard.press("Shift+Tab")
    await expect(answer).to_be_focused()
    await page.keyboard.press("ArrowUp")
    await expect(answer).not_to_be_focused()
    await page.keyboard.press("ArrowDown")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(page.get_by_role("menu")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(page.get_by_role("menu")).to_have_count(0)


async def test_every_control_has_a_name(visit: Open, sandbox: Sandbox) -> None:
    page = await visit(channel="prompts", lang="fr", welcomed=False)
    await sandbox.command("camille", "Atelier IA/prompts", "footprint", {"text": "Bonjour"}, locale="fr")
    await expect(page.locator(".embed").last).to_be_visible()
    nameless = await page.locator("button, input, textarea, a, select").evaluate_all(
        """nodes => nodes.filter(node => !(node.getAttribute('aria-label') || node.textContent.trim()
            || node.labels?.length)).map(node => node.outerHTML)"""
    )
    assert nameless == []
