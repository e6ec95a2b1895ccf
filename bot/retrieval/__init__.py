"""Passages and the BM25 index over them; knows no questions."""

from bot.retrieval.bm25 import BM25
from bot.retrieval.duplicates import NearDuplicates, SignatureBuilder, merge_near_duplicates, near_duplicate_arrays
from bot.retrieval.edit_filter import CharacterMasks
from bot.retrieval.index import Hit, PassageIndex
from bot.retrieval.index_builder import IndexBuilder
from bot.retrieval.merge import merge_index, merge_titles
from bot.retrieval.passage import Passage
from bot.retrieval.query import MAX_VARIANT_TERMS, Shortlist, StemEquivalents
from bot.retrieval.titles import TitleIndex, choose_outlet, search_outlets, title_arrays
from bot.retrieval.variants import Variant
from bot.retrieval.vocabulary import Vocabulary, VocabularyWord
from bot.retrieval.word_places import Layout

__all__ = [
    "BM25",
    "MAX_VARIANT_TERMS",
    "CharacterMasks",
    "Hit",
    "IndexBuilder",
    "Layout",
    "NearDuplicates",
    "Passage",
    "PassageIndex",
    "Shortlist",
    "SignatureBuilder",
    "StemEquivalents",
    "TitleIndex",
    "Variant",
    "Vocabulary",
    "VocabularyWord",
    "choose_outlet",
    "merge_index",
    "merge_near_duplicates",
    "merge_titles",
    "near_duplicate_arrays",
    "search_outlets",
    "title_arrays",
]
