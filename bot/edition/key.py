"""What an edition depends on, in one short name: another state of any of it gives another name."""

import sys
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from bot.arabic import Analyser
from bot.articles import BoilerplatePhrases, CorpusFile

# What reads, analyses and weighs.
_LIBRARIES = ("numpy", "pyarabic", "rank-bm25", "PyYAML")
# What reads pages, where it is installed: trafilatura, and what it leaves trees, bodies, days and links to.
_PAGE_LIBRARIES = ("trafilatura", "lxml", "lxml-html-clean", "justext", "htmldate", "python-dateutil", "courlan")
# The rooms whose code decides what an edition holds.
_ROOMS = ("arabic", "articles", "edition", "retrieval", "storage")
_PACKAGE = Path(__file__).resolve().parent.parent


def edition_key(files: Iterable[CorpusFile], phrases: BoilerplatePhrases, analyser: Analyser) -> str:
    """Name the edition that files, which are `with_digests`, give with this code and this configuration.

    Contents count and not times, which copying and restoring change, and a clock that is set back.
    """
    digest = blake2b(configuration_key(phrases, analyser).encode(), digest_size=16)
    for file in files:
        digest.update(f"\0{file.name}\0".encode())
        digest.update(file.digest or (file.error.reason.value if file.error else "").encode())
    return digest.hexdigest()


def configuration_key(phrases: BoilerplatePhrases, analyser: Analyser) -> str:
    """Name all that an edition depends on besides its articles: this code and this configuration."""
    digest = blake2b(digest_size=16)
    for part in (_program(), repr(phrases), repr(sorted(analyser.stop_words))):
        digest.update(part.encode())
    return digest.hexdigest()


@cache
def _program() -> str:
    """Name this code, and what it is built on."""
    digest = blake2b(digest_size=16)
    for part in (sys.version, unicodedata.unidata_version, *map(_version, (*_LIBRARIES, *_PAGE_LIBRARIES)), *_code()):
        digest.update(part.encode())
    return digest.hexdigest()


def _version(library: str) -> str:
    try:
        return f"{library} {version(library)}"
    except PackageNotFoundError:
        return f"no {library}"


def _code() -> Iterator[str]:
    for room in _ROOMS:
        for module in sorted((_PACKAGE / room).rglob("*.py")):
            yield module.read_text(encoding="utf-8")
