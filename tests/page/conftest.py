"""One Chromium, one sandbox and one small bot for all tests of the page."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import AsyncIterator
from typing import Any
from urllib.parse import urlencode

import pytest
import pytest_asyncio
from opening import Open
from playwright.async_api import Browser, BrowserContext, ConsoleMessage, Page, async_playwright, expect
from small_bot import Connected

from sandbox import AppIdentity, Sandbox

ARGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
ON_PURPOSE = re.compile(r"404|ERR_INTERNET_DISCONNECTED")
"""What the browser itself says of an unknown user in the address, and of a connection cut by a test."""
APP = AppIdentity("Empreinte", "empreinte", first_command="footprint", api_variable="EMPREINTE_DISCORD_API")
PATIENCE = 30_000
"""Milliseconds that a test waits for what should be there soon: the machine may be busy."""
expect.set_options(timeout=PATIENCE)

PHONE: dict[str, Any] = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True}


def chromium() -> str:
    """Where Chromium is; without it the tests are skipped, but not on CI."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if found is None and os.environ.get("CI"):
        pytest.fail("Chromium is needed to test the page")
    if found is None:
        pytest.skip("Chromium is not installed (Debian: apt install chromium)")
    return found


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    executable = chromium()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=executable, args=ARGS)
        yield browser
        await browser.close()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def sandbox() -> AsyncIterator[Sandbox]:
    sandbox = await Sandbox.start(app=APP)
    sandbox.limits.messages = None
    async with Connected(sandbox):
        yield sandbox
    await sandbox.stop()


class Pages:
    """Open pages by (phone, welcomed), kept for the next test: a new one takes long.

    Each has a context and so a window of its own: Chromium slows down pages that are hidden.
    """

    def __init__(self, browser: Browser) -> None:
        self.browser = browser
        self.free: dict[tuple[bool, bool], list[Page]] = {}
        self.faults: list[str] = []

    async def take(self, key: tuple[bool, bool]) -> Page:
        """A page nobody uses."""
        if self.free.get(key):
            return self.free[key].pop()
        page = await (await self._context(*key)).new_page()
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: self.faults.append(str(error)))
        page.on("console", self._note)
        return page

    async def give_back(self, key: tuple[bool, bool], page: Page) -> None:
        """Leave nothing behind for the next test."""
        await page.evaluate("localStorage.clear()")
        await page.goto("about:blank")
        self.free.setdefault(key, []).append(page)

    async def _context(self, phone: bool, welcomed: bool) -> BrowserContext:
        options: dict[str, Any] = PHONE if phone else {"viewport": {"width": 1280, "height": 800}}
        context = await self.browser.new_context(**options, locale="fr-FR", reduced_motion="reduce")
        if welcomed:
            script = "if (location.host) localStorage.setItem('sandbox.welcomed', '1')"
            await context.add_init_script(script)
        return context

    def _note(self, said: ConsoleMessage) -> None:
        if said.type == "error" and not ON_PURPOSE.search(said.text):
            self.faults.append(said.text)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def pages(browser: Browser) -> Pages:
    return Pages(browser)


@pytest_asyncio.fixture(loop_scope="session")
async def visit(pages: Pages, sandbox: Sandbox) -> AsyncIterator[Open]:
    """Open the page: `await visit(channel="prompts", lang="fr", phone=True)`. Errors in it fail the test."""
    taken: list[tuple[tuple[bool, bool], Page]] = []
    pages.faults.clear()

    async def open_page(*, phone: bool = False, welcomed: bool = True, **query: str) -> Page:
        key = (phone, welcomed)
        page = await pages.take(key)
        taken.append((key, page))
        await page.goto(f"{sandbox.page_url}?{urlencode(query)}")
        await page.wait_for_selector("body[data-ready]")
        return page

    yield open_page
    for key, page in taken:
        await pages.give_back(key, page)
    assert pages.faults == []
