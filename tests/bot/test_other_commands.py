"""`/models`, `/about` and `/help`, in both languages, for the caller alone."""

import pytest
from discord import app_commands
from house import House


@pytest.mark.parametrize(("user", "t"), [("leo", "Énergie d’une réponse"), ("noah", "Energy of a 400-token answer")])
async def test_models(house: House, user: str, t: str) -> None:
    call = await house.sandbox.command(user, "général", "models", {"query": "mistral"})
    assert call.ephemeral
    assert call.message
    text = call.message["embeds"][0]["description"]
    assert t in text
    assert "mistralai/mistral-large-4-0" in text
    assert "Wh" in text


async def test_models_without_and_with_a_hopeless_query(house: House) -> None:
    everything = await house.sandbox.command("leo", "général", "models")
    assert everything.message and "… et 249 autres" in everything.message["embeds"][0]["description"]
    nothing = await house.sandbox.command("leo", "général", "models", {"query": "**zzz**"})
    assert nothing.message and "Aucun modèle" in nothing.message["embeds"][0]["description"]


@pytest.mark.parametrize(("user", "t"), [("ines", "Ce qu’il faut savoir"), ("noah", "Good to know")])
async def test_about(house: House, user: str, t: str) -> None:
    call = await house.sandbox.command(user, "général", "about")
    assert call.ephemeral
    assert call.message
    page = str(call.message["embeds"][0])
    for part in (
        t,
        str(len(house.bot.usecases.estimator.models)),
        "215",
        "ADEME",
        "1er juillet 2026" if user == "ines" else "1 July 2026",
        "2,06" if user == "ines" else "2.06",
    ):
        assert part in page
    for emoji in ("🐜", "🐁", "🐇", "🐎", "🐘"):
        assert emoji in page


@pytest.mark.parametrize(
    ("user", "parts"),
    [
        ("ines", ("`/vie-privée effacer`", "`/réglages voir`", "`/annoter`", "`/aide`", "Pour qui gère le serveur")),
        ("noah", ("`/privacy erase`", "`/settings show`", "`/annotate`", "`/help`", "For those who manage")),
    ],
)
async def test_help_lists_every_command(house: House, user: str, parts: tuple[str, ...]) -> None:
    call = await house.sandbox.command(user, "général", "help")
    assert call.ephemeral
    assert call.message
    fields = call.message["embeds"][0]["fields"]
    page = "\n".join([*(one["name"] for one in fields), *(one["value"] for one in fields)])
    for part in parts:
        assert part in page
    t = house.bot.catalogues.translator("fr" if user == "ines" else "en")
    for command in house.bot.tree.walk_commands():
        if not isinstance(command, app_commands.Group):
            names = [t(f"command.{path}.name") for path in parts_of(command.qualified_name)]
            assert f"`/{' '.join(names)}`" in page


def parts_of(name: str) -> list[str]:
    whole = name.split(" ")
    return [".".join(whole[: at + 1]) for at in range(len(whole))]
