"""The parts of a combined source, fetched a few at once; one that fails stops no other."""

import logging
from collections.abc import Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass
from functools import partial
from threading import Event

from bot.articles.corpus import ProgressCallback
from bot.articles.origins import Origin
from bot.articles.sources.limits import FetchBudget
from bot.articles.sources.safe_paths import unexpected_error
from bot.articles.sources.source import DirectorySource, Fetched, Source, SourceError, SourceProblem
from bot.workers.threads import start_in_daemon

logger = logging.getLogger(__name__)

MOST_AT_ONCE = 8
"""Parts. Chosen: feeds mostly wait for their hosts, and a coverage has few archives."""
_LOOK_EVERY = 0.5  # seconds


@dataclass(frozen=True, slots=True)
class Part:
    """A source with its folder in the whole, "" for the top folder, and the outlet of its articles that name none.

    `sites` are its own. Files of an `is_edited` part may be written in place; a program that replaces files instead
    leaves what is linked to them alone.
    """

    source: Source
    origin: Origin
    is_edited: bool = False
    sites: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class PartOutcome:
    """What came of the fetch of a part: articles, or why there are none."""

    part: Part
    fetched: Fetched | None
    error: SourceError | None = None

    @property
    def problems(self) -> tuple[SourceProblem, ...]:
        own = (SourceProblem(self.part.source.shown, self.error, is_away=True),) if self.error else ()
        return (*own, *(self.part.source.problems if self.error is None else ()))


class _EndedError(Exception):
    """The fetch of all parts has ended, so that nobody waits for this part."""


def fetch_parts(parts: Sequence[Part], budget: FetchBudget, *, force: bool) -> list[PartOutcome]:
    """Fetch parts, a few at once; return the outcome of each, in order. What ends the whole fetch is raised."""
    ended = Event()
    progress = (0, 0)

    def note(done: int, total: int) -> None:
        """Note how far a part is, which shows where it is the only one; end it where the whole has ended."""
        nonlocal progress
        if ended.is_set():
            raise _EndedError
        progress = (done, total)

    running = dict[Future[PartOutcome], int]()
    outcomes = dict[int, PartOutcome]()
    waiting = list(enumerate(parts))
    try:
        while waiting or running:
            while waiting and len(running) < MOST_AT_ONCE:
                number, part = waiting.pop(0)
                running[start_in_daemon(partial(_outcome, part, note, force=force))] = number
            done, _ = wait(running, _LOOK_EVERY, FIRST_COMPLETED)
            outcomes |= {running.pop(future): future.result() for future in done}
            budget.report_progress(*((len(outcomes), len(parts)) if len(parts) > 1 else progress))
    except Exception:
        # A fetch that goes on beside the next one would write to the same folder. At the end of the process, which
        # comes as another exception, there is no next one.
        ended.set()
        wait(running)
        raise
    finally:
        ended.set()
    return [outcomes[number] for number in range(len(parts))]


def _outcome(part: Part, note: ProgressCallback, *, force: bool) -> PartOutcome:
    source = part.source
    try:
        fetched = source.fetch(note, force=force)
        # As on a disk that is not mounted.
        if isinstance(source, DirectorySource) and not fetched.path.exists():
            return PartOutcome(part, None, SourceError("source.no_path", path=source.shown))
        return PartOutcome(part, fetched)
    except SourceError as error:
        return PartOutcome(part, None, error)
    except _EndedError:
        return PartOutcome(part, None)
    except Exception as error:
        logger.exception("Fetching %s failed unexpectedly; its last good articles stay", source.name)
        return PartOutcome(part, None, unexpected_error(error))
