"""Building an edition in this process: articles are read as a stream and written as arrays."""

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
    NO_KNOWN_UNITS,
    Article,
    ArticleTable,
    BoilerplatePhrases,
    DigestBuilder,
    ProgressCallback,
    Rejection,
    SourceUnit,
    TableBuilder,
    find_corpus,
    read_rejections,
    read_units,
)
from bot.edition.edition import Edition
from bot.edition.edition_errors import EmptyCorpusError
from bot.edition.incremental import map_previous_edition, plan_incremental_build
from bot.edition.key import configuration_key
from bot.retrieval import IndexBuilder, SignatureBuilder, near_duplicate_arrays, title_arrays
from bot.storage import Arrays, ArrayWriter, MemoryWriter, PrefixWriter

StageCallback = Callable[[str, int, int], None]
"""Called with the stage, how much of it is done, and of how much.

Stages are `fetching`, `reading`, `indexing`, `publishing` where there is a cluster, and `checking`.
"""
Build = Callable[[Path, StageCallback | None], Edition]
"""Builds the edition of a corpus."""


def build_edition(
    phrases: BoilerplatePhrases, analyser: Analyser, path: Path, progress: StageCallback | None = None
) -> Edition:
    """Read and index a corpus in memory; raise EmptyCorpusError where it holds no article that can be read."""
    writer = MemoryWriter()
    facts = write_corpus(path, phrases, analyser, writer, progress=progress)
    return Edition.from_arrays(writer.arrays, facts, analyser)


def make_edition(articles: Iterable[Article], rejections: Iterable[Rejection], analyser: Analyser) -> Edition:
    """Index articles that are read already."""
    writer = MemoryWriter()
    facts = _write(chain(map(SourceUnit, articles), map(SourceUnit, rejections)), analyser, writer)
    return Edition.from_arrays(writer.arrays, facts, analyser)


def write_corpus(  # noqa: PLR0913 (from what, into what, and what to tell)
    path: Path,
    phrases: BoilerplatePhrases,
    analyser: Analyser,
    writer: ArrayWriter,
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
    configuration = configuration_key(phrases, analyser)
    old = map_previous_edition(previous, configuration) if previous else None
    reading, indexing = _stages(progress)
    units = read_units(find_corpus(path), phrases, reading, old.units() if old else NO_KNOWN_UNITS)
    incremental = plan_incremental_build(units, old, folder) if old else None
    if incremental is not None and incremental.are_few:
        facts = _facts(incremental.write(analyser, writer, indexing), incremental.rejections)
    else:
        facts = _write(incremental.units() if incremental else units, analyser, writer, indexing, folder)
    if not facts["articles"]:
        raise EmptyCorpusError(path, read_rejections(facts["rejections"]))
    return {**facts, "configuration": configuration}


def _stages(progress: StageCallback | None) -> tuple[ProgressCallback | None, ProgressCallback | None]:
    """Return the progress callbacks of reading and of indexing."""
    return (partial(progress, "reading"), partial(progress, "indexing")) if progress else (None, None)


def _write(
    units: Iterable[SourceUnit],
    analyser: Analyser,
    writer: ArrayWriter,
    indexing: ProgressCallback | None = None,
    folder: Path | None = None,
) -> dict[str, Any]:
    """Write the arrays of articles, indexed as they come; return the facts."""
    table, index, digests = TableBuilder(folder), IndexBuilder(analyser, folder), DigestBuilder(folder)
    signatures = SignatureBuilder(folder)
    rejections = list[Rejection]()
    for unit in units:
        if isinstance(unit.outcome, Rejection):
            rejections.append(unit.outcome)
        elif isinstance(unit.outcome, Article):
            table.append(unit.outcome)
            index.append(unit.outcome)
            signatures.append(unit.outcome)
            digests.append(unit.digest)
    articles = PrefixWriter(writer, "articles").add(table.arrays())
    PrefixWriter(writer, "units").add({"digests": digests.array()})
    index.write(PrefixWriter(writer, "index"), indexing)
    PrefixWriter(writer, "titles").add(title_arrays(ArticleTable(articles)))
    PrefixWriter(writer, "near_duplicates").add(near_duplicate_arrays(signatures.signatures(), ArticleTable(articles)))
    return _facts(articles, rejections)


def _facts(articles: Arrays, rejections: Iterable[Rejection]) -> dict[str, Any]:
    """Return the facts of an edition, given the arrays of its articles."""
    digests = articles["columns.digests"]
    return {
        "articles": len(digests),
        "rejections": [astuple(rejection) for rejection in rejections],
        "fingerprint": _fingerprint(digests),
        "built": datetime.now(UTC).isoformat(),
    }


def _fingerprint(digests: NDArray[np.integer]) -> str:
    """Hash the digests of all articles, in order."""
    return blake2b(digests.astype("<u8").tobytes(), digest_size=8).hexdigest()
