"""Editions: everything built from one state of the corpus, and the one place that holds the current one."""

import hashlib
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

from bot.arabic import Analyser
from bot.articles import Article, Marks, Rejection, outlets, read_corpus
from bot.retrieval import PassageIndex, TitleIndex

Progress = Callable[[str, int, int], None]
"""Called with the stage (`reading` or `indexing`), how much of it is done, and how much there is."""


class EmptyCorpusError(Exception):
    """The corpus has no article that can be read; `rejections` says why."""

    def __init__(self, path: Path, rejections: Sequence[Rejection]) -> None:
        super().__init__(f"no readable article in {path}")
        self.path = path
        self.rejections = tuple(rejections)


@dataclass(frozen=True, slots=True)
class Edition:
    """One state of the corpus, immutable: articles by id, their index, and a fingerprint of their content.

    `as_of` is the day of the newest article, None where no article has a day up to that of the build; `outlets` are
    those of the articles, that of the most articles first; `titles` finds articles by their titles.
    """

    articles: dict[str, Article]
    rejections: tuple[Rejection, ...]
    index: PassageIndex
    fingerprint: str
    built: datetime
    as_of: date | None = field(init=False)
    outlets: tuple[str, ...] = field(init=False)
    titles: TitleIndex = field(init=False, compare=False, repr=False)

    def __post_init__(self) -> None:
        articles = self.articles.values()
        days = (article.published for article in articles if article.published)
        # A date to come is a mistake in the file.
        as_of = max((day for day in days if day <= self.built.date()), default=None)
        object.__setattr__(self, "as_of", as_of)
        object.__setattr__(self, "outlets", outlets(articles))
        object.__setattr__(self, "titles", TitleIndex(tuple(articles)))


def build_edition(marks: Marks, analyser: Analyser, path: Path, progress: Progress | None = None) -> Edition:
    """Read and index a corpus; raise EmptyCorpusError where it holds no article that can be read."""
    corpus = read_corpus(path, marks, partial(progress, "reading") if progress else None)
    if not corpus.articles:
        raise EmptyCorpusError(path, corpus.rejections)
    return make_edition(corpus.articles, corpus.rejections, analyser, progress)


def make_edition(
    articles: Sequence[Article],
    rejections: Sequence[Rejection],
    analyser: Analyser,
    progress: Progress | None = None,
) -> Edition:
    """Index articles that are read already."""
    index = PassageIndex(articles, analyser, partial(progress, "indexing") if progress else None)
    by_id = {article.id: article for article in articles}
    return Edition(by_id, tuple(rejections), index, _fingerprint(articles), datetime.now(UTC))


def _fingerprint(articles: Sequence[Article]) -> str:
    """Digest everything that a reader could see of the articles, in order."""
    digest = hashlib.blake2b(digest_size=8)
    for article in articles:
        digest.update(repr(article).encode("utf-8", "surrogatepass"))
    return digest.hexdigest()


@dataclass(frozen=True, slots=True)
class Changes:
    """What a reload changed, as articles, and the files it could not read."""

    added: tuple[Article, ...]
    changed: tuple[Article, ...]
    removed: tuple[Article, ...]
    rejections: tuple[Rejection, ...]


def _changes(old: Edition | None, new: Edition) -> Changes:
    before = old.articles if old else {}
    return Changes(
        added=tuple(article for name, article in new.articles.items() if name not in before),
        changed=tuple(article for name, article in new.articles.items() if name in before and before[name] != article),
        removed=tuple(article for name, article in before.items() if name not in new.articles),
        rejections=new.rejections,
    )


class Editions:
    """The current edition of one corpus; a reload builds the next beside it and then swaps one reference.

    `reload` may run in a worker thread while others read `current`: the swap is a single assignment, and
    two reloads at once take turns. Whatever fails in a reload, the old edition goes on serving.
    """

    def __init__(self, path: Path, build: Callable[[Path, Progress | None], Edition]) -> None:
        self.path = path
        self._build = build
        self._turn = threading.Lock()
        self._current: Edition | None = None

    @property
    def current(self) -> Edition:
        """The edition that serves now; raise LookupError before the first `reload`."""
        if self._current is None:
            raise LookupError("no edition has been built yet")
        return self._current

    def reload(self, progress: Progress | None = None) -> Changes:
        """Build an edition from the corpus as it is now and serve it; raise EmptyCorpusError if it has none."""
        with self._turn:
            edition = self._build(self.path, progress)
            changes = _changes(self._current, edition)
            self._current = edition
            return changes
