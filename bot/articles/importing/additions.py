"""Articles that moderators added one by one: files of a folder, each with a mark while it waits for its reload."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from threading import Lock

from bot.articles.article import Article, ArticleError
from bot.articles.characters import decode
from bot.articles.corpus_files import file_stamp, is_companion, read_whole
from bot.articles.importing.article_folder import file_stem
from bot.articles.importing.page_import import ImportedArticle
from bot.articles.marks import BoilerplatePhrases
from bot.articles.readers import read_markdown
from bot.storage import atomic_write

FileStamp = tuple[int, int, int, int]

_SUFFIX = ".md"
# Both are hidden, so that no reader of a corpus takes them for articles.
_ADDING, _REMOVING = ".adding", ".removing"


@dataclass(frozen=True, slots=True)
class AddedArticle:
    """An added article, and its key: the name of its file without suffix, at most 80 characters."""

    key: str
    article: Article


class AddedArticles:
    """The added articles in a folder, which need not exist yet. Its methods block.

    What is added or removed is only begun: it is `settle`d once a reload has served it, or else `undo`ne. What a killed
    process has begun is in `unsettled`: a mark beside an added file, or a removed file under a hidden name.
    """

    def __init__(self, folder: Path, phrases: BoilerplatePhrases, copy: Callable[[], object] = lambda: None) -> None:
        """Keep articles in a folder; `copy` brings what has changed there to where its copy is, if it has one."""
        self.phrases = phrases
        self._folder = folder
        self._copy = copy
        self._read: dict[str, tuple[FileStamp, AddedArticle]] = {}
        self._reading = Lock()

    def list_newest(self) -> list[AddedArticle]:
        """List the added articles, the one that was added last first; what cannot be read is left out."""
        with self._reading:
            found = list[tuple[Path, FileStamp]]()
            for path in self._folder.glob(f"[!.]*{_SUFFIX}") if self._folder.is_dir() else ():
                with suppress(OSError):
                    found.append((path, file_stamp(path.stat())))
            known, self._read, articles = self._read, {}, list[AddedArticle]()
            for path, stamp in sorted(found, key=lambda entry: (-entry[1][1], entry[0].name)):
                before = known.get(path.name)
                is_known = before is not None and before[0] == stamp
                added = before[1] if before and is_known else self._parse(path.name.removesuffix(_SUFFIX), path)
                if added is not None:
                    self._read[path.name] = stamp, added
                    articles.append(added)
            return articles

    def find(self, key: str) -> AddedArticle | None:
        """Return the article of a key, or else the newest with this title."""
        articles = self.list_newest()
        by_key = (added for added in articles if added.key == key)
        return next(by_key, None) or next((added for added in articles if added.article.title == key), None)

    def add(self, imported: ImportedArticle) -> AddedArticle:
        """Begin to add an article under a name that no other has; raise OSError."""
        self._folder.mkdir(parents=True, exist_ok=True)
        stem = file_stem(imported.article)
        for number in count(1):
            key = f"{stem}-{number}" if number > 1 else stem
            places = (self._file(key), self._hidden(key, _ADDING), self._hidden(key, _REMOVING))
            # A corpus passes over companions by their names.
            if not is_companion(self._file(key).name) and not any(path.exists() for path in places):
                break
        # First: a file without its mark would be taken for one that has passed the gates.
        self._hidden(key, _ADDING).touch()
        try:
            atomic_write(self._file(key), imported.text.encode())
        except OSError:
            self._hidden(key, _ADDING).unlink(missing_ok=True)
            raise
        return AddedArticle(key, imported.article)

    def remove(self, key: str) -> None:
        """Begin to remove an article; raise OSError, FileNotFoundError where it is gone."""
        self._file(key).replace(self._hidden(key, _REMOVING))

    def unsettled(self) -> list[tuple[AddedArticle, bool]]:
        """List what is begun and not settled, each with whether it is an addition."""
        begun = []
        for suffix in (_ADDING, _REMOVING):
            for mark in sorted(self._folder.glob(f".*{suffix}")):
                key = mark.name.removeprefix(".").removesuffix(suffix)
                file = self._file(key) if suffix == _ADDING else mark
                added = self._parse(key, file)
                if added is None:
                    # The process was killed before the file was written, or it is not ours.
                    mark.unlink(missing_ok=True)
                else:
                    begun.append((added, suffix == _ADDING))
        return begun

    def settle(self, key: str) -> None:
        """Make final what is begun with an article; raise OSError."""
        for suffix in (_ADDING, _REMOVING):
            self._hidden(key, suffix).unlink(missing_ok=True)
        self._copy()

    def undo(self, key: str) -> None:
        """Take back what is begun with an article; raise OSError."""
        if (removed := self._hidden(key, _REMOVING)).exists():
            removed.replace(self._file(key))
        elif self._hidden(key, _ADDING).exists():
            self._file(key).unlink(missing_ok=True)
            self._hidden(key, _ADDING).unlink(missing_ok=True)
        self._copy()

    def _parse(self, key: str, path: Path) -> AddedArticle | None:
        try:
            return AddedArticle(key, read_markdown(key, decode(read_whole(path)), self.phrases))
        except ArticleError:
            return None

    def _file(self, key: str) -> Path:
        return self._folder / f"{key}{_SUFFIX}"

    def _hidden(self, key: str, suffix: str) -> Path:
        return self._folder / f".{key}{suffix}"
