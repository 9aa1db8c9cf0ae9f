"""Turns annotations into requests to Discord: a reaction, a reply, a digest posted or edited."""

import time
from collections.abc import Awaitable, Callable
from typing import Any

import discord

from bot.annotating.digest import Digest
from bot.annotating.pending_annotation import PendingAnnotation
from bot.annotating.rate_limits import RateLimits
from bot.annotating.sending import Outcome, attempt
from bot.counting.bounded_dict import BoundedDict
from bot.counting.clock import DiscordClock
from bot.counting.effective_settings import EffectiveSettings, community_locale
from bot.ledger.types import moment_of
from bot.presentation import annotate, annotation
from bot.presentation.annotation import DigestSums
from bot.presentation.translator import Catalogues, Translator

MakeButton = Callable[[Translator], discord.ui.View]
"""Makes the view with the button by which somebody has their messages left alone."""

KeepNotice = Callable[[int, int, int, int], Awaitable[None]]
"""Remembers a notice: server, where it stands, which channel it is about, the message."""

TAKE_BACK_SECONDS = 10.0


class AnnotationSender:
    """Says it in the server's language. Replies ping nobody, notify nobody, and hold nothing that people wrote.

    A nonce made of the message's id lets Discord recognise a request that comes twice.
    """

    def __init__(
        self,
        client: discord.AutoShardedClient,
        effective: EffectiveSettings,
        catalogues: Catalogues,
        rate_limits: RateLimits,
        discords_clock: DiscordClock,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._client, self._effective, self._estimator = client, effective, effective.estimator
        self._catalogues, self._rate_limits, self._clock = catalogues, rate_limits, clock
        self._discords_clock = discords_clock
        self.button: MakeButton | None = None
        """Set by the cog that listens to it."""
        self._replies = BoundedDict[int, int](2_000)
        self._deleted = BoundedDict[int, None](1_000)
        self.was_offered: Callable[[int], Awaitable[bool]] | None = None
        self.keep_offer: Callable[[int], None] | None = None
        """Set by the cog, like `button`: who has seen it, kept without making the annotations wait."""
        self._offering = BoundedDict[int, None](10_000)
        self.notice_button: MakeButton | None = None
        self.keep_first_notice: KeepNotice | None = None
        """Set by the cogs, like `button`: what stands under a channel's notice, and who remembers it."""
        self._channels_told = BoundedDict[int, None](10_000)

    async def tell_first(self, pending: PendingAnnotation, seconds: float) -> None:
        """Tell a channel, before its first annotation, what is counted and shown, unless it was told.

        Tried once: where the bot may not write, its reactions come all the same.
        """
        about = pending.parent_id or pending.channel_id
        if about in self._channels_told or self._effective.preferences.told.is_told(pending.guild_id, about):
            return
        self._channels_told.put(about, None)
        t = self._t(pending.guild_id)
        view = self.notice_button(t) if self.notice_button is not None else None
        more: dict[str, Any] = {"view": view} if view is not None else {}
        nonce = f"n{pending.message_id}"
        sending = self._place(pending).send(annotate.first_notice(t), silent=True, nonce=nonce, **more)
        _, sent = await attempt(sending, seconds, self._rate_limits, self._clock)
        if sent is not None and self.keep_first_notice is not None:
            await self.keep_first_notice(pending.guild_id, pending.channel_id, about, sent.id)
            self._channels_told.pop(about)  # from now on the choices know

    async def react(self, pending: PendingAnnotation, seconds: float) -> Outcome:
        """Add the emoji of the footprint's size."""
        emoji = self._estimator.sizes.for_energy(pending.footprint.impact.energy_wh.expected).emoji
        message = self._place(pending).get_partial_message(pending.message_id)
        outcome, _ = await attempt(message.add_reaction(emoji), seconds, self._rate_limits, self._clock)
        return outcome

    async def reply(self, pending: PendingAnnotation, seconds: float) -> Outcome:
        """Answer with one line; the first one that somebody ever gets has the button that makes it the last."""
        t = self._t(pending.guild_id)
        picture = self._estimator.equivalence_of(pending.footprint.impact.energy_wh.expected)
        more: dict[str, Any] = {}
        offers = bool(pending.author_id) and await self._may_offer(pending.author_id)
        if offers and self.button is not None:
            more["view"] = self.button(t)
        sending = self._place(pending).send(
            annotation.line(pending.footprint, picture, t, measured=pending.measured),
            reference=_reference(pending),
            mention_author=False,
            silent=True,
            nonce=pending.message_id,
            **more,
        )
        outcome, sent = await attempt(sending, seconds, self._rate_limits, self._clock)
        if offers:
            self._offered(pending.author_id, seen=sent is not None)
        if sent is not None:
            self._replies.put(pending.message_id, sent.id)
            if pending.message_id in self._deleted:  # while our reply was on its way
                await self.delete_reply(pending.channel_id, pending.message_id)
        return outcome

    async def _may_offer(self, user_id: int) -> bool:
        """Tell whether somebody's first reply is about to go out; until it has, no other of theirs offers it."""
        if self.button is None or self.was_offered is None or user_id in self._offering:
            return False
        self._offering.put(user_id, None)
        if not await self.was_offered(user_id):
            return True
        self._offering.pop(user_id)
        return False

    def _offered(self, user_id: int, *, seen: bool) -> None:
        if not seen:
            self._offering.pop(user_id)
        elif self.keep_offer is not None:
            self.keep_offer(user_id)

    async def digest(
        self, digest: Digest, may_be_named: Callable[[PendingAnnotation], bool], seconds: float
    ) -> Outcome:
        """Post the digest, or edit it in place; one that somebody removed isn't posted again."""
        place, text = self._place(digest.first), self._digest_text(digest, may_be_named)
        digest.begins(self._clock())
        if digest.posted_id is None:
            nonce = f"d{digest.first.message_id}"
            sending = place.send(text, silent=True, suppress_embeds=True, nonce=nonce)
        else:
            sending = place.get_partial_message(digest.posted_id).edit(content=text)
        outcome, sent = await attempt(sending, seconds, self._rate_limits, self._clock)
        digest.ended(sent.id if sent is not None else None)
        digest.removed = digest.removed or outcome is Outcome.GONE
        return outcome

    async def delete_reply(self, channel_id: int, message_id: int) -> None:
        """Delete our reply to a message that is deleted, now or as soon as it is there."""
        reply_id = self._replies.pop(message_id)
        if reply_id is None:
            self._deleted.put(message_id, None)
        else:
            reply = self._client.get_partial_messageable(channel_id).get_partial_message(reply_id)
            await attempt(reply.delete(), TAKE_BACK_SECONDS, self._rate_limits, self._clock)

    def _digest_text(self, digest: Digest, may_be_named: Callable[[PendingAnnotation], bool]) -> str:
        largest = digest.largest_if(may_be_named)
        summed = DigestSums(
            messages=digest.messages,
            model=digest.last.footprint.model.title,
            energy_wh=digest.energy_wh,
            gwp_g=digest.gwp_g,
            water_ml=digest.water_ml,
            picture=self._estimator.equivalence_of(digest.energy_wh.expected),
            largest_wh=largest.footprint.impact.energy_wh.expected if largest else None,
            largest_url=_reference(largest).jump_url if largest else None,
            courtesy_words=digest.courtesy_words,
            courtesy_only=digest.courtesy_only,
            since=moment_of(digest.first.message_id),
            now=self._discords_clock.now(),
        )
        return annotation.digest(summed, self._t(digest.first.guild_id))

    def _t(self, guild_id: int) -> Translator:
        guild = self._client.get_guild(guild_id)
        community = community_locale(guild.features, guild.preferred_locale.value) if guild else None
        settings = self._effective.preferences.settings(guild_id)
        return self._catalogues.translator(self._effective.locale(settings, community).value)

    def _place(self, pending: PendingAnnotation) -> discord.PartialMessageable:
        return self._client.get_partial_messageable(pending.channel_id, guild_id=pending.guild_id)


def _reference(pending: PendingAnnotation) -> discord.MessageReference:
    return discord.MessageReference(
        message_id=pending.message_id, channel_id=pending.channel_id, guild_id=pending.guild_id
    )
