"""Messages to members who wait for an answer that has come: once each, in the place that they chose."""

import logging
import time
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import Any

import discord
from sqlalchemy import Connection

from bot.chat.chat_errors import HISTORY_UNREADABLE, is_passing
from bot.chat.exchange.delivery import deliver, own_texts, pinging, send_card
from bot.chat.open_refusals.bells import MOST_TOLD, told_card
from bot.chat.open_refusals.card_places import CardPlaces, Place, Rounds
from bot.chat.request_handler import RequestHandler
from bot.records import Records
from bot.records.figures import add_to_figure, day_of, sum_figures
from bot.records.refusals import UntoldMember, begin_telling, drop_waiting, end_telling, untold_members
from bot.texts import Texts

logger = logging.getLogger(__name__)

_MOST_A_DAY = 200  # chosen: far below what Discord takes for spam; the others are told on the next days
_FIGURE = "answers_told"


class Notifier:
    """Tells each member once of all their answers in a place.

    A row is marked before its message is sent, and goes after it. One that was marked by a process that ended in
    between is looked for among the messages of the place first; the nonce holds back what is still on its way.
    """

    def __init__(self, handler: RequestHandler, records: Records, places: CardPlaces) -> None:
        self._handler, self._records, self._places = handler, records, places

    async def tell(self) -> None:
        """Tell the members whose answers have come; raise OutageError, or RecordsAwayError, where it cannot go on."""
        told_today = await self._records.ask(sum_figures, since=day_of(time.time()))
        client, rows = await self._places.client(), await self._records.ask(untold_members)
        groups = [group for group in _groups(rows) if self._places.is_ours(client, group[0].channel_id)]
        left = max(0, _MOST_A_DAY - told_today.get(_FIGURE, 0))
        await Rounds(self._handler, self._tell, key=lambda group: group[0].id).make(groups[:left])

    async def _tell(self, group: Sequence[UntoldMember]) -> bool:
        """Tell a member of some answers in one message; return whether it was sent."""
        client = await self._places.client()
        # Anew with each try: the one before may have begun, and sent, what it does not know of.
        group = await self._records.ask(untold_members, ids=[row.id for row in group])
        if not group:
            return False
        try:
            place, first = self._places.find(client, group[0].channel_id), group[0]
            if first.is_direct:
                place = await deliver(lambda: client.create_dm(discord.Object(first.member_id)))
            group = [replace(row, url=await self._places.link(client, row.channel_id, row.message_id)) for row in group]
            told = await self._told_before(place, group, client)
            await self._records.ask(end_telling, ids=told, at=int(time.time()))
            untold = [row.id for row in group if row.id not in told]
            with self._handler.in_flight.track():
                ids = await self._records.ask(begin_telling, ids=untold, at=int(time.time()))
                if not (rest := [row for row in group if row.id in ids]):
                    return False
                await self._send(place, rest)
                await self._records.ask(_note_told, ids=ids)
        except discord.HTTPException as error:
            if is_passing(error):
                raise
            logger.info("The member who waits for an answer cannot be written to and is dropped: %s", error)
            await self._records.ask(drop_waiting, ids=[row.id for row in group])
            return False
        return True

    async def _send(self, place: Place, rows: Sequence[UntoldMember]) -> None:
        """Send the message: in a server it answers the first card, and mentions the member and nobody else."""
        first = rows[0]
        mentioned = None if first.is_direct else first.member_id
        card = told_card(await self._handler.answer_worker.run(self._by_language, rows), mentioned)
        replied = discord.MessageReference(
            message_id=first.message_id, channel_id=first.channel_id, fail_if_not_exists=False
        )
        # Another answer to the same question is another message.
        nonce, pings = f"told{first.id}.{first.answered_at % 100_000}", pinging(mentioned)
        send = partial(send_card, place.send, card, nonce=nonce, allowed_mentions=pings, mention_author=False)
        try:
            # None is discord.py's own default.
            reference: Any = None if first.is_direct else replied
            await send(reference=reference)
        except discord.HTTPException as error:
            if error.code != HISTORY_UNREADABLE:
                raise
            await send()

    def _by_language(self, answers: Sequence[UntoldMember]) -> Sequence[tuple[Texts, Sequence[UntoldMember]]]:
        """Group answers by the language that their questions are put in, each with its texts."""
        groups = dict[str, tuple[Texts, list[UntoldMember]]]()
        for answer in answers:
            texts = self._handler.texts_for(self._handler.answerer.analyse(answer.question))
            groups.setdefault(texts.language, (texts, []))[1].append(answer)
        return list(groups.values())

    async def _told_before(
        self, place: Place, group: Sequence[UntoldMember], client: discord.Client
    ) -> Collection[int]:
        """Return the rows whose member was told already by a process that ended before it could note that.

        Where the bot may not look, all that were begun count as told: once too often is worse than not at all.
        """
        begun = {row.id: row for row in group if row.begun_at is not None}
        if not begun:
            return ()
        if (
            isinstance(place, discord.abc.GuildChannel | discord.Thread)
            and not place.permissions_for(place.guild.me).read_message_history
        ):
            return begun.keys()
        since = min(row.begun_at or 0 for row in begun.values())
        sent = ["\n".join(texts) for texts in await own_texts(client, place, since)]

        def is_told(row: UntoldMember) -> bool:
            """Whether a message tells a member of an answer: one in a server mentions them."""
            return any(f"({row.url})" in text and (row.is_direct or f"<@{row.member_id}>" in text) for text in sent)

        return {number for number, row in begun.items() if is_told(row)}


def _groups(rows: Sequence[UntoldMember]) -> Iterator[Sequence[UntoldMember]]:
    """Yield what goes into one message: a member's answers in one place, up to what fits."""
    places: defaultdict[tuple[int, int], list[UntoldMember]] = defaultdict(list)
    for row in rows:
        places[row.member_id, 0 if row.is_direct else row.channel_id].append(row)
    for of_place in places.values():
        yield from (of_place[start : start + MOST_TOLD] for start in range(0, len(of_place), MOST_TOLD))


def _note_told(connection: Connection, ids: Collection[int]) -> None:
    end_telling(connection, ids, int(time.time()))
    add_to_figure(connection, _FIGURE, day_of(time.time()))
