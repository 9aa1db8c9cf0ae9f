"""Messages: private answers, components, menus, reactions, replies, edits, history, live news."""

from __future__ import annotations

import pytest
from opening import Open
from playwright.async_api import Locator, Page, expect

from sandbox import Sandbox

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]


async def footprint(page: Page, sandbox: Sandbox, channel: str) -> Locator:
    await sandbox.command("camille", channel, "footprint", {"text": "Bonjour"}, locale="fr")
    answer = page.locator(".message").last
    await expect(answer.get_by_role("button", name="Méthode")).to_be_visible()
    return answer


async def test_a_button_answers_privately_and_is_dismissed(visit: Open, sandbox: Sandbox) -> None:
    page = await visit(channel="prompts", lang="en")
    others = await visit(user="leo", channel="prompts", lang="fr")
    answer = await footprint(page, sandbox, "Atelier IA/prompts")
    await answer.get_by_role("button", name="Méthode").click()
    private = page.locator(".message.private")
    await expect(private).to_contain_text("Voici la méthode.")
    await expect(private).to_contain_text("Only you can see this · Dismiss message")
    await expect(others.get_by_text("Voici la")).to_have_count(0)
    await private.get_by_role("button", name="Dismiss message").click()
    await expect(private).to_have_count(0)


async def test_a_button_without_an_answer_says_so(visit: Open, sandbox: Sandbox) -> None:
    page = await visit(channel="prompts", lang="fr")
    answer = await footprint(page, sandbox, "Atelier IA/prompts")
    await answer.get_by_role("button", name="Silence").click()
    await expect(answer.locator(".component-failed")).to_be_visible()


async def test_a_select_menu_sends_its_choice(visit: Open, sandbox: Sandbox) -> None:
    page = await visit(channel="prompts", lang="fr")
    answer = await footprint(page, sandbox, "Atelier IA/prompts")
    await answer.locator(".select").click()
    await page.get_by_role("option", name="Mois").click()
    await expect(page.locator(".message.private").last).to_contain_text("Choisi : month")


async def test_context_menu_command(visit: Open, sandbox: Sandbox) -> None:
    page = await visit(channel="prompts", lang="fr")
    await page.locator(".message", has_text="chaudière").first.click(button="right")
    await page.get_by_role("menuitem", name="Empreinte").click()
    answer = page.locator(".message.private").last
    await expect(answer).to_contain_text("Lu : Rédige un mail poli")
    await expect(answer.locator(".above")).to_contain_text("Camille a utilisé")


async def test_reply_react_edit_and_delete(visit: Open, sandbox: Sandbox) -> None:
    page = await visit(user="leo", channel="général", lang="fr")
    said = await sandbox.post_message("camille", "général", "une question")
    row = page.locator(f"[data-id='{said['id']}']")
    await row.hover()
    await row.get_by_role("button", name="Répondre").click()
    await page.keyboard.type("une **réponse**")
    await page.keyboard.press("Enter")
    mine = page.locator(".message").last
    await expect(mine.locator(".above")).to_contain_text("Camille")
    await expect(mine.locator("strong")).to_have_text("réponse")

    await row.hover()
    await row.get_by_role("button", name="Ajouter une réaction").click()
    await page.get_by_role("menuitem", name="Réagir avec 🌱").click()
    chip = row.get_by_role("button", name="🌱, 1")
    await expect(chip).to_have_attribute("aria-pressed", "true")
    await chip.click()
    await expect(chip).to_have_count(0)

    await page.locator(".composer-text").press("ArrowUp")
    await page.keyboard.press("Control+a")
    await page.keyboard.type("corrigée")
    await page.keyboard.press("Enter")
    await expect(mine).to_contain_text("corrigée (modifié)")

    await mine.click(button="right")
    await page.get_by_role("menuitem", name="Supprimer").click()
    await page.get_by_role("dialog").get_by_role("button", name="Supprimer").click()
    await expect(page.get_by_text("corrigée")).to_have_count(0)


async def test_a_mention_reaches_its_person(visit: Open, sandbox: Sandbox) -> None:
    page = await visit(user="leo", channel="général", lang="fr")
    await page.locator(".composer-text").press_sequentially("merci @cam")
    await page.keyboard.press("Tab")
    await page.keyboard.press("Enter")
    await expect(page.locator(".message").last.locator(".pill")).to_have_text("@Camille")
    camille = await visit(user="camille", channel="général", lang="fr")
    await expect(camille.locator(".message.mentioned").last).to_contain_text("merci")


async def test_older_messages_come_on_scrolling_up(visit: Open, sandbox: Sandbox) -> None:
    for number in range(120):
        await sandbox.post_message("noah", "English Club/general", f"number {number}")
    page = await visit(user="noah", channel="general", lang="en")
    await expect(page.get_by_text("number 119", exact=True)).to_be_in_viewport()
    assert await page.get_by_text("number 20", exact=True).count() == 0
    for _ in range(3):
        await page.locator(".timeline-scroll").evaluate("node => node.scrollTop = 0")
        await page.wait_for_timeout(150)
    await expect(page.get_by_text("number 20", exact=True)).to_have_count(1)
    await sandbox.post_message("emma", "English Club/general", "a late word")
    await expect(page.get_by_text("a late word", exact=True)).to_have_count(1)
    await expect(page.get_by_text("a late word", exact=True)).not_to_be_in_viewport()
    await page.locator(".jump").click()
    await expect(page.get_by_text("a late word", exact=True)).to_be_in_viewport()


async def test_news_elsewhere_marks_the_channel_and_is_announced_here(visit: Open, sandbox: Sandbox) -> None:
    page = await visit(channel="prof", lang="fr")
    await sandbox.post_message("leo", "général", "par ici")
    await expect(page.locator(".channel.unread")).to_contain_text("général")
    await sandbox.post_message("ines", "prof", "bonjour")
    await expect(page.locator("#live")).to_contain_text("Inès : bonjour")


async def test_a_lost_socket_comes_back_with_what_was_missed(visit: Open, sandbox: Sandbox) -> None:
    page = await visit(channel="prof", lang="fr")
    await page.context.set_offline(True)
    await sandbox.page_socket.close()
    await expect(page.get_by_text("Connexion perdue")).to_be_visible()
    await sandbox.post_message("leo", "prof", "pendant la coupure")
    await page.context.set_offline(False)
    await expect(page.get_by_text("pendant la coupure")).to_be_visible()
    await expect(page.get_by_text("Connexion perdue")).to_have_count(0)


async def test_bad_weather_can_be_asked_for(visit: Open, sandbox: Sandbox) -> None:
    page = await visit(lang="fr")
    await page.get_by_role("button", name="Mauvais temps").click()
    drawer = page.get_by_role("dialog", name="Mauvais temps")
    await expect(drawer).to_contain_text(f"EMPREINTE_DISCORD_API={sandbox.api_root}")
    await drawer.get_by_role("button", name="Demander une reconnexion").click()
    await expect(drawer.get_by_role("status")).to_contain_text("C’est fait : Demander une reconnexion")
    await sandbox.wait_for_bot(timeout=60)
    await drawer.get_by_role("button", name="Accès refusé (403)").click()
    await drawer.get_by_role("button", name="Retour au beau temps").click()
    await expect(drawer.get_by_role("status")).to_contain_text("Retour au beau temps")
