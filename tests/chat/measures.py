"""How a card shows and what Discord allows it."""

from bot.chat.cards.card import Card
from bot.chat.cards.card_text import size


def shown(text: str) -> str:
    """The text as a reader sees it: all spaces look alike."""
    return text.replace("\u00a0", " ")


def lines(card: Card) -> list[str]:
    """The lines that a reader sees, small print without its mark."""
    return [line.removeprefix("-# ").removeprefix("### ") for line in shown("\n".join(card.texts)).split("\n")]


def within_limits(card: Card) -> bool:
    """Whether Discord takes the card: 4000 characters of text, none of the texts empty, 40 components."""
    components = 1 + 2 * len(card.texts) + sum(1 + len(row) for row in card.rows) + 2 * bool(card.menu)
    return all(map(str.strip, card.texts)) and sum(map(size, card.sent_texts)) <= 4000 and components <= 40
