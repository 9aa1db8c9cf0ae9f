"""What people write meanwhile: most of it counts, some of it doesn't, and the soak knows which."""

import asyncio
import time

from benchmarks.soak.world import World
from sandbox import Refused
from sandbox.state.models import Channel

FLOOD, FLOOD_INTERVAL = 300, 30.0
ASK_INTERVAL, KINDS_INTERVAL = 3.0, 1.0

TEXTS = (
    "Peux-tu m'expliquer la photosynthèse, avec un exemple tiré de la cuisine, s'il te plaît ? ({n})",
    "Write a detailed study plan for the next eight weeks, with a table for each week, please ({n})",
    "Merci beaucoup ! ({n})",
    "Résume ce chapitre en dix lignes, puis pose-moi cinq questions de contrôle avec leurs réponses ({n})",
)
INVISIBLE = "\u200b\u3164\u2060"


async def write(world: World, channel: Channel) -> None:
    """Let somebody write something that counts."""
    text, counts = world.chance.choice(TEXTS).format(n=len(world.counted)), world.counts(channel)
    world.note(channel, await world.sandbox.post_message(world.anybody(), channel, text), counts=counts)


async def trickle(world: World, rate: float) -> None:
    """Write so many messages a second, anywhere."""
    while True:
        await write(world, world.somewhere())
        await asyncio.sleep(world.chance.expovariate(rate))


async def floods(world: World, size: int = FLOOD, every: float = FLOOD_INTERVAL) -> None:
    """Write hundreds of messages into one channel within a second."""
    while True:
        await asyncio.sleep(every)
        channel = world.somewhere()
        for n in range(size):
            if channel.guild_id in world.quiet:
                break
            await write(world, channel)
            if n % 10 == 0:
                await asyncio.sleep(0.02)


async def kinds(world: World) -> None:
    """Write what doesn't count, as forwards, polls and webhooks, and in threads that aren't in the cache."""
    while True:
        await asyncio.sleep(world.chance.expovariate(1 / KINDS_INTERVAL))
        await world.chance.choice((_uncounted, _woken_thread, _slept_thread, _switched_off))(world)


async def _uncounted(world: World) -> None:
    """A message without a text of its own, or by nobody."""
    channel, who, sandbox = world.somewhere(), world.anybody(), world.sandbox
    kind = world.chance.randrange(5)
    if kind == 0:
        newest = next((one for one in reversed(list(channel.history)) if one.data["content"]), None)
        if newest is not None:
            world.note(channel, await sandbox.forward(who, channel, newest), counts=False)
    elif kind == 1:
        world.note(channel, await sandbox.poll(who, channel, "Thé ?", ("Oui", "Non")), counts=False)
    elif kind == 2:
        world.note(channel, await sandbox.post_message(who, channel, INVISIBLE), counts=False)
    elif kind == 3:
        world.note(channel, await sandbox.voice(who, channel), counts=False)
    else:
        world.note(channel, await sandbox.post_message(who, channel, "Par un webhook", webhook=True), counts=False)


async def _switched_off(world: World) -> None:
    channel = world.chance.choice(world.off)
    if channel.guild_id not in world.quiet:
        message = await world.sandbox.post_message(world.anybody(), channel, "Ici, rien n'est compté.")
        world.note(channel, message, counts=False)


async def _woken_thread(world: World) -> None:
    """A message in a thread that isn't in the cache: it comes before Discord says that the thread woke."""
    thread = world.chance.choice(world.threads)
    if thread.guild_id in world.quiet:
        return
    world.sandbox.world.archive_thread(thread)
    await asyncio.sleep(0.01)
    await write(world, thread)


async def _slept_thread(world: World) -> None:
    """A thread that is made, written in and archived: where the bot isn't there, no event ever tells of it."""
    channel, state = world.somewhere(), world.sandbox.world
    thread = state.add_thread(channel, f"fil {len(world.counted)}", world.anybody())
    await write(world, thread)
    state.archive_thread(thread)


async def questions(world: World) -> None:
    """Use `/footprint` every few seconds, privately: it counts for nobody."""
    while True:
        await asyncio.sleep(ASK_INTERVAL)
        channel, began = world.somewhere(), time.monotonic()
        try:
            options = {"text": "Explique la pluie à un enfant.", "private": True}
            await world.sandbox.command("leo", channel, "footprint", options, timeout=3)
            world.asked.append(time.monotonic() - began)
        except (TimeoutError, Refused):
            world.unanswered += 1
