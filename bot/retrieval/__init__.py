"""Passages and the BM25 index over them; knows no questions."""

from bot.retrieval.bm25 import BM25
from bot.retrieval.duplicates.minhash import MinHashSignatures, SignatureBuilder
from bot.retrieval.duplicates.near_duplicates import NearDuplicates, near_duplicate_arrays
from bot.retrieval.edit_filter import CharacterMasks
from bot.retrieval.engine import (
    IncompleteIndexError,
    IndexBlockedError,
    IndexGoneError,
    SearchAwayError,
    SearchDeniedError,
    SearchEngine,
    SearchError,
    SearchMissingError,
    SearchUnknownError,
    ServedElsewhereError,
    SideFileError,
)
from bot.retrieval.index import PassageIndex
from bot.retrieval.index_builder import IndexBuilder, IndexRows
from bot.retrieval.passage import IndexedPassage, Passage
from bot.retrieval.passage_layouts import Layout
from bot.retrieval.query import MAX_VARIANT_TERMS, Scope, StemEquivalents
from bot.retrieval.ranking_parameters import RANKING
from bot.retrieval.shortlist import Shortlist
from bot.retrieval.titles.autocomplete_index import AutocompleteIndex
from bot.retrieval.titles.title_index import TitleIndex, choose_outlet, search_outlets, title_arrays
from bot.retrieval.variants import Variant, is_slip, phonetic_spellings
from bot.retrieval.vocabulary import Vocabulary, VocabularyWord
