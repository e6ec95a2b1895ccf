"""Cards of the last days whose articles were changed or went since: corrected once for each change of what they quote.

A rollback corrects nothing: it says nothing about the articles, and lasts until somebody reloads.
"""

import logging
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial

import discord
from cachetools import TTLCache

from bot.answering import Answer, Quote, Refusal
from bot.articles import Removals, find_successor, has_sentences, id_digest
from bot.chat.cards.button_ids import BellState, decode_references, encode_references, find_quotes, quote_reference
from bot.chat.cards.card import Card, card_texts, shown_card
from bot.chat.chat_errors import UNKNOWN_CHANNEL, UNKNOWN_MESSAGE, is_passing
from bot.chat.exchange.delivery import deliver
from bot.chat.exchange.exchange import Exchange
from bot.chat.open_refusals.card_places import CardPlaces, OutageError, Rounds
from bot.chat.open_refusals.corrected_cards import (
    Correction,
    corrected_card,
    reopened_card,
    shown_references,
    shown_words,
)
from bot.chat.open_refusals.refusal_log import RefusalLog
from bot.chat.request_handler import RequestHandler
from bot.edition import Edition
from bot.records import Records
from bot.records.quoted_answers import (
    UNKNOWN,
    CardQuote,
    cards_quoting,
    forget_quotes,
    quoted_counts,
    quoted_versions,
    quotes_of,
    reopen,
    reopened_refusals,
    replace_quotes,
)
from bot.records.refusals import RefusedQuestion, forget_cards, leave_refused
from bot.records.tables import NOBODY
from bot.workers.threads import in_daemon_thread

logger = logging.getLogger(__name__)

# Chosen: at a card a second, somewhat more than half an hour.
_MOST = 2000
# Seconds. Chosen: as often as somebody looks whether that is open again.
_TRY_AGAIN = 24 * 3600.0
_SHOWN = 3  # quotes of the first page of a timeline


def card_quotes(
    outcome: Answer | Refusal, edition: Edition, channel_id: int, message_id: int, asker: int
) -> list[CardQuote]:
    """Describe what the card of an outcome quotes; `asker` is nobody where it is public."""
    is_known, now = outcome.edition == edition.fingerprint, int(time.time())
    return [
        CardQuote(
            message_id,
            encode_references([quote_reference(quote)]),
            channel_id,
            quote.article.id,
            _version(edition, quote.article.id) if is_known else UNKNOWN,
            now,
            asker,
        )
        for quote in outcome.shown_quotes[:_SHOWN]
    ]


