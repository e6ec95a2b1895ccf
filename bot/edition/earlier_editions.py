"""Earlier editions of one source on disk, each in a file: the last few, and of each day of a week the last."""

import json
import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.arabic import Analyser
from bot.edition.edition import EarlierEdition, Edition
from bot.edition.reload_outcomes import Changes
from bot.edition.serving_store import Served, SourceState
from bot.storage import DamagedFileError, atomic_write, hard_link, map_arrays

logger = logging.getLogger(__name__)

_LIST, _SUFFIX = "earlier.json", ".arrays"
# A feed that is asked four times an hour may bring as many editions.
_NEWEST, _DAYS = 8, timedelta(7)
# Of 10,000 articles of news, five. The two newest are there all the same: their files lie in the cache as well.
_MOST_BYTES, _LEAST = 256 << 20, 2


class EarlierEditions:
    """A folder with the files of editions of one source, made by one configuration, and their list.

    Files are second names of those that serve, as long as they do, and take room of their own after that.
    """

    def __init__(self, folder: Path, source: str, configuration: str, analyser: Analyser) -> None:
        self._folder = folder
        # What is of another source, or cannot be read by this code, is not listed, and goes with the next that is kept.
        self._made_for = {"source": source, "configuration": configuration}
        self._analyser = analyser

    def newest_first(self) -> Sequence[EarlierEdition]:
        """Return those that are there, the one that came to serve last first."""
        return [one for one, _ in self._listed() if self._file(one).exists()]

    def keep(self, served: Served, file: Path, changes: Changes, now: datetime | None = None) -> None:
        """Keep an edition that serves from now on, whose file is given, and thin out the others; raise OSError."""
        edition, at = served.edition, now or datetime.now(UTC)
        counts = (len(edition.articles), len(changes.added), len(changes.changed), len(changes.removed))
        new = EarlierEdition(edition.fingerprint, at, *counts)
        self._folder.mkdir(parents=True, exist_ok=True)
        if not hard_link(file, self._file(new)):
            # A file system without second names: the one before is in memory, as long as this process is.
            return
        others = [(one, state) for one, state in self._listed() if one.fingerprint != new.fingerprint]
        kept = list(self._thinned([(new, served.state.to_record()), *others]))
        editions = [{**one.to_record(), "state": state} for one, state in kept]
        atomic_write(self._folder / _LIST, json.dumps({**self._made_for, "editions": editions}).encode())
        names = {self._file(one) for one, _ in kept}
        for left in set(self._folder.glob(f"*{_SUFFIX}")) - names:
            left.unlink(missing_ok=True)

    def open(self, fingerprint: str) -> Served | None:
        """Map the edition with a fingerprint; None where it is not kept, or its file is gone or damaged."""
        found = next(((one, state) for one, state in self._listed() if one.fingerprint == fingerprint), None)
        if found is None:
            return None
        file = self._file(found[0])
        try:
            arrays, facts = map_arrays(file)
            edition = Edition.from_arrays(arrays, facts, self._analyser, file)
            return Served(edition, SourceState.from_record(found[1]))
        except (OSError, ValueError, KeyError, TypeError, DamagedFileError) as error:
            logger.warning("An earlier edition cannot be served again: %s", error)
            with suppress(OSError):
                file.unlink(missing_ok=True)
            return None

    def _listed(self) -> list[tuple[EarlierEdition, Mapping[str, Any]]]:
        """Return the list with the state of the source of each."""
        try:
            written = json.loads((self._folder / _LIST).read_bytes())
            if {name: written[name] for name in self._made_for} != self._made_for:
                return []
            return [(EarlierEdition.from_record(one), dict(one["state"])) for one in written["editions"]]
        except (OSError, ValueError, KeyError, TypeError):
            return []

    def _thinned(
        self, listed: Sequence[tuple[EarlierEdition, Mapping[str, Any]]]
    ) -> Iterator[tuple[EarlierEdition, Mapping[str, Any]]]:
        """Yield those that are kept: the newest, and the last of each day of a week, as long as there is room."""
        days, room = set[date](), _MOST_BYTES
        first = listed[0][0].at - _DAYS
        for number, (one, state) in enumerate(listed):
            is_last_of_day, day = one.at.date() not in days, one.at.date()
            days.add(day)
            if number >= _NEWEST and not (is_last_of_day and one.at > first):
                continue
            try:
                room -= self._file(one).stat().st_size
            except FileNotFoundError:
                continue
            if number >= _LEAST and room < 0:
                return
            yield one, state

    def _file(self, one: EarlierEdition) -> Path:
        return self._folder / f"{one.fingerprint}{_SUFFIX}"
