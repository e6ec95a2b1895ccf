"""Votes on answers, passed on to listeners and not stored."""

import logging
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass

import discord

from bot.chat.cards import (
    ButtonKind,
    Card,
    StaleButtonError,
    decode_references,
    find_quotes,
    notice,
    parse_button_id,
    parse_number,
)
from bot.chat.exchange import InteractionExchange, SeenIds, answered_question
from bot.chat.permissions import find_public_guild
from bot.chat.request_handler import RequestHandler

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Vote:
    """A person's vote on an answer, and the link to it.

    `public_guild_id` is the server where everybody may read the answer. Without one, `question` and `titles` are
    unknown; with one, `question` is None where Discord has it no more.
    """

    question: str | None
    helpful: bool
    titles: tuple[str, ...]
    public_guild_id: int | None
    url: str


VoteListener = Callable[[Vote], Awaitable[None]]


class Votes:
    """Passes each person's first vote on an answer, while the process lives, on to listeners."""

    def __init__(self) -> None:
        self.listeners: list[VoteListener] = []
        self._cast = SeenIds()

    def is_first(self, message: int, person: int) -> bool:
        """Note a person's vote on a message and tell whether it is the first."""
        return self._cast.first_time((message, person))

    async def publish(self, vote: Vote) -> None:
        """Pass a vote on to all listeners, also where one fails."""
        for listener in self.listeners:
            try:
                await listener(vote)
            except Exception:
                logger.exception("A vote could not be passed on")


async def cast_vote(handler: RequestHandler, votes: Votes, interaction: discord.Interaction, payload: str) -> None:
    """Thank for a vote; publish it if it is the person's first on this answer."""
    message, cast = interaction.message, False

    async def work() -> Card:
        nonlocal cast
        helpful = parse_number(payload) == 1
        cast = message is not None and votes.is_first(message.id, interaction.user.id)
        return notice(handler.texts("vote.helpful" if helpful else "vote.unhelpful"))

    # Nobody waits for the listeners.
    with handler.in_flight.track():
        await handler.serve(InteractionExchange(interaction, private=True), work)
        if message is not None and cast:
            await votes.publish(await _vote(handler, interaction, message, helpful=parse_number(payload) == 1))


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
    places = [place for payload in _contexts(answer.components) for place in decode_references(payload)]
    found = await handler.browse_worker.run(find_quotes, places, handler.editions.current)
    return tuple(dict.fromkeys(quote.article.title for quote in found if quote))


def _contexts(components: Sequence[discord.Component]) -> Iterator[str]:
    for component in components:
        if isinstance(component, discord.Container | discord.ActionRow):
            yield from _contexts(component.children)
        elif isinstance(component, discord.Button) and component.custom_id:
            try:
                kind, payload = parse_button_id(component.custom_id)
            except StaleButtonError:
                continue
            if kind is ButtonKind.CONTEXT:
                yield payload
