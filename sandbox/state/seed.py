"""What a newcomer finds: two servers with a few people and harmless messages, one server without the bot."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sandbox.state import snowflakes
from sandbox.state.message_store import MessageStore
from sandbox.state.models import CATEGORY, Guild, User
from sandbox.state.world import World

PEOPLE = (
    ("camille", "Camille", "fr", "#e67e22"),
    ("leo", "Léo", "fr", "#3498db"),
    ("ines", "Inès", "fr", "#9b59b6"),
    ("noah", "Noah", "en-US", "#1abc9c"),
    ("emma", "Emma", "en-GB", "#e91e63"),
)

AI_BOT = "pythie"
"""The name of the member that is an AI bot."""

MAIL = (
    "Rédige un mail poli à ma propriétaire pour lui demander de faire réparer la chaudière : "
    "elle tombe en panne tous les matins depuis lundi, et il fait 15 °C dans le salon. "
    "Propose deux créneaux la semaine prochaine, s'il te plaît."
)
EXERCISE = (
    "Explique la photosynthèse à un élève de cinquième, en moins de dix phrases, "
    "avec une comparaison tirée de la cuisine."
)
THREAD_NOTE = "On compare les réponses courtes et longues à la même question, chiffres à l'appui ?"
BETWEEN_TWO = "Tu peux me relire cette question avant que je la pose au modèle, s'il te plaît ?"
QUESTION = (
    "Could you explain the difference between a heat pump and a gas boiler to a ten-year-old, "
    "and tell me which one would be cheaper to run over ten years in a small flat?"
)


@dataclass(frozen=True)
class SeedMessage:
    """A message written some minutes before the start."""

    channel: str
    author: str
    text: str
    minutes_ago: int


SEED_MESSAGES = (
    SeedMessage("Atelier IA/général", "camille", "Bienvenue dans l'atelier ! On teste des prompts dans #prompts.", 190),
    SeedMessage("Atelier IA/général", "leo", "Salut tout le monde 👋", 184),
    SeedMessage("Atelier IA/prompts", "ines", MAIL, 95),
    SeedMessage("Atelier IA/prompts", "leo", "Merci beaucoup, c'est parfait !", 90),
    SeedMessage("Atelier IA/prof", "camille", EXERCISE, 60),
    SeedMessage("Atelier IA/Réponses courtes ou longues ?", "ines", THREAD_NOTE, 40),
    SeedMessage("English Club/general", "noah", "Hi everyone! Who is up for a round of prompts today?", 150),
    SeedMessage("English Club/prompts", "emma", QUESTION, 45),
    SeedMessage("English Club/prompts", "noah", "Thanks, that's really clear.", 41),
    SeedMessage("Ailleurs/discussions", "leo", "Ici, le bot n'est pas invité : on l'a juste dans ses applis.", 30),
)


def plant(world: World, messages: MessageStore) -> None:
    """Fill an empty world. Guild ids lie in the past, so that they spread over shards."""
    people = {name: _person(world, name, shown, locale, color) for name, shown, locale, color in PEOPLE}
    people[AI_BOT] = _person(world, AI_BOT, "Pythie", "fr", "#546e7a")
    people[AI_BOT].bot = True
    _french(world, people)
    _english(world, people)
    elsewhere = _guild(world, "Ailleurs", people["leo"], "fr", (), bot=False)
    world.add_channel(elsewhere, "discussions")
    world.add_member(elsewhere, people["camille"])
    now = world.clock.now()
    for line in sorted(SEED_MESSAGES, key=lambda one: -one.minutes_ago):
        moment = now - timedelta(minutes=line.minutes_ago)
        messages.post_message(
            people[line.author], world.channel(line.channel), line.text, message_id=snowflakes.at(moment)
        )
    private = world.dm(people["camille"], people["leo"])
    messages.post_message(people["leo"], private, BETWEEN_TWO, message_id=snowflakes.at(now - timedelta(minutes=20)))


def _person(world: World, name: str, shown: str, locale: str, color: str) -> User:
    user = world.add_user(name, shown, locale)
    user.color = color
    return user


def _guild(world: World, name: str, owner: User, locale: str, features: tuple[str, ...], *, bot: bool) -> Guild:
    days = 400 + 97 * len(world.guilds)
    guild_id = snowflakes.at(world.clock.now() - timedelta(days=days))
    return world.add_guild(name, owner, locale=locale, features=features, bot=bot, guild_id=guild_id)


def _french(world: World, people: dict[str, User]) -> None:
    guild = _guild(world, "Atelier IA", people["camille"], "fr", ("COMMUNITY",), bot=True)
    world.add_channel(guild, "général", topic="Tout et rien")
    category = world.add_channel(guild, "Pratique", type=CATEGORY)
    prompts = world.add_channel(guild, "prompts", parent=category, topic="Essayons, comparons")
    world.add_channel(guild, "prof", parent=category, topic="Préparer un cours")
    for name in ("leo", "ines", "noah", AI_BOT):
        world.add_member(guild, people[name])
    world.add_thread(prompts, "Réponses courtes ou longues ?", people["ines"])


def _english(world: World, people: dict[str, User]) -> None:
    guild = _guild(world, "English Club", people["camille"], "en-US", ("COMMUNITY",), bot=True)
    world.add_channel(guild, "general", topic="Say hello")
    world.add_channel(guild, "prompts", topic="Try one, compare it")
    for name in ("noah", "emma", "ines", AI_BOT):
        world.add_member(guild, people[name])
