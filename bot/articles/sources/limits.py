"""The limits of a fetch, and the budget that counts bytes, files and seconds against them."""

import time
from dataclasses import dataclass
from threading import Lock

from bot.articles.corpus import ProgressCallback, no_progress
from bot.articles.sources.source import SourceError

MEGABYTE = 1024 * 1024

# Text shrinks to a tenth, the most repetitive records to a thirtieth; zeros to a thousandth.
_RATIO = 100
_FREE_OF_RATIO = 10 * MEGABYTE

# A repository may hold much besides articles, but looking at it takes time too.
_ENTRIES_A_FILE = 3


@dataclass(frozen=True, slots=True)
class FetchLimits:
    """Bounds of one fetch: bytes downloaded, bytes and files unpacked, seconds in all.

    `processor_seconds` are of the thread that fetches: a hundred thousand articles of a gigabyte take it 25.
    A request that fails for a passing reason is made `tries` times, with a pause in seconds that doubles each time.
    """

    download_bytes: int = 200 * 1024 * 1024
    unpacked_bytes: int = 1000 * 1024 * 1024
    files: int = 100_000
    seconds: float = 300.0
    processor_seconds: float = 100.0
    silence: float = 30.0
    tries: int = 4
    pause: float = 1.0


@dataclass
class FetchBudget:
    """Counts a fetch against its limits; every method raises SourceError once a limit is exceeded.

    `_progress` takes progress in bytes or files; `archive_bytes` is the size of the archive that is unpacked, if any.
    """

    limits: FetchLimits
    _progress: ProgressCallback = no_progress
    _reported = (0, 0)
    _unpacked = _files = _entries = 0
    archive_bytes: int | None = None

    def __post_init__(self) -> None:
        self._end = time.monotonic() + self.limits.seconds
        self._begin = time.thread_time()
        self._lock = Lock()

    @property
    def seconds_left(self) -> float:
        """Seconds until the fetch is given up; below 0 when it should have been."""
        return self._end - time.monotonic()

    def report_progress(self, done: int, total: int) -> None:
        """Report progress; an exception of the callback ends the fetch."""
        self._reported = (done, total)
        self._progress(done, total)

    def repeat_progress(self) -> None:
        """Report the last progress again, so that the callback can end a fetch that hangs."""
        self._progress(*self._reported)

    def expire(self) -> None:
        """Let the parts of the fetch that still run end as soon as they look at the time."""
        self._end = time.monotonic()

    def check_time(self) -> None:
        """End a fetch that takes too long, or too much of the processor."""
        if self.seconds_left <= 0:
            raise SourceError("source.timeout", seconds=round(self.limits.seconds))
        if time.thread_time() - self._begin > self.limits.processor_seconds:
            raise SourceError("source.laborious", seconds=round(self.limits.processor_seconds))

    def check_download(self, size: int) -> None:
        """End a download of this many bytes, be they announced or received."""
        if size > self.limits.download_bytes:
            raise SourceError("source.too_large", limit=self.limits.download_bytes // MEGABYTE)

    def check_unpacked(self, size: int) -> None:
        """End a fetch that unpacks this many bytes, be they announced or written."""
        if size > self.limits.unpacked_bytes:
            raise SourceError("source.unpacked_too_large", limit=self.limits.unpacked_bytes // MEGABYTE)

    def unpack(self, size: int) -> None:
        self.check_time()
        with self._lock:
            self._unpacked += size
        self.check_unpacked(self._unpacked)
        if self.archive_bytes is not None and self._unpacked > max(_FREE_OF_RATIO, _RATIO * self.archive_bytes):
            raise SourceError("source.bomb", ratio=_RATIO)

    def count_entry(self) -> None:
        """Count a member of an archive, whether it is an article or not."""
        self.check_time()
        self._entries += 1
        self.check_entries(self._entries)

    def check_entries(self, count: int) -> None:
        """End the reading of an archive with this many members."""
        if count > self.limits.files * _ENTRIES_A_FILE:
            raise SourceError("source.too_many_entries", limit=self.limits.files * _ENTRIES_A_FILE)

    def count_file(self) -> None:
        self._files += 1
        if self._files > self.limits.files:
            raise SourceError("source.too_many_files", limit=self.limits.files)
