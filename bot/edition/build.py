"""Building an edition in this process, and its key: a hash of its files, this code, its libraries and configuration."""

import sys
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import astuple
from datetime import UTC, datetime
from functools import cache, partial
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from itertools import chain
from pathlib import Path
from typing import Any

from bot.arabic import Analyser
from bot.articles import (
    NO_KNOWN_UNITS,
    NO_REMOVALS,
    Article,
    ArticleTable,
    BoilerplatePhrases,
    CorpusFile,
    DigestBuilder,
    KnownArticle,
    KnownUnits,
    ProgressCallback,
    Rejection,
    Removals,
    SourceUnit,
    TableBuilder,
    TableRows,
    find_corpus,
    read_rejections,
    read_units,
)
from bot.edition.edition import Edition
from bot.edition.edition_errors import EmptyCorpusError
from bot.retrieval import (
    IndexBuilder,
    IndexRows,
    MinHashSignatures,
    SignatureBuilder,
    near_duplicate_arrays,
    title_arrays,
)
from bot.storage import (
    Arrays,
    ArrayWriter,
    DamagedFileError,
    MemoryWriter,
    PrefixWriter,
    TextTable,
    map_arrays,
    strip_prefix,
)

StageCallback = Callable[[str, int, int], None]
"""Called with the stage, how much of it is done, and of how much.

Stages are `fetching`, `reading`, `indexing`, `publishing` where there is a cluster, and `checking`.
"""
Build = Callable[[Path, StageCallback | None], Edition]
"""Builds the edition of a corpus."""


def build_edition(
    phrases: BoilerplatePhrases,
    analyser: Analyser,
    path: Path,
    progress: StageCallback | None = None,
    *,
    removals: Removals = NO_REMOVALS,
) -> Edition:
    """Read and index a corpus in memory; raise EmptyCorpusError where it holds no article that can be read."""
    writer = MemoryWriter()
    facts = write_corpus(path, phrases, analyser, writer, progress=progress, removals=removals)
    return Edition.from_arrays(writer.arrays, facts, analyser)


def make_edition(articles: Iterable[Article], rejections: Iterable[Rejection], analyser: Analyser) -> Edition:
    """Index articles that are read already."""
    writer = MemoryWriter()
    facts = _write(chain(map(SourceUnit, articles), map(SourceUnit, rejections)), analyser, writer)
    return Edition.from_arrays(writer.arrays, facts, analyser)


def write_corpus(  # noqa: PLR0913 (from what, into what, and what to report)
    path: Path,
    phrases: BoilerplatePhrases,
    analyser: Analyser,
    writer: ArrayWriter,
    *,
    progress: StageCallback | None = None,
    folder: Path | None = None,
    previous: Path | None = None,
    removals: Removals = NO_REMOVALS,
) -> dict[str, Any]:
    """Read and index a corpus; write the arrays of its `Edition`, and return the facts, which JSON can hold.

    What is in `removals` is left out.

    What grows meanwhile is kept in files of a folder, or else in memory. What the edition in the file `previous` has of
    the corpus is taken from there, where it is of the same configuration; the outcome is the same.
    Raise EmptyCorpusError.
    """
    configuration = configuration_key(phrases, analyser)
    old = _map_previous(previous, configuration) if previous else None
    reading, indexing = (partial(progress, stage) if progress else None for stage in ("reading", "indexing"))
    units = read_units(find_corpus(path), phrases, reading, old.units() if old else NO_KNOWN_UNITS)
    if removals:
        units = _without(removals.for_build, units, old)
    facts = _write(units, analyser, writer, indexing, folder=folder, old=old)
    if not facts["articles"]:
        raise EmptyCorpusError(path, read_rejections(facts["rejections"]))
    return {**facts, "configuration": configuration, "removals": removals.to_record()}


_MOST_TAKEN = 1 << 14  # articles at a time, so that what is copied stays small; chosen


class _PreviousEdition:
    """The articles of an edition of the same configuration, with the rows that a build takes of them."""

    def __init__(self, arrays: Arrays) -> None:
        self.table = TableRows(strip_prefix(arrays, "articles"))
        self.index = IndexRows(strip_prefix(arrays, "index"))
        self.signatures = MinHashSignatures.from_arrays(strip_prefix(arrays, "near_duplicates.signatures"))
        self._digests = arrays["units.digests"]
        self.links = TextTable.from_arrays(self.table.texts["urls"])

    def units(self) -> KnownUnits:
        """Return the units that its articles were read from."""
        return KnownUnits(self._digests, TextTable.from_arrays(self.table.texts["ids"]))


def _map_previous(file: Path, configuration: str) -> _PreviousEdition | None:
    """Map an edition to build upon, None where it is of another configuration, damaged or gone."""
    try:
        arrays, facts = map_arrays(file)
        return _PreviousEdition(arrays) if facts["configuration"] == configuration else None
    except (OSError, DamagedFileError, KeyError):
        return None


