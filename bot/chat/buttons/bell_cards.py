"""Cards of the bell: the choice of where to be told, what who waited is told, and the answer that came late.

The choice is a message that the member alone sees; it shows the question, which is read back from there.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

import discord

from bot.arabic import strip_line_isolates
from bot.chat.cards.button_ids import BellState, ButtonKind, custom_id
from bot.chat.cards.card import MESSAGE_LIMIT, Button, Card
from bot.chat.cards.card_text import inline, size
from bot.records.refusals import DIRECT, HERE
from bot.texts import Texts

_LABELS = {HERE: "button.bell_here", DIRECT: "button.bell_direct"}
_QUESTION = 150
MOST_TOLD = 10
"""More would not fit a card: each may take some three hundred characters with its link."""


@dataclass(frozen=True, slots=True)
class WaitTerms:
    """What is told of a wait: for how many days the words are kept, and where the member may be told."""

    days: int
    places: tuple[str, ...] = ()


def choice_card(question: tuple[str, ...], state: BellState, terms: WaitTerms, texts: Texts) -> Card:
    """Ask where a member wants to be told, below the lines of the question."""
    buttons = tuple(
        Button(custom_id(ButtonKind.WAIT, f"{place}:{state.payload}"), texts(_LABELS[place])) for place in terms.places
    )
    return Card((texts("bell.where"),), above=question, footnote=texts("bell.kept", count=terms.days), rows=(buttons,))


def waiting_card(key: str, state: BellState, terms: WaitTerms, texts: Texts) -> Card:
    """Say that a member waits, with the button that ends it."""
    button = Button(custom_id(ButtonKind.UNWAIT, state.payload), texts("button.bell_off"))
    return Card((texts(key),), footnote=texts("bell.kept", count=terms.days), rows=((button,),))


def late_answer_card(card: Card, shown: Sequence[str], day: date, texts: Texts) -> Card:
    """Say above an answer's card that it came late, with what stood above the refusal.

    `card` is the answer's, `shown` are the texts above the refusal as they are; what has no room is left out.
    """
    arrived = texts("bell.arrived", date=texts.day(day))
    kept = tuple(line for line in shown if line not in card.above)
    late = replace(card, above=(arrived, *kept, *card.above))
    return late if sum(map(size, late.texts)) <= MESSAGE_LIMIT else replace(card, above=(arrived, *card.above))


def shown_above(message: discord.Message) -> list[str]:
    """Return the texts above the frame of a card, without the isolates of their lines."""
    tops = (item for item in message.components if isinstance(item, discord.TextDisplay))
    return [strip_line_isolates(item.content) for item in tops]


@dataclass(frozen=True, slots=True)
class ToldAnswer:
    """An answer that came: its question, and the link to its card."""

    question: str
    url: str


def told_card(answers: Sequence[ToldAnswer], texts: Texts, member: int | None = None) -> Card:
    """Tell of up to `MOST_TOLD` answers that came; `member` is mentioned above."""

    def line(answer: ToldAnswer) -> str:
        return texts("bell.told_line", question=inline(answer.question, _QUESTION, texts.language), url=answer.url)

    lines = (texts("bell.told", count=len(answers)), *map(line, answers))
    return Card(("\n".join(lines),), above=(f"<@{member}>",) if member else ())
