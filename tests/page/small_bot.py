"""A small discord.py bot with one of everything the page has to show."""

from __future__ import annotations

import asyncio
import io
import struct
import zlib
from typing import Any

import discord
from discord import app_commands
from discord.gateway import DiscordWebSocket
from discord.http import Route
from yarl import URL

from sandbox import Sandbox

FRENCH = {
    "footprint": "empreinte",
    "settings": "réglages",
    "model": "modèle",
    "text": "texte",
    "private": "privé",
    "channel": "salon",
    "What answering this text would consume": "Ce que répondre à ce texte consommerait",
    "The text to answer": "Le texte auquel répondre",
    "Only for you": "Pour vous seul",
    "reply": "réponse",
    "silent": "silencieux",
}
MODELS = ["openai/gpt-4o", "openai/gpt-4o-mini", "mistralai/mistral-large-latest"]


class French(app_commands.Translator):
    """The few words above."""

    async def translate(
        self,
        string: app_commands.locale_str,
        locale: discord.Locale,
        context: app_commands.TranslationContextTypes,
    ) -> str | None:
        return FRENCH.get(string.message) if locale is discord.Locale.french else None


def picture() -> discord.File:
    """A small green PNG, built by hand."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    rows = b"".join(b"\0" + b"\x4f\xae\x78" * 320 for _ in range(120))
    head = struct.pack(">IIBBBBB", 320, 120, 8, 2, 0, 0, 0)
    body = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return discord.File(io.BytesIO(b"\x89PNG\r\n\x1a\n" + body), "chart.png")


def footprint_embed(text: str) -> discord.Embed:
    embed = discord.Embed(title="🌱 GPT-4o", description=f"⚡ **0,83 Wh** (0,16 – 2,1)\n{text}", colour=0x4FAE78)
    embed.add_field(name="⚡ Énergie", value="0,83 Wh")
    embed.add_field(name="🌍 CO₂e", value="0,34 g")
    embed.add_field(name="💧 Eau", value="3 mL")
    embed.set_image(url="attachment://chart.png").set_footer(text="EcoLogits 0.11.3")
    return embed


class Buttons(discord.ui.View):
    """Under each footprint."""

    def __init__(self) -> None:
        super().__init__(timeout=None)

    @discord.ui.button(label="Méthode", custom_id="method", emoji="🔬")
    async def method(self, interaction: discord.Interaction, _: discord.ui.Button[Buttons]) -> None:
        await interaction.response.send_message("Voici la **méthode**.", ephemeral=True)

    @discord.ui.button(label="Silence", custom_id="silence", style=discord.ButtonStyle.danger)
    async def silence(self, interaction: discord.Interaction, _: discord.ui.Button[Buttons]) -> None:
        """Never answered: the page must say so."""

    @discord.ui.select(
        custom_id="period",
        placeholder="Période",
        options=[
            discord.SelectOption(label="Semaine", value="week"),
            discord.SelectOption(label="Mois", value="month"),
        ],
    )
    async def period(self, interaction: discord.Interaction, select: discord.ui.Select[Any]) -> None:
        await interaction.response.send_message(f"Choisi : {select.values[0]}", ephemeral=True)


class Question(discord.ui.Modal, title="Question"):
    """BoardRequest by /ask."""

    answer: discord.ui.TextInput[Question] = discord.ui.TextInput(label="Réponse", custom_id="answer")

    async def on_submit(self, interaction: discord.Interaction) -> None:
        await interaction.response.send_message(f"Reçu : {self.answer.value}")


class SmallBot(discord.Client):
    """One command of each kind."""

    def __init__(self) -> None:
        super().__init__(intents=discord.Intents.default(), max_messages=None)
        self.tree = app_commands.CommandTree(self)

    async def setup_hook(self) -> None:
        await self.tree.set_translator(French())
        for command in (footprint, slow, ask, setup, mute, layout, chart, vote, Settings(), empreinte):
            self.tree.add_command(command)
        self.add_view(Buttons())
        await self.tree.sync()


@app_commands.command(description="What answering this text would consume")
@app_commands.describe(text="The text to answer", model="model", private="Only for you")
async def footprint(
    interaction: discord.Interaction,
    text: app_commands.Range[str, 3, 500],
    model: str | None = None,
    private: bool = False,
) -> None:
    embed = footprint_embed(f"{model or 'openai/gpt-4o'} · {interaction.locale} · {text}")
    await interaction.response.send_message(embed=embed, file=picture(), view=Buttons(), ephemeral=private)


@footprint.autocomplete("model")
async def models(_: discord.Interaction, current: str) -> list[app_commands.Choice[str]]:
    return [app_commands.Choice(name=name, value=name) for name in MODELS if current.lower() in name]


@app_commands.command(description="Thinks, then answers twice")
async def slow(interaction: discord.Interaction) -> None:
    await interaction.response.defer(thinking=True)
    await asyncio.sleep(0.6)
    await interaction.followup.send("Enfin.")
    await interaction.followup.send("Et encore.", ephemeral=True)


@app_commands.command(description="Asks with a modal")
async def ask(interaction: discord.Interaction) -> None:
    await interaction.response.send_modal(Question())


class Setup(discord.ui.Modal, title="Réglages du serveur"):
    """One of each field a modal can have."""

    language = discord.ui.Label(
        text="Langue",
        description="Des réponses publiques",
        component=discord.ui.RadioGroup(
            custom_id="language",
            options=[
                discord.RadioGroupOption(label="Français", value="fr", default=True),
                discord.RadioGroupOption(label="English", value="en"),
            ],
        ),
    )
    model = discord.ui.Label(
        text="Modèle",
        component=discord.ui.Select(
            custom_id="model",
            options=[discord.SelectOption(label=one, value=one, default=at == 1) for at, one in enumerate(MODELS)],
        ),
    )
    shown = discord.ui.Label(
        text="Montrer",
        component=discord.ui.CheckboxGroup(
            custom_id="shown",
            required=False,
            options=[
                discord.CheckboxGroupOption(label="Énergie", value="energy", default=True),
                discord.CheckboxGroupOption(label="Eau", value="water"),
            ],
        ),
    )
    recap = discord.ui.Label(text="Bilan du lundi", component=discord.ui.Checkbox(custom_id="recap"))

    def __init__(self, channel: discord.abc.Snowflake) -> None:
        super().__init__()
        preset = discord.SelectDefaultValue(id=channel.id, type=discord.SelectDefaultValueType.channel)
        select: discord.ui.ChannelSelect[Any] = discord.ui.ChannelSelect(custom_id="channel", default_values=[preset])
        self.add_item(discord.ui.Label(text="Salon", component=select))
        self.channel = select

    async def on_submit(self, interaction: discord.Interaction) -> None:
        parts = (self.language, self.model, self.shown, self.recap)
        language, model, shown, recap = (part.component for part in parts)
        assert isinstance(language, discord.ui.RadioGroup)
        assert isinstance(model, discord.ui.Select)
        assert isinstance(shown, discord.ui.CheckboxGroup)
        assert isinstance(recap, discord.ui.Checkbox)
        told = [language.value, *model.values, *shown.values, recap.value, *(one.name for one in self.channel.values)]
        await interaction.response.send_message(" · ".join(map(str, told)))


@app_commands.command(description="Asks with one field of each kind")
async def setup(interaction: discord.Interaction) -> None:
    assert interaction.channel is not None
    await interaction.response.send_modal(Setup(interaction.channel))


class Votes(discord.ui.View):
    """Counts who pressed."""

    def __init__(self) -> None:
        super().__init__(timeout=None)
        self.names: list[str] = []

    @discord.ui.button(label="Plus", custom_id="vote")
    async def vote(self, interaction: discord.Interaction, _: discord.ui.Button[Votes]) -> None:
        self.names.append(interaction.user.display_name)
        await interaction.response.edit_message(content=f"Votes : {', '.join(self.names)}")


@app_commands.command(description="A question for everybody")
async def vote(interaction: discord.Interaction) -> None:
    await interaction.response.send_message("Plus ou moins ?", view=Votes())


@app_commands.command(description="A picture in a layout, with its words")
async def chart(interaction: discord.Interaction) -> None:
    view = discord.ui.LayoutView()
    gallery: discord.ui.MediaGallery[Any] = discord.ui.MediaGallery()
    gallery.add_item(media="attachment://chart.png", description="Sept barres, la plus haute jeudi : 12 Wh")
    view.add_item(discord.ui.Container(discord.ui.TextDisplay("## La semaine"), gallery))
    await interaction.response.send_message(view=view, file=picture())


@app_commands.command(description="Never answers")
async def mute(interaction: discord.Interaction) -> None:
    """Never answered: the page must say so."""


class Panel(discord.ui.LayoutView):
    """Components V2."""

    box: discord.ui.Container[Panel] = discord.ui.Container(
        discord.ui.Section("### Tableau", "12 messages", accessory=discord.ui.Button(label="Voir", custom_id="see")),
        discord.ui.Separator(),
        discord.ui.TextDisplay("-# Fin"),
        accent_colour=0x4FAE78,
    )


@app_commands.command(description="Components V2")
async def layout(interaction: discord.Interaction) -> None:
    await interaction.response.send_message(view=Panel())


class Settings(app_commands.Group, name="settings", description="Settings"):
    """A group, shown as "settings mode"."""

    @app_commands.command(description="How, where, and how much")
    @app_commands.choices(
        mode=[
            app_commands.Choice(name="silent", value="silent"),
            app_commands.Choice(name="reply", value="reply"),
        ]
    )
    async def mode(
        self,
        interaction: discord.Interaction,
        mode: str,
        channel: discord.TextChannel,
        min_tokens: app_commands.Range[int, 0, 100] = 8,
    ) -> None:
        await interaction.response.send_message(f"{mode} {channel.mention} {min_tokens}", ephemeral=True)


@app_commands.context_menu(name="Empreinte")
async def empreinte(interaction: discord.Interaction, message: discord.Message) -> None:
    await interaction.response.send_message(f"Lu : {message.content}", ephemeral=True)


class Connected:
    """The bot, connected to a sandbox for as long as the `async with` lasts."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.bot = SmallBot()

    async def __aenter__(self) -> SmallBot:
        self.before = Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY
        Route.BASE = self.sandbox.api_root
        DiscordWebSocket.DEFAULT_GATEWAY = URL(self.sandbox.gateway.url)
        self.task = asyncio.create_task(self.bot.start(self.sandbox.token))
        ready = asyncio.create_task(self.sandbox.wait_for_bot(timeout=60))
        await asyncio.wait([self.task, ready], return_when=asyncio.FIRST_COMPLETED)
        if self.task.done():
            ready.cancel()
            self.task.result()
        await ready
        return self.bot

    async def __aexit__(self, *_: object) -> None:
        await self.bot.close()
        await asyncio.wait([self.task])
        Route.BASE, DiscordWebSocket.DEFAULT_GATEWAY = self.before
