"""Votes on answers, passed on to listeners and kept as long as the process lives."""

import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from enum import Enum, auto

import discord
from cachetools import LRUCache

from bot.chat.buttons.page_buttons import button_payloads
from bot.chat.cards import (
    ButtonKind,
    Card,
    decode_references,
    find_quotes,
    notice,
    parse_number,
)
from bot.chat.exchange import InteractionExchange, answered_question
from bot.chat.permissions import find_public_guild
from bot.chat.request_handler import RequestHandler

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Vote:
    """A person's vote on an answer, which may take the place of the opposite one, and the link to the answer.

    `public_guild_id` is the server where everybody may read the answer. Without one, `question` and `titles` are
    unknown; with one, `question` is None where Discord has it no more.
    """

    question: str | None
    helpful: bool
    titles: tuple[str, ...]
    public_guild_id: int | None
    url: str
    is_changed: bool = False


# Older ones count as first again.
_MOST_VOTES = 4096

VoteListener = Callable[[Vote], Awaitable[None]]


class VoteChange(Enum):
    """What a vote is beside the one that the person had on the answer: the first, the opposite, or the same."""

    FIRST = auto()
    CHANGED = auto()
    SAME = auto()


class Votes:
    """Passes each person's vote on an answer, and each change of it, on to listeners."""

    def __init__(self) -> None:
        self.listeners: list[VoteListener] = []
        self._cast: LRUCache[tuple[int, int], bool] = LRUCache(_MOST_VOTES)

    def note(self, message: int, person: int, *, helpful: bool) -> VoteChange:
        """Note a person's vote on a message, and tell what it changes."""
        before = self._cast.get((message, person))
        self._cast[message, person] = helpful
        if before is None:
            return VoteChange.FIRST
        return VoteChange.SAME if before is helpful else VoteChange.CHANGED

    async def publish(self, vote: Vote) -> None:
        """Pass a vote on to all listeners, also where one fails."""
        for listener in self.listeners:
            try:
                await listener(vote)
            except Exception:
                logger.exception("A vote could not be passed on")


async def cast_vote(handler: RequestHandler, votes: Votes, interaction: discord.Interaction, payload: str) -> None:
    """Thank for a vote; publish it if it is the person's first on this answer, or other than the one before."""
    message, change = interaction.message, VoteChange.SAME

    async def work() -> Card:
        nonlocal change
        helpful = parse_number(payload) == 1
        if message is not None:
            change = votes.note(message.id, interaction.user.id, helpful=helpful)
        return notice(handler.texts(_thanks(change, helpful=helpful)))

    # Nobody waits for the listeners.
    with handler.in_flight.track():
        await handler.serve(InteractionExchange(interaction, private=True), work)
        if message is not None and change is not VoteChange.SAME:
            vote = await _vote(handler, interaction, message, helpful=parse_number(payload) == 1)
            await votes.publish(replace(vote, is_changed=change is VoteChange.CHANGED))


def _thanks(change: VoteChange, *, helpful: bool) -> str:
    if change is VoteChange.SAME:
        return "vote.same"
    return "vote.helpful" if helpful else "vote.unhelpful"


async def _vote(
    handler: RequestHandler, interaction: discord.Interaction, message: discord.Message, *, helpful: bool
) -> Vote:
    """Make a vote, with the words of its question where they are public."""
    is_menu = message.type is discord.MessageType.context_menu_command
    is_hidden = message.flags.ephemeral or is_menu or not interaction.is_guild_integration()
    server = None if is_hidden else find_public_guild(interaction.channel)
    if server is None:
        return Vote(None, helpful, (), None, message.jump_url)
    question, titles = await answered_question(message, handler.texts), await _titles(handler, message)
    return Vote(question, helpful, titles, server, message.jump_url)


async def _titles(handler: RequestHandler, answer: discord.Message) -> tuple[str, ...]:
    """Return the titles of the articles that an answer quotes, read from the id of its context button."""
    payloads = button_payloads(answer.components, ButtonKind.CONTEXT)
    places = [place for payload in payloads for place in decode_references(payload)]
    found = await handler.browse_worker.run(find_quotes, places, handler.editions.current)
    return tuple(dict.fromkeys(quote.article.title for quote in found if quote))
