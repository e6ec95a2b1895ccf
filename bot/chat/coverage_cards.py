"""What anyone may ask about the bot itself: how to ask it."""

from bot.chat.card import Card
from bot.texts import Texts


def help_card(texts: Texts) -> Card:
    """Say what the bot does and how to ask it."""
    return Card((texts("help.body"), texts("conversation.help")), title=texts("help.title"))
