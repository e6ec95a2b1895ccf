"""Passages and the BM25 index over them; knows no questions."""

from bot.retrieval.bm25 import BM25
from bot.retrieval.duplicates import SketchSpool, Twins, merge_twins, twin_arrays
from bot.retrieval.edit_filter import Letters
from bot.retrieval.index import Hit, PassageIndex
from bot.retrieval.index_builder import IndexSpool
from bot.retrieval.merge import merge_index, merge_titles
from bot.retrieval.passage import Passage
from bot.retrieval.query import MOST_SPELLINGS, Shortlist, Spelled
from bot.retrieval.titles import TitleIndex, choose_outlet, search_outlets, title_arrays
from bot.retrieval.variants import Variant
from bot.retrieval.vocabulary import Vocabulary, VocabularyWord
from bot.retrieval.word_places import Layout

__all__ = [
    "BM25",
    "MOST_SPELLINGS",
    "Hit",
    "IndexSpool",
    "Layout",
    "Letters",
    "Passage",
    "PassageIndex",
    "Shortlist",
    "SketchSpool",
    "Spelled",
    "TitleIndex",
    "Twins",
    "Variant",
    "Vocabulary",
    "VocabularyWord",
    "choose_outlet",
    "merge_index",
    "merge_titles",
    "merge_twins",
    "search_outlets",
    "title_arrays",
    "twin_arrays",
]
