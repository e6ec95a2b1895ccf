"""Sources of every kind on this machine: folders, a web server with archives and feeds, a store in memory."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest

from bot.articles import Article, read_corpus
from bot.articles import feeds as feeds_room
from bot.articles.combined import CombinedSource, CorpusLocation, KeptFolder, kept_folder, source_of
from bot.articles.feeds import HostPace
from bot.articles.sources import Fetched, FetchLimits, Source
from tests.articles.conftest import PHRASES
from tests.articles.page_server import PageServer, page_server
from tests.articles.sources.archives import tar_gz
from tests.articles.sources.conftest import LIMITS
from tests.articles.sources.web_server import WebServer, web_server

TEXT = "أعلنت البلدية افتتاح المكتبة العامة صباح الأحد بحضور السكان."
LONG = " ".join(["وقال رئيس البلدية إن العمل في المشروع سيستمر حتى نهاية العام المقبل."] * 20)


def article(title: str, text: str = TEXT, outlet: str = "") -> str:
    """Write an article as a file of the corpus has it."""
    named = f"outlet: {outlet}\n" if outlet else ""
    return f"---\ntitle: {title}\n{named}---\n\n{text}\n"


def write(folder: Path, name: str, title: str = "", text: str = TEXT, outlet: str = "") -> Path:
    file = folder / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(article(title or f"خبر {Path(name).stem}", text, outlet), encoding="utf-8")
    return file


def rss(link: str, *titles: str, first: int = 0) -> bytes:
    """Return a feed that carries the whole text of each piece; their links are numbered, from `first` on."""
    items = "".join(
        f"<item><title>{title}</title><link>{link}{number}</link><guid>{link}{number}</guid>"
        f"<content:encoded><![CDATA[<p>{title}. {LONG}</p>]]></content:encoded></item>"
        for number, title in enumerate(titles, first)
    )
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>'
        f"<title>خلاصة الميناء</title>{items}</channel></rss>"
    ).encode()


@dataclass
class Combining:
    """Sources as a setting names them, made anew each time, as after a restart."""

    cache: Path
    keep: Path

    def source(self, *urls: str, kept: KeptFolder | None = None, limits: FetchLimits = LIMITS) -> CombinedSource:
        location = CorpusLocation(",".join(urls), allow_private=True, limits=limits)
        return source_of(location, self.cache, kept or self.kept, PHRASES)

    @property
    def kept(self) -> KeptFolder:
        return kept_folder(str(self.keep), self.cache, LIMITS)


@pytest.fixture
def combining(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Combining:
    # Hosts are asked as fast as they answer.
    monkeypatch.setattr(feeds_room, "HostPace", partial(HostPace, pause=0.0))
    return Combining(tmp_path / "cache", tmp_path / "kept")


@pytest.fixture
def site() -> Iterator[PageServer]:
    with page_server() as server:
        yield server


def serve_archive(site: PageServer, files: dict[str, str], path: str = "/corpus.tar.gz") -> str:
    return site.serve(path, tar_gz(files), "application/gzip")


def articles(fetched: Fetched) -> dict[str, Article]:
    """Read what was fetched, of which nothing is rejected."""
    corpus = read_corpus(fetched.path, PHRASES)
    assert corpus.rejections == ()
    return {article.id: article for article in corpus.articles}


def titles(fetched: Fetched) -> list[str]:
    return sorted(article.title for article in articles(fetched).values())


def problems(source: Source) -> list[tuple[str, str]]:
    return [(str(problem.source), problem.error.key) for problem in source.problems]


@pytest.fixture
def server() -> Iterator[WebServer]:
    with web_server() as serving:
        yield serving
