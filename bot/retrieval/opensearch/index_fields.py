"""An index of documents: its settings, the fields of its three kinds of documents, and their keys.

A passage has the stems of title (as often as it counts), heading and text, as numbers: so no server's idea of a word
matters. An article has what is read of it as a whole. A chunk is a part of the side file. Nothing in a passage or an
article depends on others of its edition, so that a later edition is a base and the documents that it lacks.
"""

from typing import Any

import numpy as np

from bot.retrieval.ranking_parameters import RANKING
from bot.storage import IntArray

FORMAT = 3
"""Raised with each change of what documents hold, which the name of an index does not show."""
PASSAGE, ARTICLE, CHUNK = "p", "a", "s"
"""What the id of a document begins with, before its number."""
STEMS, WORDS, LAYOUT = "t", "w", "l"
"""The fields of a passage that queries weigh, and the columns that it is read from (see `packed_passages`)."""
KEY, ARTICLE_OF, DAY, OUTLET = "n", "a", "day", "outlet"
"""The passage's key, its article's, the day, and the digest of the outlet (see `DocumentKeys`)."""
ARTICLE_KEY, LINK, TEXT = "article", "link", "text"
"""The key of an article, the digest of its link, and the digest of its paragraphs."""
CHUNK_NUMBER, DATA = "chunk", "j"
"""The number of a chunk; and of articles and chunks what they hold, compressed."""

GAP = 1 << 32
"""Between the keys of two articles of a base, with room for the keys of passages, and for articles that come later."""

_INTEGER, _LONG = {"type": "integer"}, {"type": "long"}
_COLUMN = {"type": "binary", "doc_values": True, "store": False}
_DIGEST = {"type": "keyword", "doc_values": False, "norms": False}


def index_body(meta: dict[str, Any]) -> dict[str, Any]:
    """Return settings and mappings of a new index: a single shard, since only so the server never scores below us.

    While it is filled it has neither replicas nor refreshes; `ready_settings` gives it both.
    """
    return {
        "settings": {
            "number_of_shards": 1,
            "number_of_replicas": 0,
            "refresh_interval": "-1",
            "similarity": {"passages": {"type": "BM25", "k1": RANKING.k1, "b": RANKING.b}},
        },
        "mappings": {
            "dynamic": "strict",
            "_meta": meta,
            # A whole second copy of all documents, for copies of the index that missed some: ours come once it is full.
            "_source": {"includes": [DATA], "recovery_source_enabled": False},
            "properties": {
                STEMS: {"type": "text", "analyzer": "whitespace", "index_options": "freqs", "similarity": "passages"},
                WORDS: _COLUMN,
                LAYOUT: _COLUMN,
                **dict.fromkeys((KEY, ARTICLE_OF, ARTICLE_KEY), _LONG),
                **dict.fromkeys((DAY, CHUNK_NUMBER), _INTEGER),
                **dict.fromkeys((OUTLET, LINK, TEXT), _DIGEST),
                DATA: {"type": "binary"},
            },
        },
    }


def ready_settings() -> dict[str, Any]:
    """Return the settings of an index that is filled: a copy on each of up to three nodes, and no more writing."""
    return {"index": {"auto_expand_replicas": "0-2", "refresh_interval": None, "blocks": {"write": True}}}


class DocumentKeys:
    """The keys of the articles of an edition, (articles,) in order; an article's passages count on from its own.

    `firsts` (articles + 1,) has the number of each article's first passage, and behind them the number of passages.
    """

    def __init__(self, articles: IntArray, firsts: IntArray) -> None:
        self.articles = articles
        self._firsts = firsts

    def articles_of(self, passages: IntArray) -> IntArray:
        """Return the numbers of the articles of (n,) passages, (n,)."""
        return np.searchsorted(self._firsts, passages, "right") - 1

    def of_passages(self, passages: IntArray) -> IntArray:
        """Return the keys of (n,) passages, (n,)."""
        articles = self.articles_of(passages)
        return self.articles[articles] + (passages - self._firsts[articles])

    def passages(self, keys: IntArray) -> IntArray:
        """Return the numbers of the passages with (n,) keys, (n,), -1 where the edition has none."""
        articles = np.searchsorted(self.articles, keys, "right") - 1
        numbers = self._firsts[articles] + (keys - self.articles[articles])
        return np.where((articles >= 0) & (numbers < self._firsts[articles + 1]), numbers, -1)

    def has_article(self, key: int) -> bool:
        return bool(np.searchsorted(self.articles, key, "right") > np.searchsorted(self.articles, key))
