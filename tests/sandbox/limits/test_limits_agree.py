"""What the checker of Discord's OpenAPI description refuses by the documented rules is refused here too."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from sandbox.limits import check_callback, check_command, check_commands, check_message

CHECKER = Path(__file__).parents[4] / "shared" / "discord" / "spec_check.py"
Body = Any


@pytest.fixture(scope="module")
def checker() -> ModuleType:
    if not CHECKER.exists():
        pytest.skip("no spec_check.py beside the repository")
    spec = importlib.util.spec_from_file_location("spec_check", CHECKER)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sys, "dont_write_bytecode", True)
        spec.loader.exec_module(module)
    return module


def button(**keys: Any) -> Body:
    return {"type": 2, "style": 1, "label": "b", "custom_id": "b", **keys}


def menu(**keys: Any) -> Body:
    return {"type": 3, "custom_id": "m", "options": [{"label": "a", "value": "a"}], **keys}


def rowed(*children: Body) -> Body:
    return {"components": [{"type": 1, "components": list(children)}]}


def embed(**keys: Any) -> Body:
    return {"embeds": [{"title": "t", **keys}]}


def option(**keys: Any) -> Body:
    return {"type": 3, "name": "o", "description": "d", **keys}


def command(*options: Body, **keys: Any) -> Body:
    return {"name": "n", "description": "d", "options": list(options), **keys}


V2 = 1 << 15
TEXT = {"type": 10, "content": "t"}
MESSAGES = {
    "content": {"content": "x" * 2001},
    "embeds": {"embeds": [{"title": "t"}] * 11},
    "title": embed(title="x" * 257),
    "description": embed(description="x" * 4097),
    "footer": embed(footer={"text": "x" * 2049}),
    "author": embed(author={"name": "x" * 257}),
    "fields": embed(fields=[{"name": "n", "value": "v"}] * 26),
    "field without a value": embed(fields=[{"name": "n"}]),
    "empty field": embed(fields=[{"name": "n", "value": " "}]),
    "total": {"embeds": [{"description": "x" * 3001}] * 2},
    "empty embed": {"embeds": [{"color": 1}]},
    "colour": embed(color=1 << 24),
    "timestamp": embed(timestamp="today"),
    "url": embed(url="example"),
    "nonce": {"content": "x", "nonce": "1" * 26},
    "mentions": {"content": "x", "allowed_mentions": {"parse": ["here"]}},
    "rows": {"components": [rowed(button(custom_id=f"{n}"))["components"][0] for n in range(6)]},
    "empty row": rowed(),
    "buttons": rowed(*(button(custom_id=f"{n}") for n in range(6))),
    "mixed row": rowed(menu(), button()),
    "duplicate id": rowed(button(), button()),
    "no id": rowed({"type": 2, "style": 1, "label": "b"}),
    "label": rowed(button(label="x" * 81)),
    "no label": rowed({"type": 2, "style": 1, "custom_id": "b"}),
    "id": rowed(button(custom_id="x" * 101)),
    "empty id": rowed(button(custom_id="")),
    "link without url": rowed({"type": 2, "style": 5, "label": "b"}),
    "long url": rowed({"type": 2, "style": 5, "label": "b", "url": "https://a.example/" + "x" * 500}),
    "style": rowed(button(style=9)),
    "options": rowed(menu(options=[{"label": "a", "value": f"{n}"} for n in range(26)])),
    "no options": rowed(menu(options=[])),
    "duplicate values": rowed(menu(options=[{"label": "a", "value": "a"}] * 2)),
    "placeholder": rowed(menu(placeholder="x" * 151)),
    "min over max": rowed(menu(min_values=1, max_values=0)),
    "max over options": rowed(menu(max_values=2)),
    "component type": {"components": [{"type": 99}]},
    "v2 with content": {"flags": V2, "content": "x", "components": [TEXT]},
    "v2 with embeds": {"flags": V2, "embeds": [{"title": "t"}], "components": [TEXT]},
    "41 components": {"flags": V2, "components": [{"type": 17, "components": [TEXT] * 20}] * 2},
    "section": {"flags": V2, "components": [{"type": 9, "components": [TEXT]}]},
    "gallery": {"flags": V2, "components": [{"type": 12, "items": []}]},
    "attachment": {"content": "x", "attachments": [{"id": 3}]},
    "alt text": {"content": "x", "attachments": [{"id": 0, "description": "x" * 1025}]},
    "picture": {**embed(image={"url": "attachment://a"}), "attachments": [{"id": 0, "filename": "b"}]},
}
COMMANDS = {
    "upper case": command(name="Name"),
    "space": command(name="a b"),
    "long name": command(name="x" * 33),
    "no description": {"name": "n"},
    "long description": command(description="x" * 101),
    "menu with description": {"type": 3, "name": "n", "description": "d"},
    "options": command(*(option(name=f"o{n}") for n in range(26))),
    "option name": command(option(name="O")),
    "duplicate option": command(option(), option()),
    "order": command(option(), option(name="p", required=True)),
    "choices": command(option(choices=[{"name": f"{n}", "value": "v"} for n in range(26)])),
    "both": command(option(autocomplete=True, choices=[{"name": "n", "value": "v"}])),
    "choice name": command(option(choices=[{"name": "x" * 101, "value": "v"}])),
    "max length": command(option(max_length=6001)),
    "localised name": command(name_localizations={"fr": "x" * 33}),
    "option type": command(option(type=12)),
    "contexts": command(contexts=[7]),
    "size": command(
        *(option(name=f"o{n}", choices=[{"name": f"{m}", "value": "x" * 100} for m in range(25)]) for n in range(4))
    ),
}
CALLBACKS = {
    "type": {"type": 99},
    "answer": {"type": 4, "data": {"content": "x" * 2001}},
    "suggestions": {"type": 8, "data": {"choices": [{"name": "n", "value": "v"}] * 26}},
    "suggestion": {"type": 8, "data": {"choices": [{"name": "", "value": "v"}]}},
    "title": {"type": 9, "data": {"title": "x" * 46, "custom_id": "c", "components": [{**TEXT}]}},
    "no questions": {"type": 9, "data": {"title": "t", "custom_id": "c", "components": []}},
    "six questions": {"type": 9, "data": {"title": "t", "custom_id": "c", "components": [{**TEXT}] * 6}},
    "no modal id": {"type": 9, "data": {"title": "t", "components": [{**TEXT}]}},
    "text input": {
        "type": 9,
        "data": {
            "title": "t",
            "custom_id": "c",
            "components": [{"type": 1, "components": [{"type": 4, "custom_id": "i", "style": 1, "label": "x" * 46}]}],
        },
    },
}


@pytest.mark.parametrize("name", MESSAGES)
def test_messages(name: str, checker: ModuleType) -> None:
    files = ["files[0]"]
    assert checker.check("POST", "/channels/1/messages", MESSAGES[name], files=files)
    assert check_message(MESSAGES[name], files, creating=True)


@pytest.mark.parametrize("name", COMMANDS)
def test_commands(name: str, checker: ModuleType) -> None:
    assert checker.check("POST", "/applications/1/commands", COMMANDS[name])
    assert check_command(COMMANDS[name])
    assert checker.check("PUT", "/applications/1/commands", [COMMANDS[name]])
    assert check_commands([COMMANDS[name]])


@pytest.mark.parametrize("name", CALLBACKS)
def test_callbacks(name: str, checker: ModuleType) -> None:
    assert checker.check("POST", "/interactions/1/token/callback", CALLBACKS[name])
    assert check_callback(CALLBACKS[name], [])
