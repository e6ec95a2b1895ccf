"""The engines that are compared: each is given tokens of passages, and finds the ten best for a query of tokens.

An engine is loaded by a function that imports what it needs, so that a process pays for one engine alone.
"""

from collections.abc import Callable
from functools import partial

from rank_bm25 import BM25Okapi

from bot.benchmark.finding import TOP, Build, Passages, Search, highest
from bot.benchmark.peers import load_bm25s, load_fts5, load_tantivy
from bot.retrieval import BM25
from bot.retrieval.bm25 import EPSILON, K1, B

STOCK, OURS = "rank-bm25", "isnad"


def load_stock() -> Build:
    """Load rank-bm25's own class, with the parameters of the bot's index."""

    def build(passages: Passages) -> Search:
        index = BM25Okapi(passages, k1=K1, b=B, epsilon=EPSILON)
        return lambda query: highest(index.get_scores(query))

    return build


def load_ours() -> Build:
    """Load the bot's index."""

    def build(passages: Passages) -> Search:
        index = BM25(passages)
        return lambda query: index.top(query, TOP)

    return build


ENGINES: dict[str, Callable[[], Build]] = {
    STOCK: load_stock,
    OURS: load_ours,
    "bm25s": partial(load_bm25s, "numpy", K1, B),
    "bm25s + numba": partial(load_bm25s, "numba", K1, B),
    "tantivy": load_tantivy,
    "SQLite FTS5": load_fts5,
}
"""In the order of the table; the others are set against the first."""
