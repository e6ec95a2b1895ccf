"""Passages and the BM25 index over them; knows no questions."""

from bot.retrieval.bm25 import BM25
from bot.retrieval.index import Hit, PassageIndex
from bot.retrieval.index_merge import merge_index
from bot.retrieval.layout import Layout
from bot.retrieval.letters import Letters
from bot.retrieval.lookup import Variant
from bot.retrieval.passage import Passage
from bot.retrieval.query import MOST_SPELLINGS
from bot.retrieval.reading import IndexSpool
from bot.retrieval.shortlist import Shortlist
from bot.retrieval.sketches import SketchSpool
from bot.retrieval.spellings import Spelled
from bot.retrieval.title_merge import merge_titles
from bot.retrieval.titles import TitleIndex, choose_outlet, search_outlets, title_arrays
from bot.retrieval.twin_arrays import merge_twins, twin_arrays
from bot.retrieval.twins import Twins
from bot.retrieval.vocabulary import Vocabulary, VocabularyWord

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
