"""Whatever is within the limits passes, whatever the characters; and no JSON makes a check fall over."""

from typing import Any

import discord
from discord import app_commands
from hypothesis import given
from hypothesis import strategies as st

from sandbox.limits import (
    check_callback,
    check_command,
    check_commands,
    check_message,
    empty_message,
)

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)
KEYS = {
    "message": (
        *("content", "embeds", "components", "attachments", "allowed_mentions", "flags", "nonce", "poll"),
        *("message_reference", "sticker_ids", "title", "description", "fields", "footer", "author", "image"),
        *("name", "value", "text", "url", "icon_url", "color", "timestamp", "parse", "users", "type", "id"),
        *("custom_id", "style", "label", "emoji", "options", "min_values", "max_values", "default_values"),
        *("default", "accessory", "media", "items", "file", "spacing", "filename", "tts", "thumbnail"),
    ),
    "callback": (
        *("choices", "title", "custom_id", "components", "component", "type", "label", "name", "value"),
        *("style", "min_length", "max_length", "options", "min_values", "max_values", "required"),
    ),
    "command": (
        *("name", "type", "description", "options", "choices", "value", "required", "autocomplete"),
        *("min_value", "max_value", "min_length", "name_localizations", "description_localizations"),
        *("contexts", "integration_types", "default_member_permissions", "nsfw", "fr"),
    ),
}


def shaped(kind: str) -> st.SearchStrategy[Any]:
    """JSON that uses the keys of a kind of body, mostly wrongly."""
    keys = st.sampled_from(KEYS[kind])
    leaf = st.none() | st.booleans() | st.integers(-2, 20) | st.sampled_from(["", "x", "fr", 2**60, 0.5, 1 << 15])
    return st.recursive(
        leaf,
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(keys, inner, max_size=5),
        max_leaves=20,
    )


def words(most: int, least: int = 1) -> st.SearchStrategy[str]:
    """Text that shows something."""
    return st.text(min_size=least, max_size=most).filter(str.strip)


FIELDS = st.lists(st.fixed_dictionaries({"name": words(40), "value": words(60)}), max_size=3)
EMBED = st.fixed_dictionaries(
    {"title": words(50)},
    optional={
        "description": st.text(max_size=200),
        "fields": FIELDS,
        "color": st.integers(0, 0xFFFFFF),
        "timestamp": st.datetimes(timezones=st.timezones()).map(lambda moment: moment.isoformat()),
        "footer": st.fixed_dictionaries({"text": words(40)}),
        "image": st.just({"url": "https://a.example/b.png"}),
    },
)
BUTTON = st.fixed_dictionaries({"type": st.just(2), "style": st.integers(1, 4), "label": words(80)})


@st.composite
def rows(draw: st.DrawFn) -> list[dict[str, Any]]:
    """Up to five rows of up to five buttons, each with an id of its own."""
    sizes = draw(st.lists(st.integers(1, 5), max_size=5))
    ids = iter(draw(st.lists(st.text(min_size=1, max_size=100), min_size=25, max_size=25, unique=True)))
    return [
        {"type": 1, "components": [{**draw(BUTTON), "custom_id": next(ids)} for _ in range(size)]} for size in sizes
    ]


@given(st.text(max_size=2000), st.lists(EMBED, max_size=5), rows())
def test_messages_within_the_limits_pass(content: str, embeds: list[Any], components: list[Any]) -> None:
    body = {"content": content, "embeds": embeds, "components": components}
    assert check_message(body, [], creating=True) == {}
    assert check_callback({"type": 4, "data": body}, []) == {}
    assert empty_message(body, []) is not bool(content.strip() or embeds or components)


@given(st.lists(st.text(min_size=1, max_size=500), min_size=1, max_size=8))
def test_texts_of_components_v2_within_the_limit_pass(texts: list[str]) -> None:
    components = [{"type": 10, "content": text} for text in texts]
    assert check_message({"flags": 1 << 15, "components": components}, [], creating=True) == {}


@given(JSON | shaped("message"), st.booleans(), st.booleans())
def test_any_json_gets_an_answer_as_a_message(body: Any, creating: bool, interaction: bool) -> None:
    assert isinstance(check_message(body, ["files[0]"], creating=creating, interaction=interaction), dict)


@given(st.sampled_from([4, 5, 7, 8, 9]), JSON | shaped("callback") | shaped("message"))
def test_any_json_gets_an_answer_as_a_callback(kind: int, data: Any) -> None:
    assert isinstance(check_callback({"type": kind, "data": data}, []), dict)


@given(JSON | shaped("command"))
def test_any_json_gets_an_answer_as_a_command(payload: Any) -> None:
    assert isinstance(check_command(payload), dict)
    assert isinstance(check_commands([payload, payload]), dict)


@app_commands.command(name="footprint")
@app_commands.describe(text="What to estimate")
@app_commands.choices(zone=[app_commands.Choice(name="France", value="FRA")])
@app_commands.allowed_installs(guilds=True, users=True)
async def _command(
    _interaction: discord.Interaction,
    text: app_commands.Range[str, 1, 6000],
    share: app_commands.Range[float, 0.0, 1.0] = 0.0,
    zone: str = "FRA",
) -> None:
    """Estimate a text."""


async def test_what_discord_py_registers_passes() -> None:
    client = discord.Client(intents=discord.Intents.none())
    tree = app_commands.CommandTree(client)
    group = app_commands.Group(name="settings", description="Settings")
    group.command(name="show", description="Show them")(_shown)
    tree.add_command(_command)
    tree.add_command(group)
    tree.add_command(app_commands.ContextMenu(name="Empreinte (Wh)", callback=_chosen))
    payload = [command.to_dict(tree) for command in tree.get_commands()]
    assert {each["type"] for each in payload} == {1, 3}
    assert check_commands(payload) == {}


async def _shown(_interaction: discord.Interaction) -> None: ...


async def _chosen(_interaction: discord.Interaction, _message: discord.Message) -> None: ...


async def test_what_discord_py_sends_passes() -> None:
    view = discord.ui.View()
    view.add_item(discord.ui.Button(label="Méthode", custom_id="m", emoji="🌱"))
    view.add_item(discord.ui.Button(label="Site", url="https://a.example"))
    view.add_item(discord.ui.Select(custom_id="s", options=[discord.SelectOption(label="a")]))
    embed = discord.Embed(title="t", colour=3, timestamp=discord.utils.utcnow())
    body = {"content": None, "embeds": [embed.to_dict()], "components": view.to_components()}
    assert check_message(body, [], creating=True) == {}
    layout = discord.ui.LayoutView()
    layout.add_item(discord.ui.Container(discord.ui.TextDisplay("t"), discord.ui.Separator(), accent_colour=3))
    assert check_message({"flags": 1 << 15, "components": layout.to_components()}, [], creating=True) == {}
    modal = discord.ui.Modal(title="t", custom_id="c")
    modal.add_item(discord.ui.Label(text="l", component=discord.ui.TextInput(custom_id="i")))
    modal.add_item(discord.ui.TextInput(label="l", custom_id="j"))
    assert check_callback({"type": 9, "data": modal.to_dict()}, []) == {}
