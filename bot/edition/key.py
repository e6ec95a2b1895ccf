"""Content hashes that name an edition: of its files, of this code, its libraries and its configuration."""

import sys
import unicodedata
from collections.abc import Iterable, Iterator
from functools import cache
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from bot.arabic import Analyser
from bot.articles import BoilerplatePhrases, CorpusFile

# Libraries that read, analyse and weigh.
_LIBRARIES = ("numpy", "pyarabic", "rank-bm25", "PyYAML")
# Optional libraries that read pages: trafilatura, and those it uses for trees, bodies, days and links.
_PAGE_LIBRARIES = ("trafilatura", "lxml", "lxml-html-clean", "justext", "htmldate", "python-dateutil", "courlan")
# Packages whose code decides what an edition holds.
_ROOMS = ("arabic", "articles", "edition", "retrieval", "storage")
_PACKAGE = Path(__file__).resolve().parent.parent


def edition_key(files: Iterable[CorpusFile], phrases: BoilerplatePhrases, analyser: Analyser) -> str:
    """Return the key of the edition that files with digests give with this code and configuration.

    It depends on contents, not on times: copying and restoring change those, and a clock may be set back.
    """
    digest = blake2b(configuration_key(phrases, analyser).encode(), digest_size=16)
    for file in files:
        digest.update(f"\0{file.name}\0".encode())
        digest.update(file.digest or (file.error.reason.value if file.error else "").encode())
    return digest.hexdigest()


def configuration_key(phrases: BoilerplatePhrases, analyser: Analyser) -> str:
    """Return a hash of all that an edition depends on besides its articles: code, libraries, configuration."""
    digest = blake2b(digest_size=16)
    for part in (_program(), repr(phrases), repr(sorted(analyser.stop_words))):
        digest.update(part.encode())
    return digest.hexdigest()


@cache
def _program() -> str:
    """Return a hash of this code, of Python and of the libraries."""
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
