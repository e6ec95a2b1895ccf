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
from bot.articles.sources import Copy
from bot.articles.sources.safe_paths import golden_beside
from bot.articles.validation import link_key, site_of

_Links = tuple[tuple[int, int, int, int], frozenset[str]]
# Seconds: what came within one round of fetches is as new as each other, and the first of it counts.
_AS_NEW = 900
_LEAD = 2 / 3  # of the size of a page's text
_CANNOT_LINK = frozenset({errno.EXDEV, errno.EPERM, errno.EMLINK, errno.ENOTSUP, errno.ENOSYS, errno.EACCES})


@dataclass(frozen=True, slots=True)
class PartFile:
    """A file of a source by its name there and its place on disk; None for one that is rejected by its name alone."""

    name: str
    place: str | None


@dataclass(frozen=True, slots=True)
class PlannedFile(PartFile):
    """A file of the whole by its name and the digest of its content; `is_edited` where it may be written in place."""

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
    folder: Path, origins: Sequence[Origin], files: Iterable[PlannedFile], known: Mapping[str, str], known_folder: Path
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


@dataclass(frozen=True, slots=True)
class FeedFiles:
    """The files of a feed with what is known of their age by name, its own sites, and the links that it withdrew."""

    files: Sequence[PartFile]
    copies: Mapping[str, Copy]
    sites: Collection[str]
    withdrawn: Collection[str]


class FeedLinks:
    """The links of the articles of feeds: an article that several feeds list is one, with the newest text.

    A feed may be given under two addresses, with `www.` and without, and a section's feed lists what the site's does.
    Where some are feeds of the link's own site, they alone count. The article has the name, and so the id, of its file
    in the feed that had it first. What links a file has is remembered from fetch to fetch.
    """

    def __init__(self) -> None:
        self._read: dict[str, _Links] = {}

    def merge(self, feeds: Sequence[FeedFiles]) -> list[list[PartFile]]:
        """Return the files that each feed gives, without those of links that a feed withdrew.

        Two files of one feed may have a link in common: they are two articles, one of which names it wrongly.
        """
        before, self._read = self._read, {}
        held, given = dict[str, dict[int, list[PartFile]]](), [list[PartFile]() for _ in feeds]
        for number, feed in enumerate(feeds):
            for file in feed.files:
                keys = self._look(file.place, before)
                for key in keys:
                    held.setdefault(key, {}).setdefault(number, []).append(file)
                given[number] += () if keys else (file,)
        taken = set[tuple[int, str]]()
        for key, files in held.items():
            speaks = [number for number, feed in enumerate(feeds) if number in files or key in feed.withdrawn]
            own = [number for number in speaks if site_of(f"https://{key}") in feeds[number].sites]
            if any(key in feeds[number].withdrawn for number in own or speaks):
                continue
            holds = [number for number in own or speaks if number in files]
            came = {number: _copy(feeds[number], files[number][0]).came for number in holds}
            first = next(number for number in holds if came[number] <= min(came.values()) + _AS_NEW)
            newest = self._newest([(_copy(feeds[number], files[number][0]), files[number][0]) for number in holds])
            is_one = all(len(files[number]) == 1 for number in holds)
            for file in files[first]:
                if (first, file.name) not in taken:
                    taken.add((first, file.name))
                    given[first].append(replace(file, place=newest.place) if is_one else file)
        return given

    def _newest(self, copies: Sequence[tuple[Copy, PartFile]]) -> PartFile:
        """Return the newest copy by the sources' own words, or else by when each came or changed.

        A text that a feed carries may be but the beginning of what the page has, and then that is taken.
        """
        sized = [(self._read[file.place or ""][0][0], copy, file) for copy, file in copies]
        page = max((size for size, copy, _ in sized if not copy.is_own), default=0)
        whole = [(copy, file) for size, copy, file in sized if not copy.is_own or size >= _LEAD * page]
        if all(copy.stamp for copy, _ in whole):
            return max(whole, key=lambda found: found[0].stamp)[1]
        latest = max(copy.changed for copy, _ in whole)
        return next(file for copy, file in whole if copy.changed >= latest - _AS_NEW)

    def _look(self, place: str | None, before: Mapping[str, _Links]) -> frozenset[str]:
        """Return one key for each link of a file, which is read only where it has changed."""
        with suppress(OSError):
            if place is not None:
                stamp = file_stamp(os.stat(place))  # noqa: PTH116 (there may be ten thousand)
                known = before.get(place)
                if known is None or known[0] != stamp:
                    known = stamp, frozenset(link_key(link) for link, _ in known_links(Path(place)))
                self._read[place] = known
                return known[1]
        return frozenset()


def _copy(feed: FeedFiles, file: PartFile) -> Copy:
    return feed.copies.get(file.name.replace(os.sep, "/"), Copy())