class Corrections:
    """Notes what answers quote, corrects their cards, and turns late answers that are none back into refusals."""

    def __init__(self, handler: RequestHandler, records: Records, log: RefusalLog, places: CardPlaces) -> None:
        self._handler, self._records, self._log, self._places = handler, records, log, places
        # In a thread that is locked, or a channel that the bot sees no more, which may be opened again.
        self._refused: TTLCache[int, None] = TTLCache(_MOST, _TRY_AGAIN, time.time)

    def note(self, exchange: Exchange, outcome: Answer | Refusal) -> None:
        """Note what the reply to a question quotes, as far as the bot can come back to its card."""
        place = exchange.reply_place
        if place is None or exchange.withdrawn.is_set():
            return
        quotes = list[CardQuote]()
        if outcome.shown_quotes:
            is_public = exchange.public_guild_id is not None and place.channel_id == exchange.channel_id
            asker, edition = NOBODY if is_public else exchange.asker_id or NOBODY, self._handler.editions.current
            quotes = card_quotes(outcome, edition, place.channel_id, place.message_id, asker)
            self._log.watch([place.message_id])
        if quotes or place.is_edited:
            self._records.write(replace_quotes, message_id=place.message_id, quotes=quotes)

    async def note_card(self, message: discord.Message, member: int | None, card: Card) -> None:
        """Note what the card of a message quotes, by its buttons; `member` alone reads it. Raise SearchError."""
        place, now, edition = message.channel.id, int(time.time()), self._handler.editions.current
        references = shown_references(card)
        run, articles = self._handler.browse_worker.run, [one.article for one in references]
        found = await run(edition.articles.with_digests, articles)
        quotes = [
            CardQuote(message.id, encode_references([one]), place, article.id, UNKNOWN, now, member or NOBODY)
            for one, same in zip(references, found, strict=True)
            for article in same[:1]
        ]
        self._log.watch([message.id])
        self._records.write(replace_quotes, message_id=message.id, quotes=quotes)

    async def correct(self) -> None:
        """Correct the cards whose articles are not as they were; raise RecordsAwayError or SearchError."""
        self._records.quoted = await self._records.ask(quoted_counts)
        quoted = await self._records.ask(quoted_versions)
        stale = await in_daemon_thread(partial(self._stale, quoted))
        cards = await self._records.ask(cards_quoting, stale=stale, most=_MOST)
        rounds = Rounds(self._handler, self._correct_one, key=lambda card: card[1])
        with _patience():
            await rounds.make(cards)
        if rounds.changed:
            logger.info("%d answers were corrected, since what they quote was changed or went", rounds.changed)

    async def turn_back(self) -> set[int]:
        """Turn late answers that are none back into refusals; return their messages, and raise as `correct` does."""
        turned = set[int]()
        cards = await self._records.ask(reopened_refusals, most=_MOST)
        act = partial(self._turn_back_one, turned)
        with _patience():
            await Rounds(self._handler, act, key=lambda card: card.message_id).make(cards)
        return turned

    def _stale(self, quoted: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
        """Return the quoted articles that are not as they were; after a rollback, only what moderators removed."""
        editions, removals = self._handler.editions, self._handler.editions.removals
        edition, is_held_back = editions.current, editions.is_held_back
        return [
            (name, version)
            for name, version in quoted
            if _version(edition, name) != version and (not is_held_back or removals.has_id(name))
        ]

    async def _correct_one(self, place: tuple[int, int]) -> bool | None:
        """Correct a card; return whether that was needed, None where it was not looked at."""
        channel_id, message_id = place
        if message_id in self._refused or not self._places.is_ours(await self._places.client(), channel_id):
            return None
        rows = await self._records.ask(quotes_of, message_id=message_id)
        if (standing := await self._handler.browse_worker.run(self._standing, rows)) is not None:
            await self._records.ask(replace_quotes, message_id=message_id, quotes=standing)
            return None
        kept, is_corrected, is_reopened = list[CardQuote](), False, False

        async def correct(message: discord.Message) -> Card | None:
            nonlocal kept, is_corrected, is_reopened
            card = shown_card(message)
            corrections, kept = await self._handler.browse_worker.run(self._judge, rows, card)
            if corrections and all(corrections):
                is_reopened = await self._records.ask(reopen, message_id=message_id, at=int(time.time()))
            is_corrected = any(corrections) and not is_reopened
            texts = card_texts(message, self._handler.texts)
            return corrected_card(card, corrections, texts, datetime.now(UTC).date()) if is_corrected else None

        with self._handler.in_flight.track():
            if await self._edit(channel_id, message_id, correct) and not is_reopened:
                await self._records.ask(replace_quotes, message_id=message_id, quotes=kept)
        return is_corrected

    async def _turn_back_one(self, turned: set[int], refused: RefusedQuestion) -> bool | None:
        """Turn a late answer back into a refusal; return whether that was done, None where it was not looked at."""
        if not self._places.is_ours(await self._places.client(), refused.channel_id):
            return None
        rows = await self._records.ask(quotes_of, message_id=refused.message_id)

        async def turn_back(message: discord.Message) -> Card | None:
            if not shown_references(shown := shown_card(message)):
                return None  # a process that ended has done it
            corrections, _ = await self._handler.browse_worker.run(self._judge, rows, shown)
            keys = ["cut" if one.key == "changed" else one.key for one in corrections if one]
            reasons = [f"correction.{key}" for key in keys] or ["bell.reopened_vote"]
            bell, texts = BellState(0, refused.reason, refused.scope), card_texts(message, self._handler.texts)
            return reopened_card(shown, reasons, bell, texts, datetime.now(UTC).date())

        with self._handler.in_flight.track():
            is_turned = await self._edit(refused.channel_id, refused.message_id, turn_back)
            await self._records.ask(forget_quotes, message_ids=[refused.message_id])
            if not is_turned:
                await self._records.ask(leave_refused, refused.message_id, int(time.time()))
                return False
        turned.add(refused.message_id)
        if refused.is_gap:
            self._log.gaps.reopen(refused)
        return True

    async def _edit(
        self, channel_id: int, message_id: int, lay_out: Callable[[discord.Message], Awaitable[Card | None]]
    ) -> bool:
        """Edit a card, unless nothing is laid out for it; return False where Discord refuses that.

        It is forgotten where it is gone, or else tried again later.
        """
        place = self._places.find(client := await self._places.client(), channel_id)
        try:
            message = await deliver(lambda: place.fetch_message(message_id))
            if (card := await lay_out(message)) is not None:
                await self._places.edit(client, message, card)
        except discord.HTTPException as error:
            if is_passing(error):
                raise
            logger.info("An answer stays as it is although its articles were changed, Discord refused that: %s", error)
            self._refused[message_id] = None
            if error.code in {UNKNOWN_MESSAGE, UNKNOWN_CHANNEL}:
                await self._records.ask(forget_cards, message_ids=[message_id])
            return False
        return True

    def _standing(self, rows: Sequence[CardQuote]) -> list[CardQuote] | None:
        """Return what a card quotes, of the articles as they are; None where a quoted paragraph is not as it was."""
        edition = self._handler.editions.current
        found = find_quotes([decode_references(row.reference)[0] for row in rows], edition)
        return [replace(row, version=_version(edition, row.article_id)) for row in rows] if all(found) else None

    def _judge(self, rows: Sequence[CardQuote], card: Card) -> tuple[list[Correction | None], list[CardQuote]]:
        """Return what became of each quote of a card, and what that quotes once it is corrected.

        A card that a process corrected without noting that has references of its own: the article then says whose.
        """
        edition, removals = self._handler.editions.current, self._handler.editions.removals
        references, words = shown_references(card), shown_words(card)
        if len(references) != len(words):
            return [], []
        corrections, kept = list[Correction | None](), list[CardQuote]()
        known, shown = {row.reference: row for row in rows}, {encode_references([one]) for one in references}
        left = [row for code, row in known.items() if code not in shown]
        for reference, quoted in zip(references, words, strict=True):
            of_article = (row for row in left if id_digest(row.article_id).startswith(reference.article))
            row, correction = known.get(encode_references([reference])) or next(of_article, None), None
            if row is not None:
                left = [one for one in left if one is not row]
                correction = _correction(row, quoted, edition, removals)
                if correction is None or correction.quote:
                    now = quote_reference(correction.quote) if correction and correction.quote else reference
                    version = _version(edition, row.article_id)
                    kept.append(replace(row, reference=encode_references([now]), version=version))
            corrections.append(correction)
        return corrections, kept


def _correction(row: CardQuote, quoted: str, edition: Edition, removals: Removals) -> Correction | None:
    """Return what became of a quote, None where its article has its sentences as they were."""
    article = edition.articles.get(row.article_id)
    if article is None:
        # What withdrew it may have come with a start, before which nobody noted that.
        is_withdrawn = row.is_withdrawn or edition.kept_out.only(withdrawn=True).has_id(row.article_id)
        return Correction("withdrawn" if is_withdrawn else "removed" if removals.has_id(row.article_id) else "gone")
    if has_sentences(article, quoted):
        return None
    if (place := find_successor(article, quoted)) is None:
        return Correction("cut")
    number, span = place
    words = article.paragraphs[number].text[span.start : span.end]
    return Correction("changed", Quote(words, article, number, span.start, span.end, score=0))


def _version(edition: Edition, article_id: str) -> int:
    """Return the digest of an article as it is in an edition."""
    number = edition.articles.number(article_id)
    return UNKNOWN if number is None else int(edition.articles.columns.digests[number])


@contextmanager
def _patience() -> Iterator[None]:
    """Leave what Discord has not taken for long to the next time, and let others come meanwhile."""
    try:
        yield
    except OutageError:
        logger.warning("Some answers could not be corrected, since Discord does not take that: again in an hour")
