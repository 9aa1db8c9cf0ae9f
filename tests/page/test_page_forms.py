"""Forms with every kind of field, pictures with their words, and quick changes of person."""

from __future__ import annotations

import pytest
from opening import Open
from playwright.async_api import Page, expect

from sandbox import Sandbox

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def run(page: Page, command: str) -> None:
    await page.locator(".composer-text").press_sequentially(f"/{command} ")
    await expect(page.locator(".slash-name")).to_have_text(f"/{command}")
    await page.keyboard.press("Enter")


async def test_a_form_is_sent_as_it_was_filled_in_before(visit: Open) -> None:
    page = await visit(lang="fr", user="camille", channel="prof")
    await run(page, "setup")
    dialog = page.get_by_role("dialog", name="Réglages du serveur")
    await expect(dialog.get_by_text("Des réponses publiques")).to_be_visible()
    await expect(dialog.get_by_role("radio", name="Français")).to_be_checked()
    await expect(dialog.get_by_role("checkbox", name="Énergie")).to_be_checked()
    await expect(dialog.get_by_role("button", name="Salon")).to_contain_text("#prof")
    await dialog.get_by_role("button", name="Envoyer").click()
    answer = page.locator(".message").last
    await expect(answer).to_contain_text("fr · openai/gpt-4o-mini · energy · False · prof")


async def test_every_field_of_a_form_can_be_changed(visit: Open) -> None:
    page = await visit(lang="fr", user="camille", channel="prof")
    await run(page, "setup")
    dialog = page.get_by_role("dialog", name="Réglages du serveur")
    await dialog.get_by_role("radio", name="English").check()
    await dialog.get_by_role("button", name="Modèle").click()
    await page.get_by_role("option", name="mistralai/mistral-large-latest").click()
    await dialog.get_by_role("checkbox", name="Énergie").uncheck()
    await dialog.get_by_role("checkbox", name="Eau").check()
    await dialog.get_by_role("checkbox", name="Bilan du lundi").check()
    await dialog.get_by_role("button", name="Salon").click()
    await page.get_by_role("option", name="#général").click()
    await dialog.get_by_role("button", name="Envoyer").click()
    answer = page.locator(".message").last
    await expect(answer).to_contain_text("en · mistralai/mistral-large-latest · water · True · général")


async def test_a_picture_shows_that_it_has_words(visit: Open) -> None:
    page = await visit(lang="fr", user="camille", channel="prof")
    await run(page, "chart")
    container = page.locator(".message").last.locator(".container")
    await expect(container.get_by_role("heading", name="La semaine")).to_be_visible()
    image = container.get_by_role("img", name="Sept barres, la plus haute jeudi : 12 Wh")
    await expect(image).to_be_visible()
    mark = container.locator(".alt-mark")
    words = "Texte alternatif\u202f: Sept barres, la plus haute jeudi : 12 Wh"
    await expect(mark).to_have_attribute("title", words)
    await image.click()
    dialog = page.get_by_role("dialog", name="Image")
    await expect(dialog.get_by_text(words)).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(dialog).to_have_count(0)


async def test_a_large_picture_and_its_words_fit_a_phone(visit: Open) -> None:
    page = await visit(lang="fr", user="camille", channel="prof", phone=True)
    await run(page, "chart")
    await page.locator(".message").last.locator(".container").get_by_role("img").click()
    dialog = page.get_by_role("dialog", name="Image")
    await dialog.locator(".picture-words").evaluate("words => words.append(' mercredi : 9 Wh'.repeat(60))")
    box = await dialog.bounding_box()
    assert box is not None
    assert box["y"] >= 0
    assert box["y"] + box["height"] <= 844
    await dialog.get_by_role("link", name="Ouvrir l’original").scroll_into_view_if_needed()
    await expect(dialog.get_by_role("button", name="Fermer")).to_be_in_viewport()
    within = "body => body.getBoundingClientRect().bottom <= body.closest('dialog').getBoundingClientRect().bottom"
    assert await dialog.locator(".dialog-body").evaluate(within)


async def test_a_long_choice_is_shortened_on_a_phone(visit: Open) -> None:
    page = await visit(lang="fr", user="camille", channel="prof", phone=True)
    await run(page, "setup")
    dialog = page.get_by_role("dialog", name="Réglages du serveur")
    shown = dialog.get_by_role("button", name="Modèle").locator(".select-value")
    await shown.evaluate("shown => { shown.textContent = 'comme maintenant : #général, le vendredi à 10 h, et plus' }")
    body = dialog.locator(".dialog-body")
    assert await body.evaluate("body => body.scrollWidth <= body.clientWidth")
    await expect(dialog.get_by_role("button", name="Envoyer")).to_be_in_viewport(ratio=1)


async def test_people_are_switched_by_a_click_or_a_key(visit: Open, sandbox: Sandbox) -> None:
    page = await visit(lang="fr", user="camille", channel="prof")
    await run(page, "vote")
    question = page.locator(".message").last
    await question.get_by_role("button", name="Plus", exact=True).click()
    await expect(question).to_contain_text("Votes : Camille")
    await page.get_by_role("button", name="Écrire en tant que Léo").click()
    await expect(page.locator(".me strong")).to_have_text("Léo")
    await question.get_by_role("button", name="Plus", exact=True).click()
    await expect(question).to_contain_text("Votes : Camille, Léo")
    names = [user.global_name for user in sandbox.world.users.values() if not user.bot]
    await page.keyboard.press(f"Alt+{names.index('Inès') + 1}")
    await expect(page.locator(".me strong")).to_have_text("Inès")
    await question.get_by_role("button", name="Plus", exact=True).click()
    await expect(question).to_contain_text("Votes : Camille, Léo, Inès")
    await expect(page.locator(".place-name")).to_contain_text("prof")
