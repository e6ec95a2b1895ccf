"""Articles and outlets found by what is typed of their titles and names."""

from bot.retrieval.titles.label_index import label_arrays
from bot.retrieval.titles.title_index import TitleIndex, choose_outlet, newest_first, search_outlets, title_arrays
from bot.retrieval.titles.typed_word import typed_word_arrays

__all__ = [
    "TitleIndex",
    "choose_outlet",
    "label_arrays",
    "newest_first",
    "search_outlets",
    "title_arrays",
    "typed_word_arrays",
]
