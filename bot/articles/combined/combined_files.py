"""The files of several sources planned as one folder, each article of feeds once, and laid out: linked or copied."""

import errno
import hashlib
import json
import os
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext, suppress
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from bot.articles.article import ArticleError, RejectionReason
from bot.articles.corpus_files import GOLDEN_FILES, file_stamp, find_files, read_chunks
from bot.articles.importing import known_links
from bot.articles.origins import Origin, Origins
from bot.articles.sources.safe_paths import golden_beside
from bot.articles.validation import link_key, site_of

_Links = tuple[tuple[int, int, int, int], frozenset[str]]
_CANNOT_LINK = frozenset({errno.EXDEV, errno.EPERM, errno.EMLINK, errno.ENOTSUP, errno.ENOSYS, errno.EACCES})


@dataclass(frozen=True, slots=True)
class PartFile:
    """A file of a source by its name there and its place on disk; None for one that is rejected by its name alone."""

    name: str
    place: str | None


@dataclass(frozen=True, slots=True)
class PlannedFile:
    """A file of the whole by its name and the digest of its content; `is_edited` where it may be written in place."""

    name: str
    place: str | None
    digest: str
    is_edited: bool


def part_files(path: Path, unreadable: list[str], without: Sequence[str] = ()) -> Iterator[PartFile]:
    """Yield the files of a source in a directory or file that count, but for those in the folders `without`.

    `unreadable` takes the names of those that cannot be read, or lead out of it.
    """
    if path.is_file():
        golden = (Path(place) for place in golden_beside(PurePosixPath(path)))
        yield from (PartFile(place.name, str(place)) for place in (path, *golden) if place.is_file())
        return
    for file in find_files(path):
        name = os.path.relpath(file.location, path)
        if name.partition(os.sep)[0] in without:
            continue
        if file.error is not None and file.error.reason is not RejectionReason.MISPLACED:
            unreadable.append(file.name)
        elif file.may_give_articles or file.error is not None:
            yield PartFile(name, file.location)
        else:
            yield PartFile(name, None)
    yield from (PartFile(name, str(path / name)) for name in GOLDEN_FILES if (path / name).is_file())


def plan_files(
    origin: Origin, files: Iterable[PartFile], unreadable: list[str], *, is_edited: bool
) -> Iterator[PlannedFile]:
    """Yield the files of a source by their names in the whole; those that cannot be read are noted."""
    for file in files:
        name = origin.article_id(file.name)
        try:
            digest = _read(file.place) if file.place else ""
        except (ArticleError, OSError):
            unreadable.append(file.name)
        else:
            yield PlannedFile(name, file.place, digest, is_edited)


def _read(place: str, target: Path | None = None) -> str:
    """Return the digest of a regular file, and write what was read to another; raise ArticleError and OSError."""
    digest = hashlib.blake2b()
    with target.open("wb") if target else nullcontext() as copy:
        for chunk in read_chunks(place):
            digest.update(chunk)
            if copy is not None:
                copy.write(chunk)
    return digest.hexdigest()


def digest_of(origins: Sequence[Origin], files: Iterable[PlannedFile]) -> str:
    """Digest all that would differ if an article, its id or its outlet did."""
    lines = sorted((file.name, file.digest) for file in files)
    outlets = [origin.record() for origin in origins]
    return hashlib.sha256(json.dumps([outlets, lines]).encode()).hexdigest()


def lay_out(
    folder: Path,
    origins: Sequence[Origin],
    files: Iterable[PlannedFile],
    known: Mapping[str, str],
    known_folder: Path,
) -> list[PlannedFile]:
    """Put files into a folder, with their origins; return them as they are there. Raise OSError where that fails.

    What may be written in place is copied, or linked where the folder of an earlier state, with its files' digests in
    `known`, has the same; a file that is gone meanwhile is left out.
    """
    folder.mkdir(exist_ok=True)
    laid_out = list[PlannedFile]()
    for file in files:
        target = folder / file.name
        target.parent.mkdir(parents=True, exist_ok=True)
        if file.place is None:
            target.touch()
            laid_out.append(file)
            continue
        is_known = known.get(file.name) == file.digest
        place = str(known_folder / file.name) if file.is_edited and is_known else file.place
        with suppress(FileNotFoundError):
            laid_out.append((_linked if is_known or not file.is_edited else _copied)(file, place, target))
    Origins(origins).write(folder)
    return laid_out


def _linked(file: PlannedFile, place: str, target: Path) -> PlannedFile:
    try:
        os.link(place, target)
    except OSError as error:
        if error.errno not in _CANNOT_LINK:  # another disk, or a file system without links
            raise
        return _copied(file, place, target)
    return file


def _copied(file: PlannedFile, place: str, target: Path) -> PlannedFile:
    """Copy a file, which may have changed since it was planned."""
    try:
        return replace(file, digest=_read(place, target))
    except ArticleError as error:
        target.unlink(missing_ok=True)
        raise FileNotFoundError(place) from error


class FeedLinks:
    """The links of the articles of feeds: an article that several feeds list comes from one of them alone.

    That is the first whose own site the link is of, or else the first. A feed may be given under two addresses, with
    `www.` and without, and a section's feed lists what the site's does. What links a file has is remembered from fetch
    to fetch.
    """

    def __init__(self) -> None:
        self._before: dict[str, _Links] = {}
        self._read: dict[str, _Links] = {}
        self._taken = set[str]()
        self._owned = dict[str, int]()

    def begin(self) -> None:
        """Begin with the first feed of a fetch."""
        self._before, self._read, self._taken, self._owned = self._read, {}, set(), {}

    def note_own(self, number: int, files: Iterable[PartFile], sites: Collection[str]) -> None:
        """Note the links of a feed's files that are of its own sites, before any feed gives its files."""
        for file in files:
            for key in self._keys(file.place) if file.place else ():
                if site_of(f"https://{key}") in sites:
                    self._owned.setdefault(key, number)

    def new_files(self, number: int, files: Iterable[PartFile]) -> Iterator[PartFile]:
        """Yield the files of a feed, but for those whose article another feed gives.

        Two files of one feed may have a link in common: they are two articles, one of which names it wrongly.
        """
        own = set[str]()
        for file in files:
            keys = self._keys(file.place) if file.place else frozenset()
            if not keys or any(self._owned.get(key, number) == number for key in keys - self._taken):
                own |= keys
                yield file
        self._taken |= own

    def _keys(self, place: str) -> frozenset[str]:
        """Return one key for each link of a file, which is read only where it has changed."""
        with suppress(OSError):
            stamp = file_stamp(os.stat(place))  # noqa: PTH116 (there may be ten thousand)
            known = self._read.get(place) or self._before.get(place)
            if known is None or known[0] != stamp:
                known = stamp, frozenset(link_key(link) for link, _ in known_links(Path(place)))
            self._read[place] = known
            return known[1]
        return frozenset()
