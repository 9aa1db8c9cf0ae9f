"""A bot that uses every kind of interaction once, with discord.py as it comes."""

from __future__ import annotations

import asyncio
import io

import discord
from discord import app_commands
from discord.ext import commands

EVERYWHERE = app_commands.AppCommandContext(guild=True, dm_channel=True, private_channel=True)
BOTH = app_commands.AppInstallationType(guild=True, user=True)


class Form(discord.ui.Modal, title="Formulaire"):
    words = discord.ui.TextInput(label="Mots", custom_id="words", min_length=2)

    async def on_submit(self, interaction: discord.Interaction) -> None:
        await interaction.response.send_message(f"reçu : {self.words.value}", ephemeral=True)


class Panel(discord.ui.View):
    @discord.ui.button(label="Plus", custom_id="plus")
    async def plus(self, interaction: discord.Interaction, button: discord.ui.Button[Panel]) -> None:
        button.label = "Encore"
        await interaction.response.edit_message(content="pressé", view=self)

    @discord.ui.button(label="Lent", custom_id="slow")
    async def slow(self, interaction: discord.Interaction, _: discord.ui.Button[Panel]) -> None:
        await interaction.response.defer()
        await interaction.edit_original_response(content="plus tard")

    @discord.ui.button(label="Formulaire", custom_id="form")
    async def form(self, interaction: discord.Interaction, _: discord.ui.Button[Panel]) -> None:
        await interaction.response.send_modal(Form())

    @discord.ui.button(label="Fermé", custom_id="closed", disabled=True)
    async def closed(self, interaction: discord.Interaction, _: discord.ui.Button[Panel]) -> None:
        raise AssertionError

    @discord.ui.select(custom_id="colour", options=[discord.SelectOption(label=word) for word in ("rouge", "bleu")])
    async def colour(self, interaction: discord.Interaction, select: discord.ui.Select[Panel]) -> None:
        await interaction.response.send_message(f"choisi : {select.values[0]}", ephemeral=True)


class Layout(discord.ui.LayoutView):
    text = discord.ui.TextDisplay("# Titre")
    row: discord.ui.ActionRow[Layout] = discord.ui.ActionRow()

    @row.button(label="Ici", custom_id="here")
    async def here(self, interaction: discord.Interaction, _: discord.ui.Button[Layout]) -> None:
        await interaction.response.send_message("là", ephemeral=True)


@app_commands.command(description="Répète")
@app_commands.describe(text="Ce qu'il faut répéter")
@app_commands.allowed_installs(guilds=True, users=True)
@app_commands.allowed_contexts(guilds=True, dms=True, private_channels=True)
async def echo(
    interaction: discord.Interaction,
    text: app_commands.Range[str, 1, 50],
    private: bool = False,
) -> None:
    locale = interaction.locale.value
    await interaction.response.send_message(f"{locale} {text}", ephemeral=private)


@app_commands.command(description="Prend son temps")
async def slow(interaction: discord.Interaction, seconds: float = 0.05, private: bool = False) -> None:
    await interaction.response.defer(ephemeral=private, thinking=True)
    await asyncio.sleep(seconds)
    await interaction.followup.send("premier")
    await interaction.followup.send("second", ephemeral=True)


@app_commands.command(description="Ne dit rien")
async def silent(interaction: discord.Interaction) -> None:
    del interaction


@app_commands.command(description="Un panneau")
async def panel(interaction: discord.Interaction, private: bool = False) -> None:
    await interaction.response.send_message("panneau", view=Panel(), ephemeral=private)


@app_commands.command(description="Une mise en page")
async def layout(interaction: discord.Interaction) -> None:
    await interaction.response.send_message(view=Layout())


@app_commands.command(description="Une image")
async def chart(interaction: discord.Interaction) -> None:
    image = discord.File(io.BytesIO(b"\x89PNG\r\n\x1a\n" + bytes(8) + b"\x00\x00\x00\x02" * 2), "chart.png")
    embed = discord.Embed(title="Image").set_image(url="attachment://chart.png")
    await interaction.response.send_message(embed=embed, file=image)


@app_commands.command(description="Un formulaire")
async def ask(interaction: discord.Interaction) -> None:
    await interaction.response.send_modal(Form())


@app_commands.command(description="Cherche")
async def find(interaction: discord.Interaction, what: str) -> None:
    await interaction.response.send_message(what)


@find.autocomplete("what")
async def complete(interaction: discord.Interaction, current: str) -> list[app_commands.Choice[str]]:
    del interaction
    return [app_commands.Choice(name=f"{current}{end}", value=f"{current}{end}") for end in "ab"]


@app_commands.context_menu(name="Empreinte")
@app_commands.allowed_installs(guilds=True, users=True)
async def measure(interaction: discord.Interaction, message: discord.Message) -> None:
    await interaction.response.send_message(f"{len(message.content)} signes", ephemeral=True)


@app_commands.context_menu(name="Qui")
async def who(interaction: discord.Interaction, user: discord.User) -> None:
    await interaction.response.send_message(user.display_name, ephemeral=True)


@app_commands.command(description="Pour l'équipe")
@app_commands.default_permissions(manage_guild=True)
async def admin(interaction: discord.Interaction, channel: discord.TextChannel | None = None) -> None:
    assert isinstance(interaction.user, discord.Member)
    allowed = interaction.user.guild_permissions.manage_guild
    place = channel or interaction.channel
    await interaction.response.send_message(f"{allowed} {place}")


class Settings(app_commands.Group):
    @app_commands.command(description="Le modèle")
    async def model(self, interaction: discord.Interaction, model: str) -> None:
        await interaction.response.send_message(model)


COMMANDS = (echo, slow, silent, panel, layout, chart, ask, find, measure, who, admin)


class DemoBot(commands.AutoShardedBot):
    """Registers its commands at start and remembers what it hears."""

    def __init__(self, intents: discord.Intents, shard_count: int | None) -> None:
        super().__init__(
            command_prefix=commands.when_mentioned,
            intents=intents,
            shard_count=shard_count,
            max_messages=None,
            allowed_mentions=discord.AllowedMentions.none(),
            chunk_guilds_at_startup=False,
        )
        self.heard: list[discord.Message] = []
        self.raw: list[tuple[str, object]] = []

    async def setup_hook(self) -> None:
        for command in COMMANDS:
            self.tree.add_command(command)
        self.tree.add_command(Settings(name="settings", description="Réglages"))
        await self.tree.sync()

    async def before_identify_hook(self, shard_id: int | None, *, initial: bool = False) -> None:
        """The library waits five seconds between identifies; the sandbox asks for none."""

    async def on_message(self, message: discord.Message) -> None:
        if not message.author.bot or message.webhook_id:
            self.heard.append(message)

    async def on_raw_message_edit(self, payload: discord.RawMessageUpdateEvent) -> None:
        self.raw.append(("edit", payload.message_id))

    async def on_raw_message_delete(self, payload: discord.RawMessageDeleteEvent) -> None:
        self.raw.append(("delete", payload.message_id))

    async def on_raw_reaction_add(self, payload: discord.RawReactionActionEvent) -> None:
        self.raw.append(("reaction", payload.emoji.name))

    async def hears(self, count: int, seconds: float = 60.0) -> list[discord.Message]:
        """Wait until `count` messages were heard."""
        async with asyncio.timeout(seconds):
            while len(self.heard) < count:
                await asyncio.sleep(0.01)
        return self.heard
