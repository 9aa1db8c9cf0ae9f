"""Slash commands: completion, options of every kind, refusals before sending, answers."""

from __future__ import annotations

import pytest
from opening import Open
from playwright.async_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def start(page: Page, command: str) -> None:
    await page.locator(".composer-text").press_sequentially(f"/{command} ")
    await expect(page.locator(".slash-name")).to_have_text(f"/{command}")


async def test_from_a_slash_to_an_embed(visit: Open) -> None:
    page = await visit(channel="prof", lang="fr")
    await page.locator(".composer-text").press_sequentially("/emp")
    option = page.get_by_role("option")
    await expect(option).to_have_count(1)
    await expect(option).to_contain_text("Ce que répondre à ce texte consommerait")
    await page.keyboard.press("Tab")
    await page.keyboard.type("Bonjour le monde")
    await page.click(".extra >> text=modèle")
    await page.keyboard.type("mistral")
    await expect(page.get_by_role("option")).to_have_text(["mistralai/mistral-large-latest"])
    await page.keyboard.press("Enter")
    await page.keyboard.press("Enter")
    answer = page.locator(".message").last
    await expect(answer.locator(".above")).to_contain_text("Camille a utilisé /empreinte")
    await expect(answer.locator(".embed-title")).to_have_text("🌱 GPT-4o")
    await expect(answer.locator(".embed-description strong")).to_have_text("0,83 Wh")
    await expect(answer.locator(".embed-description")).to_contain_text("mistral-large-latest · fr · Bonjour le monde")
    await expect(answer.locator(".embed-field")).to_have_count(3)
    await expect(answer.locator(".embed-footer")).to_have_text("EcoLogits 0.11.3")
    assert (
        await answer.locator(".embed-image img").evaluate("image => image.decode().then(() => image.naturalWidth)")
        == 320
    )
    await expect(page.locator(".composer-text")).to_be_focused()


async def test_the_language_switch_sets_the_interactions_locale(visit: Open) -> None:
    page = await visit(user="emma", channel="general", lang="en")
    await start(page, "footprint")
    await page.keyboard.type("Hello there")
    await page.keyboard.press("Enter")
    await expect(page.locator(".message").last.locator(".embed-description")).to_contain_text("en-GB · Hello there")


async def test_refuses_what_discord_would_refuse(visit: Open) -> None:
    page = await visit(channel="prof", lang="fr")
    await start(page, "empreinte")
    await page.keyboard.press("Enter")
    await expect(page.locator(".slash-error")).to_contain_text("obligatoire")
    await page.keyboard.type("ab")
    await page.keyboard.press("Enter")
    await expect(page.locator(".slash-error")).to_contain_text("Au moins 3 caractères")
    await expect(page.locator(".pill-input")).to_have_attribute("aria-invalid", "true")
    await page.keyboard.press("Escape")
    await expect(page.locator(".composer-text")).to_be_focused()


async def test_choices_channels_and_numbers_of_a_subcommand(visit: Open) -> None:
    page = await visit(channel="prof", lang="fr")
    await start(page, "réglages mode")
    await page.keyboard.type("sil")
    await expect(page.get_by_role("option")).to_have_text(["silencieux"])
    await page.keyboard.press("Tab")
    await page.keyboard.type("prom")
    await page.keyboard.press("Enter")
    await page.click(".extra >> text=min_tokens")
    await page.keyboard.type("500")
    await page.keyboard.press("Enter")
    await expect(page.locator(".slash-error")).to_contain_text("Au plus 100")
    await page.locator(".pill-input").last.fill("50")
    await page.keyboard.press("Enter")
    await expect(page.locator(".message").last).to_contain_text("silent #prompts 50")


async def test_long_text_keeps_its_lines(visit: Open) -> None:
    page = await visit(channel="prof", lang="fr")
    await start(page, "empreinte")
    await page.locator(".pill-input").fill("première ligne\nseconde ligne\n" + "mot " * 60)
    await page.keyboard.press("Enter")
    await expect(page.locator(".message").last.locator(".embed-description")).to_contain_text("seconde ligne")


async def test_thinking_then_two_answers(visit: Open) -> None:
    page = await visit(channel="prof", lang="fr")
    await start(page, "slow")
    await page.keyboard.press("Enter")
    await expect(page.get_by_text("Empreinte réfléchit…")).to_be_visible()
    await expect(page.locator(".message").nth(-2)).to_contain_text("Enfin.")
    await expect(page.locator(".message").last).to_contain_text("Et encore.")
    await expect(page.locator(".message").last).to_contain_text("Vous seul pouvez voir ceci")


async def test_a_command_without_an_answer_says_so(visit: Open) -> None:
    page = await visit(channel="prof", lang="fr")
    await start(page, "mute")
    await page.keyboard.press("Enter")
    row = page.locator(".message").last
    await expect(row).to_contain_text("Envoi de la commande…")
    await expect(row).to_contain_text("L’application n’a pas répondu")
    await row.get_by_role("button", name="Ignorer").click()
    await expect(page.get_by_text("L’application n’a pas répondu")).to_have_count(0)


async def test_a_modal_is_filled_in(visit: Open) -> None:
    page = await visit(channel="prof", lang="fr")
    await start(page, "ask")
    await page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Question")
    await expect(dialog.get_by_label("Réponse")).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(dialog).to_be_visible()
    await page.keyboard.type("quarante-deux")
    await page.keyboard.press("Enter")
    await expect(dialog).to_be_hidden()
    await expect(page.locator(".message").last).to_contain_text("Reçu : quarante-deux")


async def test_components_v2(visit: Open) -> None:
    page = await visit(channel="prof", lang="fr")
    await start(page, "layout")
    await page.keyboard.press("Enter")
    box = page.locator(".message").last.locator(".container")
    await expect(box.locator(".md-h3")).to_have_text("Tableau")
    await expect(box.get_by_role("button", name="Voir")).to_be_visible()
