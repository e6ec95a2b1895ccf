"""The desk of what members follow: begun by a command or under an answer, listed, renewed and ended.

The choice of the place is a message that the member alone sees; the subject is read back from there.
"""

import time
from collections.abc import Callable
from hashlib import blake2b

import discord

from bot.answering import AnalysedMessage
from bot.chat.cards.answer_card import read_previous, read_question
from bot.chat.cards.button_ids import parse_number
from bot.chat.cards.card import Card, card_texts, layout_texts, notice
from bot.chat.chat_errors import ReplyError
from bot.chat.exchange.delivery import Sending, open_channel, send_once
from bot.chat.exchange.message_filter import strip_mentions
from bot.chat.exchange.reply_context import require_question
from bot.chat.following.follow_cards import SUBJECT, choice_card, follow_list_card, following_card
from bot.chat.open_refusals.bells import open_places
from bot.chat.request_handler import RequestHandler
from bot.edition import Edition
from bot.records import Records
from bot.records.member_rows import Follow, add_follow, end_follow, read_follows, renew_follows
from bot.records.refusals import DIRECT, HERE
from bot.records.tables import FOLLOWS
from bot.texts import Texts

MOST_FOLLOWS = 10
"""Chosen: of more a card a day has no room to tell."""

Subject = tuple[str, str | None]
"""A subject in words, and the previous question that completes it, if any."""

_KEY_BYTES = 16
_FOLLOWING = {HERE: "follow.here", DIRECT: "follow.direct"}


class FollowDesk:
    """Handles the command `/follow`, and the presses of its buttons."""

    def __init__(self, handler: RequestHandler, records: Records, now: Callable[[], float] = time.time) -> None:
        self._handler, self._records, self._now = handler, records, now

    async def follow(self, interaction: discord.Interaction, subject: str | None) -> None:
        """Ask where a member wants to be told of a subject that they typed; without one list what they follow."""
        words = " ".join(strip_mentions(subject or "").split())

        async def asked(edition: Edition) -> Card:
            if not words:
                return await self._list(interaction, self._handler.texts)
            analysed, _ = await self._understood((words, None), edition)
            return await self._choice(interaction, (words, None), edition, self._handler.texts_for(analysed))

        await self._handler.show(interaction, asked)

    async def press(self, interaction: discord.Interaction, payload: str) -> None:
        """Ask where to tell of what an answer is about; or let a member follow it who has chosen that."""
        message, texts = interaction.message, card_texts(interaction.message, self._handler.texts)

        async def under_answer(edition: Edition) -> Card:
            subject = await require_question(message, self._handler.texts, "follow.forgotten")
            await self._understood(subject, edition)
            return await self._choice(interaction, subject, edition, texts)

        async def chosen(edition: Edition) -> Card:
            shown = layout_texts(message.components) if message else []
            if payload not in _FOLLOWING or (subject := read_question(shown, SUBJECT, texts)) is None:
                raise ReplyError("follow.forgotten", private=True)
            asked = subject, read_previous(shown, subject, texts)
            return await self._begin(interaction, asked, payload, edition, texts)

        await self._handler.show(interaction, chosen if payload else under_answer, in_place=bool(payload))

    async def end(self, interaction: discord.Interaction, payload: str) -> None:
        """End what the member follows; in a message that they alone see, list in its place what is left."""
        message, member = interaction.message, interaction.user.id
        texts = card_texts(message, self._handler.texts)
        is_own = message is not None and message.flags.ephemeral

        async def ended(_: Edition) -> Card:
            number = parse_number(payload.partition(".")[0])
            await self._require_own(number, member)
            await self._records.ask(end_follow, follow_id=number, member_id=member)
            return await self._list(interaction, texts) if is_own else notice(texts("follow.off"))

        await self._handler.show(interaction, ended, in_place=is_own)

    async def renew(self, interaction: discord.Interaction, payload: str) -> None:
        """Let what the member follows, and ends soon, go on."""
        texts = card_texts(interaction.message, self._handler.texts)

        async def prolonged(_: Edition) -> Card:
            numbers, member = list(map(parse_number, payload.split("."))), interaction.user.id
            await self._require_own(numbers[0], member)
            if not (renewed := await self._records.ask(renew_follows, numbers, member, int(self._now()))):
                raise ReplyError("follow.ended", private=True)
            return notice(texts("follow.renewed", date=texts.day(renewed[0].last_day)))

        await self._handler.show(interaction, prolonged)

    async def _choice(self, interaction: discord.Interaction, subject: Subject, edition: Edition, texts: Texts) -> Card:
        if interaction.guild_id is None and interaction.context.dm_channel:
            return await self._begin(interaction, subject, DIRECT, edition, texts)
        return choice_card(*subject, open_places(interaction), texts)

    async def _begin(
        self, interaction: discord.Interaction, asked: Subject, place: str, edition: Edition, texts: Texts
    ) -> Card:
        subject, previous = asked
        _, key = await self._understood(asked, edition)
        if place == HERE and HERE not in open_places(interaction):
            raise ReplyError("follow.closed_here", private=True)
        member, channel, now = interaction.user.id, interaction.channel_id or 0, int(self._now())
        # The store numbers it, and knows what has come.
        new = Follow(0, member, subject, previous, texts.language, channel, place == DIRECT, now, seen_until=0)
        if (number := await self._records.ask(add_follow, new, key, MOST_FOLLOWS)) is None:
            raise ReplyError("follow.too_many", private=True, count=MOST_FOLLOWS)
        card = following_card(_FOLLOWING[place], number, subject, texts)
        if place == DIRECT and not interaction.context.dm_channel:
            await self._try_directly(interaction, number, card)
        return card

    async def _try_directly(self, interaction: discord.Interaction, number: int, card: Card) -> None:
        """Send a member the card directly, so that they hear now whether the bot may write to them."""
        member = interaction.user.id
        sent = place = await open_channel(interaction.client, 0, member)
        if isinstance(place, int):
            sent = await send_once(interaction.client, place, card, f"follow{interaction.id}")
        if sent is Sending.REFUSED:
            await self._records.ask(end_follow, follow_id=number, member_id=member)
            raise ReplyError("follow.closed_direct", private=True)

    async def _understood(self, asked: Subject, edition: Edition) -> tuple[AnalysedMessage, str]:
        """Return a subject analysed, and the key of its words; raise ReplyError where nothing can be looked for."""
        subject, previous = asked
        answerer, run = self._handler.answerer, self._handler.answer_worker.run
        analysed = await run(answerer.analyse, subject)
        if not (words := await run(answerer.followed_words, analysed, edition, previous)):
            raise ReplyError("follow.no_subject", private=True)
        return analysed, blake2b(words.encode("utf-8", "surrogatepass"), digest_size=_KEY_BYTES).hexdigest()

    async def _list(self, interaction: discord.Interaction, texts: Texts) -> Card:
        own = FOLLOWS.c.member_id == interaction.user.id
        follows = await self._records.ask(read_follows, int(self._now()), own)
        return follow_list_card(follows, texts)

    async def _require_own(self, number: int, member: int) -> None:
        """Raise ReplyError where somebody else follows what a button is about."""
        follow = await self._records.ask(read_follows, int(self._now()), FOLLOWS.c.id == number)
        if any(one.member_id != member for one in follow):
            raise ReplyError("follow.not_yours", private=True)
