"""The composer survives command after command, with and without fields."""

from __future__ import annotations

import pytest
from opening import Open
from playwright.async_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def bare(page: Page) -> None:
    """A command without fields."""
    await page.locator(".composer-text").press_sequentially("/ask ")
    await expect(page.locator(".slash-name")).to_have_text("/ask")
    await page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Question")
    await expect(dialog).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(dialog).to_have_count(0)


async def filled(page: Page, text: str) -> None:
    """A command with a required field and one to be added."""
    await page.locator(".composer-text").press_sequentially("/empreinte ")
    field = page.locator(".option-pill textarea")
    await expect(field).to_be_focused()
    await page.keyboard.type(text)
    await page.keyboard.press("Enter")
    await expect(page.locator(".message").last).to_contain_text(text)


async def left(page: Page) -> None:
    """A command begun, with a field added, and given up."""
    await page.locator(".composer-text").press_sequentially("/empreinte bonjour")
    await page.click(".extra >> text=modèle")
    await expect(page.locator(".option-pill")).to_have_count(2)
    await page.keyboard.press("Escape")


@pytest.mark.parametrize("count", [2, 3, 10])
async def test_commands_in_a_row(visit: Open, count: int) -> None:
    page = await visit(lang="fr", user="noah", channel="prof")
    for number in range(count):
        if number % 2 == 0:
            await bare(page)
        else:
            await filled(page, f"commande {count}-{number}")
        await expect(page.locator(".composer-text")).to_be_visible()
        await expect(page.locator(".composer-line.slash")).to_be_hidden()
    await page.locator(".composer-text").fill(f"et un message {count}")
    await page.keyboard.press("Enter")
    await expect(page.locator(".message").last).to_contain_text(f"et un message {count}")


async def test_the_same_command_after_it_was_given_up(visit: Open) -> None:
    page = await visit(lang="fr", user="noah", channel="prof")
    await filled(page, "une fois")
    await left(page)
    await filled(page, "deux fois")
    await page.locator(".composer-text").press_sequentially("/réglages mode ")
    await expect(page.locator(".option-pill")).to_have_count(2)
    order = await page.locator(".composer-line.slash > *").evaluate_all("all => all.map(one => one.className)")
    assert order == ["slash-name", "option-pill", "option-pill", "extras", "slash-end", "slash-error"]
