"""Votes on answers: passed on to whoever listens, and kept nowhere."""

import logging
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass

import discord

from bot.chat.cards.button_ids import Kind, StaleButtonError, read, read_number
from bot.chat.cards.card import Card, notice
from bot.chat.cards.quote_reference import find, read_places
from bot.chat.exchange import InteractionExchange, Seen, question_answered
from bot.chat.permissions import public_server
from bot.chat.request_handler import Desk

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Vote:
    """A person's opinion of an answer, and the address that leads to it.

    `public_in` is the id of the server where everybody may read the answer. Of no other one is anything else known: its
    question where Discord still has it, the titles of what it quotes.
    """

    question: str | None
    helpful: bool
    titles: tuple[str, ...]
    public_in: int | None
    url: str


OnVote = Callable[[Vote], Awaitable[None]]


class Votes:
    """Counts each person's vote on an answer once, while the process lives, and passes it on to the listeners."""

    def __init__(self) -> None:
        self.listeners: list[OnVote] = []
        self._cast = Seen()

    def is_first(self, message: int, person: int) -> bool:
        """Note that a person has voted on an answer and tell whether that is new."""
        return self._cast.first_time((message, person))

    async def tell(self, vote: Vote) -> None:
        """Pass a vote on; a listener that fails keeps it from nobody else."""
        for listener in self.listeners:
            try:
                await listener(vote)
            except Exception:
                logger.exception("A vote could not be passed on")


async def vote(desk: Desk, votes: Votes, interaction: discord.Interaction, load: str) -> None:
    """Thank for a vote; pass it on if it is the person's first on this answer."""
    message, cast = interaction.message, False

    async def work() -> Card:
        nonlocal cast
        helpful = read_number(load) == 1
        cast = message is not None and votes.is_first(message.id, interaction.user.id)
        return notice(desk.texts("vote.helpful" if helpful else "vote.unhelpful"))

    # Nobody waits for the listeners.
    with desk.in_flight.track():
        await desk.serve(InteractionExchange(interaction, private=True), work)
        if message is not None and cast:
            await votes.tell(await _vote(desk, interaction, message, helpful=read_number(load) == 1))


async def _vote(desk: Desk, interaction: discord.Interaction, message: discord.Message, *, helpful: bool) -> Vote:
    """Describe a vote, with the words of a question that was put to the bot in public."""
    is_menu = message.type is discord.MessageType.context_menu_command
    is_hidden = message.flags.ephemeral or is_menu or not interaction.is_guild_integration()
    server = None if is_hidden else public_server(interaction.channel)
    if server is None:
        return Vote(None, helpful, (), None, message.jump_url)
    question, titles = await question_answered(message, desk.texts), await _titles(desk, message)
    return Vote(question, helpful, titles, server, message.jump_url)


async def _titles(desk: Desk, answer: discord.Message) -> tuple[str, ...]:
    """Name the articles that an answer quotes and that are still there, by the button that shows its context."""
    places = [place for load in _contexts(answer.components) for place in read_places(load)]
    found = await desk.browsing.run(find, places, desk.editions.current)
    return tuple(dict.fromkeys(quote.article.title for quote in found if quote))


def _contexts(components: Sequence[discord.Component]) -> Iterator[str]:
    for component in components:
        if isinstance(component, discord.Container | discord.ActionRow):
            yield from _contexts(component.children)
        elif isinstance(component, discord.Button) and component.custom_id:
            try:
                kind, load = read(component.custom_id)
            except StaleButtonError:
                continue
            if kind is Kind.CONTEXT:
                yield load
