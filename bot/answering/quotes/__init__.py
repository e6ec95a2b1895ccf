"""Quotes: which sentences are quoted, their highlights, and who else printed them."""

from bot.answering.quotes.highlights import written_around
from bot.answering.quotes.ranked_quotes import Quoting

__all__ = [
    "Quoting",
    "written_around",
]
