"""Articles that moderators added one by one: files of a folder, each with a mark while it waits for its reload."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path
from threading import Lock

from bot.articles.article import Article, ArticleError
from bot.articles.characters import decode
from bot.articles.corpus_files import file_stamp, is_companion, read_whole
from bot.articles.importing.article_folder import file_stem
from bot.articles.importing.page_import import ImportedArticle
from bot.articles.marks import BoilerplatePhrases
from bot.articles.origins import ADDITIONS
from bot.articles.readers import read_markdown
from bot.storage import atomic_write

FileStamp = tuple[int, int, int, int]

_SUFFIX = ".md"
# Hidden, so that no reader of a corpus takes it for an article.
_ADDING = ".adding"


@dataclass(frozen=True, slots=True)
class AddedArticle:
    """An added article and the name of its file without suffix, at most 80 characters; whether it was there before."""

    key: str
    article: Article
    is_corrected: bool = False

    @property
    def corpus_id(self) -> str:
        return f"{ADDITIONS}/{self.key}"


class AddedArticles:
    """The added articles in a folder, which need not exist yet. Its methods block.

    What is added is only begun: it is `settle`d once a reload has served it, or else `undo`ne. What a killed process
    has begun is in `unsettled`: it has a mark beside its file, in which stands what was there before.
    """

    def __init__(self, folder: Path, phrases: BoilerplatePhrases, copy: Callable[[], object] = lambda: None) -> None:
        """Keep articles in a folder; `copy` brings what has changed there to where its copy is, if it has one."""
        self.phrases = phrases
        self._folder = folder
        self._copy = copy
        self._read: dict[tuple[str, FileStamp], AddedArticle] = {}
        self._reading = Lock()

    def list_newest(self) -> list[AddedArticle]:
        """List the added articles, the one that was added last first; what cannot be read is left out."""
        with self._reading:
            found = list[tuple[Path, FileStamp]]()
            for path in self._folder.glob(f"[!.]*{_SUFFIX}") if self._folder.is_dir() else ():
                with suppress(OSError):
                    found.append((path, file_stamp(path.stat())))
            known, self._read = self._read, {}
            for path, stamp in sorted(found, key=lambda entry: (-entry[1][1], entry[0].name)):
                added = known.get((path.name, stamp)) or self._parse(path.name.removesuffix(_SUFFIX), path)
                if added is not None:
                    self._read[path.name, stamp] = added
            return list(self._read.values())

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
            # A corpus passes over companions by their names.
            if not (is_companion(self._file(key).name) or self._file(key).exists() or self._mark(key).exists()):
                break
        self._begin(key, b"", imported.text)
        return AddedArticle(key, imported.article)

    def correct(self, key: str, imported: ImportedArticle) -> AddedArticle:
        """Begin to put another text in the place of an article's; raise OSError."""
        self._begin(key, self._file(key).read_bytes(), imported.text)
        return AddedArticle(key, imported.article, is_corrected=True)

    def unsettled(self) -> list[AddedArticle]:
        """List what is begun and not settled."""
        begun = []
        for mark in sorted(self._folder.glob(f".*{_ADDING}")):
            key = mark.name.removeprefix(".").removesuffix(_ADDING)
            if (added := self._parse(key, self._file(key))) is not None:
                begun.append(replace(added, is_corrected=mark.stat().st_size > 0))
            else:  # the process was killed before the file was written, or it is not ours
                mark.unlink(missing_ok=True)
        return begun

    def settle(self, key: str) -> None:
        """Make final what is begun with an article; raise OSError."""
        self._mark(key).unlink(missing_ok=True)
        self._copy()

    def undo(self, key: str) -> None:
        """Take back what is begun with an article; raise OSError."""
        if self._mark(key).exists():
            if before := self._mark(key).read_bytes():
                atomic_write(self._file(key), before)
            else:
                self._file(key).unlink(missing_ok=True)
            self._mark(key).unlink(missing_ok=True)
        self._copy()

    def _begin(self, key: str, before: bytes, text: str) -> None:
        # First: a file without its mark would be taken for one that has passed the gates.
        atomic_write(self._mark(key), before)
        try:
            atomic_write(self._file(key), text.encode())
        except OSError:
            self._mark(key).unlink(missing_ok=True)
            raise

    def _parse(self, key: str, path: Path) -> AddedArticle | None:
        with suppress(ArticleError):
            return AddedArticle(key, read_markdown(key, decode(read_whole(path)), self.phrases))
        return None

    def _file(self, key: str) -> Path:
        return self._folder / f"{key}{_SUFFIX}"

    def _mark(self, key: str) -> Path:
        return self._folder / f".{key}{_ADDING}"
