"""Nothing a person or a bot writes becomes code, and nothing outside is loaded."""

from __future__ import annotations

import pytest
from opening import Open
from playwright.async_api import expect

from sandbox import Sandbox

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

ATTACKS = [
    "<img src=x onerror=window.hurt=1>",
    "<script>window.hurt=1</script>",
    "[clic](javascript:window.hurt=1)",
    "[clic](<javascript:window.hurt=1>)",
    '[clic](https://example.org/"onmouseover="window.hurt=1)',
    "`<svg onload=window.hurt=1>`",
    "```html\n<iframe srcdoc='<script>parent.hurt=1</script>'></iframe>\n```",
    "||<img src=x onerror=window.hurt=1>||",
    "<t:99999999999999:R> <t:9999999999999:F> <@0> <#0> <@&0>",
]


async def test_attacks_stay_text(visit: Open, sandbox: Sandbox) -> None:
    page = await visit(user="leo", channel="prof", lang="fr")
    for text in ATTACKS:
        said = await sandbox.post_message("camille", "prof", text)
        row = page.locator(f"[data-id='{said['id']}']")
        await expect(row).to_be_visible()
        assert await row.locator("img, script, iframe, .content svg").count() == 0, text
        links = await row.locator("a").evaluate_all("links => links.map(link => link.href)")
        assert all(link.startswith("https://") for link in links), text
        handlers = "nodes => nodes.some(n => [...n.attributes].some(a => a.name.startsWith('on')))"
        assert not await row.locator("*").evaluate_all(handlers), text
    await page.wait_for_timeout(100)
    assert await page.evaluate("window.hurt") is None


async def test_only_the_sandboxs_own_pictures_are_loaded(visit: Open, sandbox: Sandbox) -> None:
    page = await visit(lang="fr")
    here = sandbox.page_url.rstrip("/")
    addresses = [
        "https://example.org/attachments/1/2/a.png",
        "javascript:1",
        "//evil.example/attachments/a.png",
        f"{here}/sandbox/api/state",
        f"{here}/attachments/1/2/a.png",
        "attachment://a.png",
    ]
    files = [{"filename": "a.png", "url": f"{here}/attachments/9/9/a.png"}]
    found = await page.evaluate(
        """async ([addresses, files]) => {
            const { localAddress } = await import('/page/media.js');
            return addresses.map((address) => localAddress(address, files));
        }""",
        [addresses, files],
    )
    assert found == [None, None, None, None, "/attachments/1/2/a.png", "/attachments/9/9/a.png"]


async def test_the_page_forbids_foreign_code(visit: Open) -> None:
    page = await visit(lang="fr")
    policy = await page.get_attribute("meta[http-equiv='Content-Security-Policy']", "content")
    assert policy is not None
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
