"""Quotes: which sentences are quoted, their highlights, and who else printed them."""

from bot.answering.quotes.ranked_quotes import RankedQuotes, other_sources
from bot.answering.quotes.sentence_selection import (
    MOST_WORDS,
    QuoteSelector,
    Selection,
    are_nearly_same,
    select_quotes,
    select_telling,
)
