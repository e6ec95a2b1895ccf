"""What a question asks for: the kind of answer, by all words beside the question word."""

from bot.answering.asked.asked import NOTHING_ASKED, Asked, AskedReader

__all__ = ["NOTHING_ASKED", "Asked", "AskedReader"]
