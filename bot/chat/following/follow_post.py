"""Cards to members of what is new on what they follow: one a day in each place, and each thing once."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from functools import partial

import discord

from bot.answering import Quote
from bot.chat.exchange.delivery import LONGEST_SEND, TRY_AGAIN, Sending, open_channel, pinging, send_once, was_sent
from bot.chat.following.follow_cards import FollowedNews, followed_card, is_card_of
from bot.chat.open_refusals.card_places import PACE, wait_until_idle
from bot.chat.request_handler import RequestHandler
from bot.edition import Edition
from bot.records import Records, RecordsAwayError
from bot.records.follows import (
    FollowGroup,
    claim_follows,
    day_of_cards,
    ending_soon,
    leave_place,
    mark_seen,
    read_follow_state,
    read_news,
    settle_follows,
    until_next_day,
)
from bot.records.member_rows import Follow
from bot.records.news.arrivals import edition_number
from bot.retrieval import SearchError

logger = logging.getLogger(__name__)


class FollowPost:
    """Looks for what members follow in what came, and tells them, a card a day in a place; what comes later waits."""

    def __init__(
        self,
        handler: RequestHandler,
        records: Records,
        is_ours: Callable[[discord.Client, int], bool],
        note_card: Callable[..., Awaitable[None]],
        *,
        now: Callable[[], float] = time.time,
    ) -> None:
        self._handler, self._records = handler, records
        self._is_ours, self._note_card, self._now = is_ours, note_card, now

    async def send_due(self, client: discord.Client) -> float | None:
        """Send what is due; return the seconds until more may be, None where nothing is. Raise RecordsAwayError."""
        edition = self._handler.editions.current
        groups, noted, latest = await self._records.ask(read_follow_state, int(self._now()))
        # Another edition than the noted one may lack what came.
        if not groups or noted != edition_number(edition.fingerprint):
            return None
        waits = [until_next_day(self._now())]
        for group in groups:
            if self._handler.is_stopping:
                return None
            if self._is_ours(client, group[0].channel_id):
                try:
                    waits.append(await self._look_after(client, group, latest, edition))
                except SearchError as error:
                    self._handler.search.failed(error)
                    return TRY_AGAIN
                except RecordsAwayError:
                    raise
                except Exception:
                    # Whatever one member follows, the others are told.
                    logger.exception("What a member follows could not be looked for or told, that of others is")
        return min(waits)

    async def _look_after(self, client: discord.Client, group: FollowGroup, latest: int, edition: Edition) -> float:
        """Look for what a member follows in a place, and send the card; return the seconds until the next look."""
        now, claimed = int(self._now()), [one for one in group if one.claimed_at is not None]
        begun = min((one.claimed_at or 0 for one in claimed), default=0)
        if claimed and 0 <= now - begun < LONGEST_SEND:
            return LONGEST_SEND - (now - begun)
        if claimed:
            place = await open_channel(client, claimed[0].channel_id, claimed[0].direct_to)
            sent = await was_sent(client, place, begun, partial(is_card_of, follows=claimed))
            if isinstance(sent, discord.Message):
                await self._note_card(sent, claimed[0].direct_to)
            if sent:
                await self._records.ask(settle_follows, follows=claimed, at=begun)
            if sent is not False:
                return 0 if sent else LONGEST_SEND
        if any(one.told_on >= day_of_cards(now) for one in group):
            return until_next_day(now)
        news = [FollowedNews(one, quotes) for one in group if (quotes := await self._find(one, latest, edition))]
        told = {one.follow.id for one in news} | {one.id for one in ending_soon(group, now)}
        seen = [one.id for one in group if one.id not in told and (one.seen_until < latest or one.claimed_at)]
        if seen:
            await self._records.ask(mark_seen, ids=seen, until=latest)
        if not told:
            return until_next_day(now)
        with self._handler.in_flight.track():
            wait = await self._send(client, group, news, latest)
        await asyncio.sleep(PACE)
        return wait

    async def _find(self, follow: Follow, until: int, edition: Edition) -> Sequence[Quote]:
        news = await self._records.ask(read_news, since=follow.seen_until, until=until)
        if news:
            await wait_until_idle(self._handler.queue)
        find, run = self._handler.answerer.news_on, self._handler.answer_worker.run
        return await run(find, follow.subject, edition, news, follow.previous) if news else ()

    async def _send(
        self, client: discord.Client, group: FollowGroup, news: Sequence[FollowedNews], until: int
    ) -> float:
        """Claim, send and settle a card of what is followed still; return the seconds until the next look."""
        now = int(self._now())
        wanted = {one.id: one for one in (*(each.follow for each in news), *ending_soon(group, now))}
        ids = await self._records.ask(claim_follows, follows=wanted.values(), until=until, now=now)
        if not ids:
            return LONGEST_SEND
        follows = [wanted[each] for each in sorted(ids)]
        first, texts = follows[0], self._handler.texts.in_language(follows[-1].language)
        kept, ending = [one for one in news if one.follow.id in ids], list(ending_soon(follows, now))
        mentioned = None if first.is_direct else first.member_id
        card = await self._handler.browse_worker.run(followed_card, kept, ending, until, texts, mentioned)
        sent = place = await open_channel(client, first.channel_id, first.direct_to)
        if isinstance(place, int):
            note, pings = partial(self._note_card, member=first.direct_to), pinging(mentioned)
            sent = await send_once(client, place, card, f"f{first.id}-{until}", take=note, allowed_mentions=pings)
        if sent is Sending.UNCLEAR:
            # Whoever takes the claim over looks whether the card is there.
            return LONGEST_SEND
        if sent is Sending.REFUSED:
            logger.info("A card of what is followed was refused: it is told directly, or followed no more")
            await self._records.ask(leave_place, ids=ids, is_direct=first.is_direct)
            return 0
        await self._records.ask(settle_follows, follows=follows, at=now)
        return until_next_day(now)
