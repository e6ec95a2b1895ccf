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
from bot.articles import (
    NOTHING_KNOWN,
    Article,
    ArticleTable,
    DigestSpool,
    Marks,
    ProgressCallback,
    Rejection,
    TableSpool,
    Unit,
    find_corpus,
    read_rejections,
    read_units,
)
from bot.edition.edition import Edition
from bot.edition.edition_errors import EmptyCorpusError
from bot.edition.incremental import map_previous_edition, plan_incremental_build
from bot.edition.key import configuration_key
from bot.retrieval import IndexSpool, SketchSpool, title_arrays, twin_arrays
from bot.storage import Arrays, MemorySink, PartSink, Sink

StageCallback = Callable[[str, int, int], None]
"""Called with the stage (`reading` or `indexing`), how much of it is done, and how much there is."""
Build = Callable[[Path, StageCallback | None], Edition]
"""Builds the edition of a corpus."""


def build_edition(marks: Marks, analyser: Analyser, path: Path, progress: StageCallback | None = None) -> Edition:
    """Read and index a corpus in memory; raise EmptyCorpusError where it holds no article that can be read."""
    sink = MemorySink()
    facts = write_corpus(path, marks, analyser, sink, progress=progress)
    return Edition.from_arrays(sink.arrays, facts, analyser)


def make_edition(articles: Iterable[Article], rejections: Iterable[Rejection], analyser: Analyser) -> Edition:
    """Index articles that are read already."""
    sink = MemorySink()
    facts = _write(chain(map(Unit, articles), map(Unit, rejections)), analyser, sink)
    return Edition.from_arrays(sink.arrays, facts, analyser)


def write_corpus(  # noqa: PLR0913 (from what, into what, and what to tell)
    path: Path,
    marks: Marks,
    analyser: Analyser,
    sink: Sink,
    *,
    progress: StageCallback | None = None,
    folder: Path | None = None,
    previous: Path | None = None,
) -> dict[str, Any]:
    """Read and index a corpus; write the arrays of its `Edition`, and return the facts, which JSON can hold.

    What grows meanwhile is kept in files of a folder, or else in memory. What the edition in the file `previous` has of
    the corpus is taken from there, where it is of the same configuration; the outcome is the same.
    Raise EmptyCorpusError.
    """
    configuration = configuration_key(marks, analyser)
    old = map_previous_edition(previous, configuration) if previous else None
    reading, indexing = _stages(progress)
    units = read_units(find_corpus(path), marks, reading, old.units() if old else NOTHING_KNOWN)
    incremental = plan_incremental_build(units, old, folder) if old else None
    if incremental is not None and incremental.are_few:
        facts = _facts(incremental.write(analyser, sink, indexing), incremental.rejections)
    else:
        facts = _write(incremental.units() if incremental else units, analyser, sink, indexing, folder)
    if not facts["articles"]:
        raise EmptyCorpusError(path, read_rejections(facts["rejections"]))
    return {**facts, "configuration": configuration}


def _stages(progress: StageCallback | None) -> tuple[ProgressCallback | None, ProgressCallback | None]:
    """Return what reports progress with reading and with indexing."""
    return (partial(progress, "reading"), partial(progress, "indexing")) if progress else (None, None)


def _write(
    units: Iterable[Unit],
    analyser: Analyser,
    sink: Sink,
    indexing: ProgressCallback | None = None,
    folder: Path | None = None,
) -> dict[str, Any]:
    """Index articles as they come."""
    table, index, digests = TableSpool(folder), IndexSpool(analyser, folder), DigestSpool(folder)
    sketches = SketchSpool(folder)
    rejections = list[Rejection]()
    for unit in units:
        if isinstance(unit.outcome, Rejection):
            rejections.append(unit.outcome)
        elif isinstance(unit.outcome, Article):
            table.append(unit.outcome)
            index.append(unit.outcome)
            sketches.append(unit.outcome)
            digests.append(unit.digest)
    articles = PartSink(sink, "articles").add(table.arrays())
    PartSink(sink, "units").add({"digests": digests.array()})
    index.write(PartSink(sink, "index"), indexing)
    PartSink(sink, "titles").add(title_arrays(ArticleTable(articles)))
    PartSink(sink, "twins").add(twin_arrays(sketches.sketches(), ArticleTable(articles)))
    return _facts(articles, rejections)


def _facts(articles: Arrays, rejections: Iterable[Rejection]) -> dict[str, Any]:
    """Return what an edition says of itself, given the arrays of its articles."""
    digests = articles["columns.digests"]
    return {
        "articles": len(digests),
        "rejections": [astuple(rejection) for rejection in rejections],
        "fingerprint": _fingerprint(digests),
        "built": datetime.now(UTC).isoformat(),
    }


def _fingerprint(digests: NDArray[np.integer]) -> str:
    """Digest everything that a reader could see of the articles, in order."""
    return blake2b(digests.astype("<u8").tobytes(), digest_size=8).hexdigest()
