"""What Discord does to a bot, asked for and shown on the page."""

from __future__ import annotations

import pytest
from opening import Open
from playwright.async_api import Locator, Page, expect

from sandbox import Sandbox

pytestmark = [pytest.mark.asyncio(loop_scope="session"), pytest.mark.browser]

FRENCH = "Atelier IA"
COMMANDS_GONE = "Effacer les commandes"


async def panel(page: Page) -> Locator:
    await page.get_by_role("button", name="Mauvais temps").click()
    return page.get_by_role("dialog", name="Mauvais temps")


async def test_an_outage_of_one_server_is_asked_for_and_shown(visit: Open, sandbox: Sandbox) -> None:
    page = await visit(lang="fr", user="camille", channel="prompts")
    drawer = await panel(page)
    await drawer.get_by_role("button", name="Panne de ce serveur").click()
    await expect(page.locator(".side-note")).to_contain_text("Panne")
    assert sandbox.world.availability.outages == {sandbox.world.guild(FRENCH).id}
    await drawer.get_by_role("button", name="Fin de la panne").click()
    await expect(page.locator(".side-note")).to_have_count(0)
    assert not sandbox.world.availability.outages


async def test_the_bot_goes_comes_back_or_leaves_its_commands(visit: Open, sandbox: Sandbox) -> None:
    page = await visit(lang="fr", user="camille", channel="prompts")
    drawer = await panel(page)
    await drawer.get_by_role("button", name="Retirer le bot").click()
    await expect(page.locator(".side-note")).to_contain_text("Serveur sans le bot")
    await drawer.get_by_role("button", name="Les commandes seules").click()
    await expect(page.locator(".side-note")).to_contain_text("mais sans le bot")
    await drawer.get_by_role("button", name="Inviter le bot").click()
    await expect(page.locator(".side-note")).to_have_count(0)
    assert sandbox.world.has_bot(FRENCH)


async def test_a_hidden_channel_has_a_lock_and_is_not_there_for_others(visit: Open, sandbox: Sandbox) -> None:
    page = await visit(lang="fr", user="camille", channel="prompts")
    await (await panel(page)).get_by_role("button", name="Ajouter un salon caché").click()
    await page.keyboard.press("Escape")
    hidden = page.locator(".channels button", has_text="coulisses")
    await expect(hidden).to_contain_text("(salon caché)")
    await expect(hidden.locator(".icon-lock")).to_be_visible()
    await hidden.click()
    await expect(page.locator(".place-name .icon-lock")).to_be_visible()
    other = await visit(lang="fr", user="leo", channel="prompts")
    await expect(other.locator(".channels button", has_text="prof")).to_be_visible()
    await expect(other.locator(".channels button", has_text="coulisses")).to_have_count(0)
    sandbox.world.delete_channel("coulisses")


async def test_a_forward_and_a_poll_are_drawn(visit: Open, sandbox: Sandbox) -> None:
    original = await sandbox.post_message("leo", "prompts", "le texte **transféré**")
    await sandbox.forward("ines", "prof", original)
    page = await visit(lang="fr", user="camille", channel="prof")
    forwarded = page.locator(".forwarded")
    await expect(forwarded).to_contain_text("Transféré")
    await expect(forwarded.locator("strong")).to_have_text("transféré")
    await (await panel(page)).get_by_role("button", name="Poster un sondage").click()
    await page.keyboard.press("Escape")
    poll = page.get_by_role("region", name="Sondage")
    await expect(poll.get_by_role("heading")).to_have_text("Quelle réponse préférez-vous ?")
    await expect(poll.get_by_role("listitem")).to_have_text(["Courte", "Longue"])
    await sandbox.sticker("leo", "prof", "Coucou")
    await expect(page.get_by_text("Autocollant : Coucou")).to_be_visible()


async def test_a_message_is_forwarded_from_its_menu(visit: Open, sandbox: Sandbox) -> None:
    await sandbox.post_message("leo", "prof", "à redire")
    page = await visit(lang="fr", user="camille", channel="prof")
    await page.get_by_text("à redire").first.click(button="right")
    await page.get_by_role("menuitem", name="Transférer ici").click()
    await expect(page.locator(".forwarded", has_text="à redire")).to_be_visible()


async def test_every_switch_does_what_it_says(visit: Open, sandbox: Sandbox) -> None:
    page = await visit(lang="fr", user="camille", channel="prompts")
    drawer = await panel(page)
    resumed, requested = sandbox.gateway.resumes, len(sandbox.world.channel("prompts").history)
    names = await drawer.locator(".faults-buttons button").all_inner_texts()
    assert len(names) >= 18
    for name in names:
        if name != COMMANDS_GONE:  # the bot of these tests tells its commands once
            await drawer.get_by_role("button", name=name, exact=True).click()
            await expect(drawer.get_by_role("status")).to_contain_text(name)
    await drawer.get_by_role("button", name="Inviter le bot").click()
    await sandbox.wait_for_bot(timeout=60)
    assert sandbox.gateway.resumes > resumed
    assert len(sandbox.world.channel("prompts").history) > requested, "the poll"
    assert sandbox.faults.match("POST", "/channels/1/messages") is None, "all well again"
    assert sandbox.gateway.accepting
    sandbox.world.delete_channel("coulisses")
