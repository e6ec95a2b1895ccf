"""What anyone may ask about the bot itself: how to ask it."""

from bot.chat.card import Card, notice
from bot.texts import Texts


def help_card(texts: Texts) -> Card:
    """Say what the bot does and how to ask it."""
    return notice(texts("help.body"), title=texts("help.title"))
