"""Saying whether an answer helped."""

from collections.abc import Iterator, Sequence

import discord

from bot.chat.audience import public_server
from bot.chat.buttons.custom_id import Kind, StaleButtonError, number, read
from bot.chat.buttons.place import find, read_places
from bot.chat.buttons.vote import Vote, Votes
from bot.chat.card import Card, notice
from bot.chat.desk import Desk
from bot.chat.earlier import question_answered
from bot.chat.interaction_exchange import InteractionExchange


async def vote(desk: Desk, votes: Votes, interaction: discord.Interaction, load: str) -> None:
    """Thank for a vote; pass it on if it is the person's first on this answer."""
    message, cast = interaction.message, False

    async def work() -> Card:
        nonlocal cast
        helpful = number(load) == 1
        cast = message is not None and votes.is_first(message.id, interaction.user.id)
        return notice(desk.texts("vote.helpful" if helpful else "vote.unhelpful"))

    # Nobody waits for the listeners.
    with desk.in_flight.one():
        await desk.serve(InteractionExchange(interaction, private=True), work)
        if message is not None and cast:
            await votes.tell(await _vote(desk, interaction, message, helpful=number(load) == 1))


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
