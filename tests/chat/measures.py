"""How a card shows and what Discord allows it."""

from bot.chat.card import Card
from bot.chat.layout import size


def lines(card: Card) -> list[str]:
    """The lines that a reader sees, small print without its mark."""
    return [line.removeprefix("-# ").removeprefix("### ") for line in "\n".join(card.texts).split("\n")]


def within_limits(card: Card) -> bool:
    """Whether Discord takes the card: 4000 characters of text, none of the texts empty, 40 components."""
    components = 1 + 2 * len(card.texts) + sum(1 + len(row) for row in card.rows)
    return all(map(str.strip, card.texts)) and sum(map(size, card.texts)) <= 4000 and components <= 40
