"""Discord's markdown, as trees."""

from __future__ import annotations

import re
from typing import Any

import pytest
from opening import Open

pytestmark = [pytest.mark.browser, pytest.mark.asyncio(loop_scope="session")]

CASES = {
    "**gras** et *penché*": "p(strong(gras) et em(penché))",
    "***les deux***": "p(strong(em(les deux)))",
    "__souligné__ ~~barré~~ ||caché||": "p(underline(souligné) strike(barré) spoiler(caché))",
    "snake_case_name _em_": "p(snake_case_name em(em))",
    "5 * 3 * 2": "p(5 * 3 * 2)",
    r"\*pas penché\*": "p(*pas penché*)",
    "`a ** b`": "p(code[a ** b])",
    "# Titre\ntexte": "heading(Titre)p(texte)",
    "-# petit": "small(petit)",
    "> une\n> deux\nfin": "quote(p(une\ndeux))p(fin)",
    ">>> tout\nle reste": "quote(p(tout\nle reste))",
    "- un\n- deux\n  - bis": "list(item(un)item(deuxlist(item(bis))))",
    "1. un\n2. deux": "list(item(un)item(deux))",
    "- un\n1. deux": "list(item(un))list(item(deux))",
    "avant\n```py\nx = '**'\n```\naprès": "p(avant)codeblock[x = '**']p(après)",
    "[ici](https://a.example/b_(c)) fin": "p(link(ici) fin)",
    "[ici](ftp://a.example)": "p([ici](ftp://a.example))",
    "voir https://a.example/x.": "p(voir link(https://a.example/x).)",
    "<@123> <#45> <@&6> <t:0:R>": "p(user channel role time)",
    "2 < 3 et ** seul": "p(2 < 3 et ** seul)",
}


def drawn(nodes: list[dict[str, Any]]) -> str:
    """A tree on one line."""

    def one(node: dict[str, Any]) -> str:
        if node["type"] == "text":
            return node["text"]
        name = "p" if node["type"] == "paragraph" else node["type"]
        if "children" in node:
            return f"{name}({drawn(node['children'])})"
        return f"{name}[{node['text']}]" if "text" in node else name

    return "".join(one(node) for node in nodes)


async def test_markdown(visit: Open) -> None:
    page = await visit(lang="fr")
    read = "async texts => { const { parse } = await import('/page/markdown.js'); return texts.map(parse); }"
    trees = await page.evaluate(read, list(CASES))
    assert {text: drawn(tree) for text, tree in zip(CASES, trees, strict=True)} == CASES


async def test_hostile_text_is_read_in_time(visit: Open) -> None:
    page = await visit(lang="fr")
    texts = [
        "*" * 4000,
        "_" * 4000,
        "[" * 4000,
        "||" * 2000,
        "<@" * 2000,
        "`" * 3999,
        "> " * 2000,
        "**a" * 1300,
    ]
    read = """async texts => {
        const { parse } = await import('/page/markdown.js');
        const start = performance.now();
        texts.forEach(parse);
        return performance.now() - start;
    }"""
    assert await page.evaluate(read, texts) < 15_000  # milliseconds; a parser that backtracks takes minutes


async def test_dictionaries_are_equal_key_for_key(visit: Open) -> None:
    page = await visit(lang="fr")
    fr, en = await page.evaluate("async () => { const { fr, en } = await import('/page/i18n.js'); return [fr, en]; }")
    assert list(fr) == list(en)
    blanks = [key for key in fr if set(re.findall(r"{\w+}", fr[key])) != set(re.findall(r"{\w+}", en[key]))]
    assert blanks == []
    assert all(text.strip() for text in [*fr.values(), *en.values()])
