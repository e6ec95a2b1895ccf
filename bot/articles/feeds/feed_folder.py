"""The articles of a feed as files: the links that are there, and the writing of articles."""

import hashlib
import re
from contextlib import suppress
from dataclasses import replace
from enum import Enum, auto
from functools import cached_property
from pathlib import Path

from bot.articles.article import Article, ArticleError
from bot.articles.corpus_files import CorpusFile, find_files
from bot.articles.feeds.feed_entry import FeedEntry, unix_time
from bot.articles.importing import ArticleFolder, ImportStatus, file_stem, text_of
from bot.articles.readers import read_front_matter
from bot.articles.validation import site_of
from bot.storage import atomic_write

_LINK = re.compile(r'^url: "([^"]+)"$', re.MULTILINE)
_DEAD, _FENCE = re.compile(r"\ndead_since: .*"), "\n---\n"
_FEWEST_LETTERS = 200  # some forty words; below it notices and figures of the day are alike without being one
_Piece = tuple[str, bytes]


class Written(Enum):
    """What came of writing an article."""

    NEW = auto()
    CHANGED = auto()
    SAME = auto()


class FeedFolder:
    """The folder of a feed's articles, whose links are read when they are first needed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._by_piece: dict[_Piece, Path] | None = None
        self._written = set[Path]()

    def has_article(self, entry: FeedEntry) -> bool:
        """Whether an article has the link of an entry, and is not older than what the feed says of it."""
        path = self.links.path_of(entry.link)
        with suppress(OSError):
            return path is not None and unix_time(entry.changed) <= path.stat().st_mtime
        return False

    def title_of(self, link: str) -> str | None:
        """Return the title of the article that has a link, "" where its file names none, None where none has it."""
        path = self.links.path_of(link)
        with suppress(ArticleError):
            return str(read_front_matter(text_of(path)).fields.get("title", "")) if path is not None else None
        return ""

    def mark_dead(self, path: Path, since: str) -> None:
        """Write into the file of an article since which day its link is dead, "" for none; raise OSError."""
        matter, fence, body = (old := text_of(path)).partition(_FENCE)
        matter = _DEAD.sub("", matter) + (f'\ndead_since: "{since}"' if since else "")
        if fence and (text := f"{matter}{fence}{body}") != old:
            atomic_write(path, text.encode())

    def write(self, article: Article, text: str) -> tuple[Written, Path]:
        """Write the file of an article, unless it is there as it is, and return which that is; raise OSError."""
        target = self.links.find_target(file_stem(article), article, text)
        if target.status in {ImportStatus.NEW, ImportStatus.NAMESAKE} and (path := self._same_piece(text)):
            # The piece gets its newest link; its file, title and day stay those that it came with first. Of several
            # links in one fetch the first is taken.
            link = _LINK.search(text)
            if path in self._written or link is None:
                return Written.SAME, path
            moved = _LINK.sub(lambda _: link[0], text_of(path), count=1)
            self.rewrite(path, replace(article, title=str(read_front_matter(moved).fields["title"])), moved)
            return Written.CHANGED, path
        if target.status in {ImportStatus.SAME, ImportStatus.ALREADY_WRITTEN, ImportStatus.NOT_WRITABLE}:
            return Written.SAME, target.path
        self.rewrite(target.path, article, text)
        return Written.CHANGED if target.status is ImportStatus.OTHER_VERSION else Written.NEW, target.path

    def _same_piece(self, text: str) -> Path | None:
        """Return the file that has a text from the same site, None where none has or it is too short to tell."""
        key = _piece(text)
        if key is None:
            return None
        if self._by_piece is None:
            paths = [file.path for file in article_files(self._folder)]
            self._by_piece = {piece: path for path in paths if (piece := _piece(text_of(path)))}
        path = self._by_piece.get(key)
        return path if path is not None and _piece(text_of(path)) == key else None

    def rewrite(self, path: Path, article: Article, text: str) -> None:
        """Write an article into a file; raise OSError."""
        self.links.write(path, article, text)
        self._written.add(path)
        if self._by_piece is not None and (key := _piece(text)):
            self._by_piece[key] = path

    @cached_property
    def links(self) -> ArticleFolder:
        """The same files by their links."""
        return ArticleFolder(self._folder)


def _piece(text: str) -> _Piece | None:
    """Digest the body of an article's file, and name its site; None where nobody can tell, or the body is short."""
    matter, _, body = text.partition(_FENCE)
    link = _LINK.search(matter)
    site = site_of(link[1]) if link else None
    letters = "".join(body.split()).lower()
    if site is None or len(letters) < _FEWEST_LETTERS:
        return None
    return site, hashlib.blake2b(letters.encode(), digest_size=16).digest()


def article_files(folder: Path) -> list[CorpusFile]:
    """List the articles of a folder, none where there is no folder."""
    return [file for file in find_files(folder) if file.error is None] if folder.is_dir() else []