def _without(removals: Removals, units: Iterable[SourceUnit], old: _PreviousEdition | None) -> Iterator[SourceUnit]:
    """Yield the units but for those of articles that were removed."""
    for unit in units:
        match unit.outcome:
            case Article(id=name, url=url) if removals.has(name, url):
                continue
            case KnownArticle(number, name) if old and removals.has(name, old.links[number]):
                continue
        yield unit


def _write(  # noqa: PLR0913 (from what, into what, and what to report)
    units: Iterable[SourceUnit],
    analyser: Analyser,
    writer: ArrayWriter,
    indexing: ProgressCallback | None = None,
    *,
    folder: Path | None = None,
    old: _PreviousEdition | None = None,
) -> dict[str, Any]:
    """Write the arrays of articles, indexed as they come, of which `old` has those that are known; return the facts."""
    table, digests, signatures = TableBuilder(folder), DigestBuilder(folder), SignatureBuilder(folder)
    index = IndexBuilder(analyser, signatures, folder, old.index if old else None)
    rejections = list[Rejection]()
    begin = end = 0  # those of the old edition that are next to be taken

    def take() -> None:
        if old and begin < end:
            table.take(old.table, begin, end)
            index.take(begin, end)
            signatures.take(old.signatures, begin, end)

    for unit in units:
        match unit.outcome:
            case Rejection():
                rejections.append(unit.outcome)
                continue
            case KnownArticle(number):
                if number != end or end - begin >= _MOST_TAKEN:
                    take()
                    begin = number
                end = number + 1
            case Article():
                take()
                begin = end
                table.append(unit.outcome)
                index.append(unit.outcome)
        digests.append(unit.digest)
    take()
    articles = PrefixWriter(writer, "articles").add(table.arrays())
    PrefixWriter(writer, "units").add({"digests": digests.array()})
    index.write(PrefixWriter(writer, "index"), indexing)
    PrefixWriter(writer, "titles").add(title_arrays(ArticleTable(articles)))
    PrefixWriter(writer, "near_duplicates").add(near_duplicate_arrays(signatures.signatures(), ArticleTable(articles)))
    return _facts(articles, rejections)


def _facts(articles: Arrays, rejections: Iterable[Rejection]) -> dict[str, Any]:
    digests = articles["columns.digests"]
    return {
        "articles": len(digests),
        "rejections": [astuple(rejection) for rejection in rejections],
        "fingerprint": blake2b(digests.astype("<u8").tobytes(), digest_size=8).hexdigest(),
        "built": datetime.now(UTC).isoformat(),
    }


# Libraries that read, analyse and weigh.
_LIBRARIES = ("numpy", "pyarabic", "rank-bm25", "PyYAML")
# Optional libraries that read pages: trafilatura, and those it uses for trees, bodies, days and links.
_PAGE_LIBRARIES = ("trafilatura", "lxml", "lxml-html-clean", "justext", "htmldate", "python-dateutil", "courlan")
# Packages whose code decides what an edition holds.
_ROOMS = ("arabic", "articles", "edition", "retrieval", "storage")
_PACKAGE = Path(__file__).resolve().parent.parent


def edition_key(
    files: Iterable[CorpusFile], phrases: BoilerplatePhrases, analyser: Analyser, removals: Removals = NO_REMOVALS
) -> str:
    """Return the key of the edition that files with digests give with this code and configuration.

    It depends on contents, not on times: copying and restoring change those, and a clock may be set back.
    """
    digest = blake2b((configuration_key(phrases, analyser) + removals.digest).encode(), digest_size=16)
    for file in files:
        digest.update(f"\0{file.name}\0".encode())
        digest.update(file.digest or (file.error.reason.value if file.error else "").encode())
    return digest.hexdigest()


def configuration_key(phrases: BoilerplatePhrases, analyser: Analyser) -> str:
    """Return a hash of all that an edition depends on besides its articles: code, libraries, configuration."""
    return _hash((_program(), repr(phrases), repr(sorted(analyser.stop_words))))


@cache
def _program() -> str:
    libraries = map(_version, (*_LIBRARIES, *_PAGE_LIBRARIES))
    modules = (module for room in _ROOMS for module in sorted((_PACKAGE / room).rglob("*.py")))
    code = (module.read_text(encoding="utf-8") for module in modules)
    return _hash((sys.version, unicodedata.unidata_version, *libraries, *code))


def _hash(parts: Iterable[str]) -> str:
    digest = blake2b(digest_size=16)
    for part in parts:
        digest.update(part.encode())
    return digest.hexdigest()


def _version(library: str) -> str:
    try:
        return f"{library} {version(library)}"
    except PackageNotFoundError:
        return f"no {library}"
