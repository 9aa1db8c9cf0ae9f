"""The type of the `visit` fixture: opens the page and gives Playwright's."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from playwright.async_api import Page

Open = Callable[..., Awaitable[Page]]
