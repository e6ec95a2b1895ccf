"""The articles of a feed as files: which links are there, and what writing an article comes to."""

import hashlib
from collections.abc import Sequence
from enum import Enum, auto
from pathlib import Path

from bot.articles.article import Article, ArticleError
from bot.articles.corpus_files import CorpusFile, find_files, read_whole
from bot.articles.feeds.entry_dates import is_later
from bot.articles.feeds.feed_entry import FeedEntry
from bot.articles.importing import ArticleFolder, ImportStatus, file_stem, write_markdown
from bot.articles.marks import BoilerplatePhrases
from bot.articles.readers import read_front_matter, read_markdown
from bot.articles.sources import Version
from bot.articles.units import with_digests


class Written(Enum):
    """What writing an article came to."""

    NEW = auto()
    CHANGED = auto()
    SAME = auto()


class FeedFolder:
    """The folder of a feed's articles, whose links are read once they are asked for."""

    def __init__(self, folder: Path, phrases: BoilerplatePhrases) -> None:
        self._folder = folder
        self._phrases = phrases
        self._articles: ArticleFolder | None = None

    def has_article(self, entry: FeedEntry) -> bool:
        """Tell whether an article has the link of an entry, and is not older than what the feed says of it."""
        path = self._files.path_of(entry.link)
        try:
            return path is not None and not is_later(entry.changed, path.stat().st_mtime)
        except OSError:
            return False

    def title_of(self, link: str) -> str | None:
        """Return the title of the article that has a link, "" where its file names none, None where none has it."""
        path = self._files.path_of(link)
        if path is None:
            return None
        try:
            return str(read_front_matter(read_whole(path).decode("utf-8", "replace")).fields.get("title", ""))
        except (ArticleError, OSError):
            return ""

    def write(self, article: Article) -> Written:
        """Write an article, if it is not there as it is; raise ArticleError, or OSError where it cannot be written."""
        text = write_markdown(article)
        article = read_markdown(article.id, text, self._phrases)  # what is kept is what will be read
        target = self._files.find_target(file_stem(article), article, text)
        if target.status in {ImportStatus.SAME, ImportStatus.ALREADY_WRITTEN, ImportStatus.NOT_WRITABLE}:
            return Written.SAME
        self._files.write(target.path, article, text)
        return Written.CHANGED if target.status is ImportStatus.OTHER_VERSION else Written.NEW

    @property
    def _files(self) -> ArticleFolder:
        if self._articles is None:
            self._articles = ArticleFolder(self._folder)
        return self._articles


def article_files(folder: Path) -> list[CorpusFile]:
    """List the articles of a folder, none where there is no folder."""
    return [file for file in find_files(folder) if file.error is None] if folder.is_dir() else []


def version_of(files: Sequence[CorpusFile]) -> Version:
    """Digest names and contents of article files, whatever their days on the disk."""
    digests = sorted((file.name, file.digest.hex()) for file in with_digests(files))
    return Version(digest=hashlib.sha256(repr(digests).encode("utf-8", "surrogatepass")).hexdigest())
