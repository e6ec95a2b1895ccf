"""The bell of refusals: members ask to hear of an answer, choose where, and take that back.

The choice is a message that the member alone sees; it shows the question, which is read back from there. The rows of
who waits are in the records; the buttons hold all else, so that a restart changes nothing.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import replace

import discord

from bot.chat.cards.answer_card import question_lines
from bot.chat.cards.button_ids import BellState, ButtonKind, StaleButtonError, custom_id
from bot.chat.cards.card import Button, Card, card_texts, notice
from bot.chat.cards.card_text import inline
from bot.chat.chat_errors import ReplyError
from bot.chat.exchange.reply_context import require_question
from bot.chat.permissions import may_write
from bot.chat.request_handler import RequestHandler
from bot.edition import Edition
from bot.records import Records
from bot.records.refusals import DIRECT, HERE, RefusedQuestion, UntoldMember, add_waiting, is_waiting, remove_waiting
from bot.texts import Texts

PLACE_LABELS = {HERE: "button.bell_here", DIRECT: "button.bell_direct"}
_FORGOTTEN = "bell.forgotten"
_QUESTION = 150
MOST_TOLD = 10
"""More would not fit a card: each may take some three hundred characters with its link."""


def choice_card(question: tuple[str, ...], state: BellState, places: Sequence[str], days: int, texts: Texts) -> Card:
    """Ask in which of the places a member wants to be told, below the lines of the question, kept for some days."""
    buttons = tuple(
        Button(custom_id(ButtonKind.WAIT, f"{place}:{state.payload}"), texts(PLACE_LABELS[place])) for place in places
    )
    return Card((texts("bell.where"),), above=question, footnote=texts("bell.kept", count=days), rows=(buttons,))


def waiting_card(key: str, state: BellState, days: int, texts: Texts) -> Card:
    """Say that a member waits, with the button that ends it."""
    button = Button(custom_id(ButtonKind.UNWAIT, state.payload), texts("button.bell_off"))
    return Card((texts(key),), footnote=texts("bell.kept", count=days), rows=((button,),))


def told_card(answers: Sequence[tuple[Texts, Sequence[UntoldMember]]], member: int | None = None) -> Card:
    """Tell of up to `MOST_TOLD` answers that came, each language's in its texts; `member` is mentioned above."""

    def line(answer: UntoldMember, texts: Texts) -> str:
        return texts("bell.told_line", question=inline(answer.question, _QUESTION, texts.language), url=answer.url)

    blocks = (
        "\n".join((texts("bell.told", count=len(some)), *(line(one, texts) for one in some))) for texts, some in answers
    )
    return Card(tuple(blocks), above=(f"<@{member}>",) if member else ())


MOST_WAITING = 20
"""For how many answers a member may wait: chosen, as many as anybody keeps in mind."""

_WAITING = {HERE: "bell.waiting_here", DIRECT: "bell.waiting_direct"}


class Bells:
    """Handles the presses of the bell and of the buttons of its replies; `on_wait` gets the id of each card."""

    def __init__(self, handler: RequestHandler, records: Records, days: int, on_wait: Callable[[int], None]) -> None:
        """Keep who waits for so many days."""
        self._handler, self._records, self._days, self._on_wait = handler, records, days, on_wait

    async def ring(self, interaction: discord.Interaction, payload: str) -> None:
        """Ask who pressed the bell where to tell them; say so where they wait already."""

        async def rung(_: Edition) -> Card:
            if (message := interaction.message) is None:
                raise StaleButtonError
            state = replace(BellState.parse(payload), message=message.id)
            texts = card_texts(message, self._handler.texts)
            if await self._records.ask(is_waiting, message_id=message.id, member_id=interaction.user.id):
                return waiting_card("bell.already", state, self._days, texts)
            if interaction.guild_id is not None and not interaction.app_permissions.read_message_history:
                raise ReplyError("bell.unseen", private=True)  # the bot could not read its card again
            places = open_places(interaction)
            if places == (DIRECT,):
                return await self._add(interaction, message, state, DIRECT)
            lines = question_lines(*await require_question(message, self._handler.texts, _FORGOTTEN), texts)
            return choice_card(lines, state, places, self._days, texts)

        await self._handler.show(interaction, rung)

    async def wait(self, interaction: discord.Interaction, payload: str) -> None:
        """Let a member wait, to be told in the place that they chose."""

        async def waited(_: Edition) -> Card:
            place, rest = payload.partition(":")[::2]
            if place not in _WAITING or (message := interaction.message) is None:
                raise StaleButtonError
            return await self._add(interaction, message, BellState.parse(rest), place)

        await self._handler.show(interaction, waited, in_place=True)

    async def end_wait(self, interaction: discord.Interaction, payload: str) -> None:
        """End the wait of a member."""

        async def ended(_: Edition) -> Card:
            state = BellState.parse(payload)
            await self._records.ask(remove_waiting, message_id=state.message, member_id=interaction.user.id)
            return notice(card_texts(interaction.message, self._handler.texts)("bell.off"))

        await self._handler.show(interaction, ended, in_place=True)

    async def _add(
        self, interaction: discord.Interaction, message: discord.Message, state: BellState, place: str
    ) -> Card:
        """Keep that a member waits; `message` shows the question."""
        question, previous = await require_question(message, self._handler.texts, _FORGOTTEN)
        card = interaction.channel_id or 0, state.message
        refused = RefusedQuestion(*card, int(time.time()), question, state.reason, previous=previous, scope=state.scope)
        if not await self._records.ask(add_waiting, refused, interaction.user.id, place, MOST_WAITING):
            raise ReplyError("bell.too_many", private=True, count=MOST_WAITING)
        self._on_wait(state.message)
        return waiting_card(_WAITING[place], state, self._days, card_texts(message, self._handler.texts))


def open_places(interaction: discord.Interaction) -> tuple[str, ...]:
    """Return where the bot may write to a member later: here, where it is a member of the server, and directly."""
    held, is_there = interaction.app_permissions, interaction.guild_id and interaction.is_guild_integration()
    return (HERE, DIRECT) if is_there and may_write(held, interaction.channel) else (DIRECT,)
