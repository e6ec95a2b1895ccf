"""Posts of what is new in the channels that moderators chose: one for all arrivals of an hour, each article once."""

import logging
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress

import discord

from bot.articles import Article
from bot.chat.cards.card import Card, notice
from bot.chat.chat_errors import DELIVERY_ERRORS, ReplyError
from bot.chat.exchange.delivery import LONGEST_SEND, EarlierTry, Sending, send_once
from bot.chat.news.news_cards import news_card
from bot.chat.permissions import HomeServers
from bot.edition import Edition
from bot.records import Records, RecordsAwayError
from bot.records.news.news_batches import (
    NewsBatch,
    NewsChannel,
    claim_news,
    note_trouble,
    read_news_channels,
    settle_news,
)
from bot.texts import Texts

logger = logging.getLogger(__name__)

# Chosen: often enough for news, and no channel drowns in it.
_PACE = 3600
# A card of the state does not wait for a store that does not answer.
_QUICK = 2.0
# Chosen: of more at once nobody reads the titles, and to look for copies takes some milliseconds each.
_MOST_COMPARED = 100

Tell = Callable[[Card], Awaitable[object]]


def check_writable(guild: discord.Guild | None, channel: int) -> None:
    """Raise ReplyError unless a channel is a text channel of a server in which the bot may write."""
    place = guild.get_channel(channel) if guild else None
    if guild is None or not isinstance(place, discord.TextChannel):
        raise ReplyError("news.no_channel", private=True)
    held = place.permissions_for(guild.me)
    if not (held.view_channel and held.send_messages):
        raise ReplyError("news.not_writable", private=True, channel=f"<#{channel}>")


def without_copies(added: Sequence[Article], edition: Edition) -> Sequence[Article]:
    """Leave out what has title and text of an article that was there before, or stands before it among these."""
    if len(added) > _MOST_COMPARED:
        return added
    articles, news = [*added[:_MOST_COMPARED]], dict[str, Article]()
    new = {article.id for article in articles}
    for article in articles:
        same = edition.articles.with_text([paragraph.text for paragraph in article.paragraphs])
        others = {one.id for one in same if one.title == article.title and one.id != article.id}
        if others <= new - news.keys():
            news[article.id] = article
    return [*news.values()]


class NewsPost:
    """Posts arrivals together, at most once an hour, and tells the moderators once of a channel that takes none."""

    def __init__(
        self, records: Records, texts: Texts, homes: HomeServers, tell: Tell, now: Callable[[], float] = time.time
    ) -> None:
        self._records, self._texts, self._homes, self._tell, self._now = records, texts, homes, tell, now

    async def status(self, guild: int | None) -> str | None:
        """Say where news of a server are posted, and whether that channel takes them.

        None where no channel was chosen, or the store does not say.
        """
        channels: Sequence[NewsChannel] = ()
        with suppress(RecordsAwayError):
            channels = await self._records.ask_within(_QUICK, read_news_channels)
        chosen = next((one for one in channels if one.guild == guild), None)
        if chosen is None:
            return None
        key = "news.channel" if chosen.trouble_since is None else "news.channel_closed"
        return self._texts(key, channel=f"<#{chosen.channel}>")

    async def post_due(self, client: discord.Client) -> float | None:
        """Post what is due; return the seconds until more is, None where nothing waits. Raise RecordsAwayError."""
        now = int(self._now())
        batch = await self._records.ask(claim_news, now=now, pace=_PACE, patience=LONGEST_SEND)
        if not isinstance(batch, NewsBatch):
            return batch
        card = None
        try:
            card = news_card(batch.arrivals, self._texts) if batch.arrivals else None
        except Exception:
            # It would hold up all others.
            logger.exception("New articles could not be laid out and are not posted: report this as a fault")
        outcomes = [
            await self._post(client, batch, card, channel)
            for channel in batch.channels
            if card and (self._homes.ids is None or self._homes.is_home(channel.guild))
        ]
        if Sending.UNCLEAR in outcomes:
            # The claim stays: whoever takes it over looks whether the post is there.
            return LONGEST_SEND
        is_posted = Sending.DONE in outcomes or card is None
        await self._records.ask(settle_news, batch=batch, now=int(self._now()), is_posted=is_posted)
        return 0 if is_posted else _PACE

    async def _post(self, client: discord.Client, batch: NewsBatch, card: Card, channel: NewsChannel) -> Sending:
        earlier = None if batch.claimed_at is None else EarlierTry(batch.claimed_at, card.texts)
        sent = await send_once(client, channel.channel, card, f"news{batch.last}", earlier)
        if sent is Sending.DONE and channel.trouble_since is not None:
            await self._records.ask(note_trouble, guild=channel.guild, since=None)
        elif sent is Sending.REFUSED:
            await self._complain(channel)
        return sent

    async def _complain(self, channel: NewsChannel) -> None:
        """Tell the moderators that a channel takes no news, unless they know."""
        if not await self._records.ask(note_trouble, guild=channel.guild, since=int(self._now())):
            return
        try:
            await self._tell(notice(self._texts("news.channel_closed", channel=f"<#{channel.channel}>")))
        except DELIVERY_ERRORS as error:
            logger.warning("The moderators could not be told that the channel for news is closed to the bot: %s", error)
