"""Builds editions: articles are read as a stream, and become arrays."""

from collections.abc import Callable, Iterable
from dataclasses import astuple
from datetime import UTC, datetime
from functools import partial
from hashlib import blake2b
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.arabic import Analyser
from bot.articles import Article, ArticleTable, Marks, Rejection, TableSpool, read_articles, read_rejections
from bot.edition.edition import Edition
from bot.edition.errors import EmptyCorpusError
from bot.retrieval import IndexSpool, title_arrays, twin_arrays
from bot.storage import MemorySink, PartSink, Sink

Progress = Callable[[str, int, int], None]
"""Called with the stage (`reading` or `indexing`), how much of it is done, and how much there is."""


def build_edition(marks: Marks, analyser: Analyser, path: Path, progress: Progress | None = None) -> Edition:
    """Read and index a corpus in memory; raise EmptyCorpusError where it holds no article that can be read."""
    sink = MemorySink()
    facts = write_corpus(path, marks, analyser, sink, progress=progress)
    return Edition.from_arrays(sink.arrays, facts, analyser)


def make_edition(articles: Iterable[Article], rejections: Iterable[Rejection], analyser: Analyser) -> Edition:
    """Index articles that are read already."""
    sink = MemorySink()
    facts = _write(chain(articles, rejections), analyser, sink)
    return Edition.from_arrays(sink.arrays, facts, analyser)


def write_corpus(  # noqa: PLR0913 (from what, into what, and what to tell)
    path: Path,
    marks: Marks,
    analyser: Analyser,
    sink: Sink,
    *,
    progress: Progress | None = None,
    folder: Path | None = None,
) -> dict[str, Any]:
    """Read and index a corpus; write the arrays of its `Edition`, and return the facts, which JSON can hold.

    What grows meanwhile is kept in files of a folder, or else in memory. Raise EmptyCorpusError.
    """
    read = read_articles(path, marks, partial(progress, "reading") if progress else None)
    facts = _write(read, analyser, sink, progress, folder)
    if not facts["articles"]:
        raise EmptyCorpusError(path, read_rejections(facts["rejections"]))
    return facts


def _write(
    read: Iterable[Article | Rejection],
    analyser: Analyser,
    sink: Sink,
    progress: Progress | None = None,
    folder: Path | None = None,
) -> dict[str, Any]:
    """Index articles as they come."""
    table, index, rejections = TableSpool(folder), IndexSpool(analyser, folder), list[Rejection]()
    for one in read:
        if isinstance(one, Rejection):
            rejections.append(one)
            continue
        table.append(one)
        index.append(one)
    articles = PartSink(sink, "articles").add(table.arrays())
    index.write(PartSink(sink, "index"), partial(progress, "indexing") if progress else None)
    PartSink(sink, "titles").add(title_arrays(ArticleTable(articles)))
    PartSink(sink, "twins").add(twin_arrays(ArticleTable(articles)))
    return {
        "articles": len(table),
        "rejections": [astuple(rejection) for rejection in rejections],
        "fingerprint": _fingerprint(articles["columns.digests"]),
        "built": datetime.now(UTC).isoformat(),
    }


def _fingerprint(digests: NDArray[np.integer]) -> str:
    """Digest everything that a reader could see of the articles, in order."""
    return blake2b(digests.astype("<u8").tobytes(), digest_size=8).hexdigest()
