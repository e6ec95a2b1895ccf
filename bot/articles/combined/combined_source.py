"""Several sources as one, with what moderators added: all their articles in one folder, a snapshot of each state."""

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path, PurePosixPath
from urllib.parse import urlsplit

from bot.articles.combined.combined_files import (
    FeedFiles,
    FeedLinks,
    PartFile,
    PlannedFile,
    digest_of,
    lay_out,
    part_files,
    plan_files,
)
from bot.articles.combined.kept_folder import KeptFolder
from bot.articles.combined.parts import MOST_AT_ONCE, Part, PartOutcome, fetch_parts
from bot.articles.combined.web_source import WebKind, WebSource
from bot.articles.corpus import ProgressCallback, no_progress
from bot.articles.corpus_files import find_files
from bot.articles.origins import ADDITIONS, Origin, Origins
from bot.articles.removals import RemovalList, Removals
from bot.articles.sources.limits import FetchBudget, FetchLimits
from bot.articles.sources.remote_source import RemoteSource
from bot.articles.sources.snapshots import Snapshot, Snapshots
from bot.articles.sources.source import DirectorySource, Fetched, SourceError, SourceProblem, Version
from bot.articles.validation import link_key
from bot.storage import atomic_write

_UNWRITABLE = frozenset({"source.disk", "source.disk_full", "source.disk_forbidden"})
_FILES, _VERSIONS = "files", "parts.json"


