"""Autocomplete of article titles and outlet names."""

from bot.retrieval.titles.fuzzy_words import fuzzy_word_arrays
from bot.retrieval.titles.title_index import (
    AutocompleteIndex,
    TitleIndex,
    autocomplete_arrays,
    choose_outlet,
    newest_first,
    search_outlets,
    title_arrays,
)

__all__ = [
    "AutocompleteIndex",
    "TitleIndex",
    "autocomplete_arrays",
    "choose_outlet",
    "fuzzy_word_arrays",
    "newest_first",
    "search_outlets",
    "title_arrays",
]
