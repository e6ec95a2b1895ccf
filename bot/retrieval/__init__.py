"""Passages and the BM25 index over them; knows no questions."""

from bot.retrieval.bm25 import BM25
from bot.retrieval.duplicates.minhash import MinHashSignatures, SignatureBuilder
from bot.retrieval.duplicates.near_duplicates import NearDuplicates, near_duplicate_arrays
from bot.retrieval.edit_filter import CharacterMasks
from bot.retrieval.engine import IndexGoneError, SearchAwayError, SearchEngine, SearchError, ServedElsewhereError
from bot.retrieval.index import PassageIndex
from bot.retrieval.index_builder import IndexBuilder, IndexRows
from bot.retrieval.passage import IndexedPassage, Passage
from bot.retrieval.passage_layouts import Layout
from bot.retrieval.query import MAX_VARIANT_TERMS, Scope, StemEquivalents
from bot.retrieval.ranking_parameters import RANKING
from bot.retrieval.shortlist import Shortlist
from bot.retrieval.titles.title_index import AutocompleteIndex, TitleIndex, choose_outlet, search_outlets, title_arrays
from bot.retrieval.variants import Variant, phonetic_spellings
from bot.retrieval.vocabulary import Vocabulary, VocabularyWord

__all__ = [
    "BM25",
    "MAX_VARIANT_TERMS",
    "RANKING",
    "AutocompleteIndex",
    "CharacterMasks",
    "IndexBuilder",
    "IndexGoneError",
    "IndexRows",
    "IndexedPassage",
    "Layout",
    "MinHashSignatures",
    "NearDuplicates",
    "Passage",
    "PassageIndex",
    "Scope",
    "SearchAwayError",
    "SearchEngine",
    "SearchError",
    "ServedElsewhereError",
    "Shortlist",
    "SignatureBuilder",
    "StemEquivalents",
    "TitleIndex",
    "Variant",
    "Vocabulary",
    "VocabularyWord",
    "choose_outlet",
    "near_duplicate_arrays",
    "phonetic_spellings",
    "search_outlets",
    "title_arrays",
]