class CombinedSource(RemoteSource):
    """All that CORPUS_URL names and moderators added.

    A single directory, archive or store without additions or outlet is given as it is, nothing copied. A part that
    fails keeps its last good articles: those that served, or else the newest, or else what it kept itself.
    """

    _may_wait = False  # its parts do

    def __init__(self, parts: Sequence[Part], kept: KeptFolder, snapshots: Snapshots, limits: FetchLimits) -> None:
        """Combine at least one part; the first lies at the top, so that its articles keep their ids."""
        super().__init__(snapshots, limits)
        self._parts = tuple(parts)
        self._kept = kept
        self._additions = Part(DirectorySource(kept.additions), Origin(ADDITIONS), is_edited=True)
        self._found: tuple[SourceProblem, ...] = ()
        self._is_forced = False
        self._feed_links = FeedLinks()

    @property
    def removals(self) -> RemovalList:
        return self._kept.removals

    @property
    def name(self) -> str:
        return ", ".join(part.source.name for part in self._parts)

    @property
    def shown(self) -> Path | str:
        """All sources, of paths only the ends where there are several."""
        shown = [part.source.shown for part in self._parts]
        return shown[0] if len(shown) == 1 else ", ".join(one.name if isinstance(one, Path) else one for one in shown)

    def kept_out(self) -> Removals:
        """Return what is in nothing that is built: what feeds withdrew, and what moderators removed."""
        each = ((part.origin, one) for part in self._parts for one in part.source.withdrawn)
        withdrawn = (replace(one, id=origin.article_id(one.id)) for origin, one in each)
        # Of what is both, the moderators' word counts.
        return Removals([*withdrawn, *self._kept.removals.read()])

    @property
    def parts(self) -> tuple[Path | str, ...]:
        return tuple(part.source.shown for part in self._parts)

    @property
    def most_seconds(self) -> float:
        """The seconds that a fetch of all parts may take: some begin when others have ended."""
        hosts = Counter(urlsplit(part.source.name).netloc for part in self._parts if not part.source.is_local)
        return self._limits.seconds * max(-(-len(self._parts) // MOST_AT_ONCE), *hosts.values(), 0)

    @property
    def is_local(self) -> bool:
        return all(part.source.is_local for part in self._parts) and not self._kept.is_remote

    @property
    def problems(self) -> tuple[SourceProblem, ...]:
        """What went wrong with parts in the last fetch, and why the copy of what was gathered is not complete."""
        kept = self._kept.problem
        return (*self._found, *((SourceProblem(self._kept.shown, kept, is_away=True),) if kept else ()))

    @property
    def usual_refresh(self) -> float | None:
        """The shortest of the parts."""
        return min((each for part in self._parts if (each := part.source.usual_refresh) is not None), default=None)

    @property
    def origins(self) -> Mapping[Path | str, Origin]:
        """The folders of the parts, which are feeds as far as is known, and of what is kept."""
        parts = {part.source.shown: replace(part.origin, is_feed=_is_feed(part)) for part in self._parts}
        return {self._kept.shown: self._additions.origin, **parts}

    def fetch(self, progress: ProgressCallback = no_progress, *, force: bool = False) -> Fetched:
        """Bring the newest articles of all parts into one folder; raise SourceError where there are none."""
        self._is_forced = force
        self._kept.restore()
        fetched = self._fetch_parts(progress, force=force)
        self._kept.push()
        return fetched

    def _fetch_parts(self, progress: ProgressCallback, *, force: bool) -> Fetched:
        """Fetch all parts together, or give a single part as it is; raise SourceError."""
        [first, *others] = self._parts
        is_alone = not (others or first.origin.outlet is not None or self._has_additions())
        if is_alone and not (isinstance(first.source, WebSource) and first.source.resolve(progress) is WebKind.FEED):
            self._found = ()
            return first.source.fetch(progress, force=force)
        try:
            return super().fetch(progress, force=force)
        except SourceError as error:
            # Where the combination cannot be written, a directory is given as it is rather than nothing.
            if others or not first.source.is_local or error.key not in _UNWRITABLE or self.last_served() is not None:
                raise
            self._found = (SourceProblem(self._kept.shown, error, is_away=True),)
            return first.source.fetch(progress, force=force)

    def last_served(self) -> Fetched | None:
        """Return the last state of the whole that served, or of the part that was given as it is."""
        return super().last_served() or (self._parts[0].source.last_served() if len(self._parts) == 1 else None)

    def note_served(self, version: Version | None) -> None:
        """Note the version that serves, and the versions of the parts in it."""
        snapshot = self._snapshots.find(version) if version else None
        super().note_served(version)
        if snapshot is not None:
            versions = _read_versions(snapshot)
            for part in self._parts:
                if part.origin.folder in versions:
                    part.source.note_served(versions[part.origin.folder])
        elif len(self._parts) == 1:
            self._parts[0].source.note_served(version)

    def _has_additions(self) -> bool:
        return self._kept.additions.is_dir() and bool(find_files(self._kept.additions))

    def _fetch_snapshot(self, budget: FetchBudget) -> Snapshot:
        """Fetch the parts, and lay their files out anew where any has changed."""
        parts = (*self._parts, *((self._additions,) if self._has_additions() else ()))
        outcomes = fetch_parts(parts, budget, force=self._is_forced)
        last = self._snapshots.newest()
        planned, versions = dict[str, PlannedFile](), dict[str, Version | None]()
        found = [files for outcome in outcomes if (files := self._files_of(outcome, parts, last))]
        had = {one.part.origin.folder for one in found}
        # What several feeds withdrew, is told once.
        each = {
            _subject(problem): replace(problem, is_new=outcome.part.origin.folder not in had)
            for outcome in reversed(outcomes)
            for problem in outcome.problems[::-1]
        }
        self._found = tuple(reversed(each.values()))
        self._merge([one for one in found if _is_feed(one.part)])
        for one in found:
            versions[one.part.origin.folder] = one.version
            for file in plan_files(one.part.origin, one.files, one.unreadable, is_edited=one.is_edited):
                planned.setdefault(file.name, file)
            if one.unreadable:
                error = SourceError("source.unreadable_files", count=len(one.unreadable), name=one.unreadable[0])
                self._found += (SourceProblem(one.part.source.shown, error),)
            budget.repeat_progress()
        errors = [outcome.error for outcome in outcomes if outcome.error is not None]
        if errors and not planned:
            raise errors[0]
        origins = [replace(part.origin, is_feed=_is_feed(part)) for part in parts]
        version = Version(digest=digest_of(origins, planned.values()))
        if last is not None and last.version == version:
            _write_versions(last.folder, versions)
            return last
        with self._snapshots.draft() as draft:
            folder, start = draft / _FILES, f"{_FILES}/"
            digests = last.digests().items() if last else ()
            known = {name.removeprefix(start): digest for name, digest in digests if name.startswith(start)}
            laid_out = lay_out(folder, origins, planned.values(), known, last.path if last else folder)
            version = Version(digest=digest_of(origins, laid_out))
            _write_versions(draft, versions)
            return self._snapshots.publish(draft, PurePosixPath(_FILES), version)

    def _merge(self, feeds: "Sequence[_PartFiles]") -> None:
        """Leave of each article that several feeds list one file, of the newest text, and none that one withdrew."""
        if len(feeds) < 2:  # noqa: PLR2004 (a feed has its articles once)
            return
        withdrawn = [{link_key(gone.url or "") for gone in one.part.source.withdrawn} for one in feeds]
        of_feeds = [
            FeedFiles(one.files, one.part.source.copies, one.part.sites, keys)
            for one, keys in zip(feeds, withdrawn, strict=True)
        ]
        for one, files in zip(feeds, self._feed_links.merge(of_feeds), strict=True):
            one.files = files

    def _files_of(self, outcome: PartOutcome, parts: Sequence[Part], last: Snapshot | None) -> "_PartFiles | None":
        """Find the files of a part: those fetched, or else the last good ones, None where it has none."""
        part, folder = outcome.part, outcome.part.origin.folder
        if outcome.fetched is not None:
            others = () if folder else tuple(part.origin.folder for part in parts if part.origin.folder)
            return _PartFiles(part, outcome.fetched, others, is_edited=part.is_edited)
        for snapshot in filter(None, (self._snapshots.last_served(), last)):
            versions = _read_versions(snapshot)
            if folder in versions:
                others = () if folder else tuple(Origins.read(snapshot.path).folders)
                return _PartFiles(part, Fetched(snapshot.path / folder, versions[folder]), others)
        kept = part.source.last_served()
        return _PartFiles(part, kept) if kept is not None else None


class _PartFiles:
    """The files of a part in the order of their names, but for those in folders `without`, which other parts have."""

    def __init__(self, part: Part, place: Fetched, without: Sequence[str] = (), *, is_edited: bool = False) -> None:
        self.part, self.version, self.is_edited = part, place.version, is_edited
        self.unreadable = list[str]()
        self.files: list[PartFile] = list(part_files(place.path, self.unreadable, without))


def _subject(problem: SourceProblem) -> tuple[object, ...]:
    error = problem.error
    # What is told of an article by its title is the same in every feed.
    return (error.key, error.values["link"]) if "title" in error.values else (problem.source, str(error))


def _is_feed(part: Part) -> bool:
    return isinstance(part.source, WebSource) and part.source.kind is WebKind.FEED


def _read_versions(snapshot: Snapshot) -> dict[str, Version | None]:
    """Return the versions of the parts that are in a snapshot, by their folders."""
    try:
        record = json.loads((snapshot.folder / _VERSIONS).read_bytes())
        return {folder: Version(**version) if version else None for folder, version in record.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _write_versions(folder: Path, versions: dict[str, Version | None]) -> None:
    """Write down the versions of the parts; where that fails, a part is fetched once more than needed."""
    record = {folder: asdict(version) if version else None for folder, version in versions.items()}
    with suppress(OSError):
        atomic_write(folder / _VERSIONS, json.dumps(record).encode())
