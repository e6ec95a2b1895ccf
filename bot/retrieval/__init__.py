"""Passages and the BM25 index over them; knows no questions."""

from bot.retrieval.bm25 import BM25
from bot.retrieval.index import Hit, PassageIndex
from bot.retrieval.passage import Passage

__all__ = ["BM25", "Hit", "Passage", "PassageIndex"]
