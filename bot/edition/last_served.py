"""What serves and what served before, over restarts: a record of the one, and the files of the last few of a source."""

import json
import logging
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from hashlib import blake2b
from pathlib import Path
from typing import Any

from bot.arabic import Analyser
from bot.articles import BoilerplatePhrases
from bot.edition.build import configuration_key
from bot.edition.builder import EditionCache
from bot.edition.edition import EarlierEdition, Edition
from bot.edition.reload_outcomes import Changes, compare_editions
from bot.edition.serving_store import Served, ServingRecord, ServingStore, SourceState
from bot.storage import ArrayFile, DamagedFileError, atomic_write, hard_link, map_arrays

logger = logging.getLogger(__name__)

_EDITION, _RECORD = "serving.arrays", "serving.json"
_LIST, _SUFFIX = "earlier.json", ".arrays"
# A feed that is asked four times an hour may bring as many editions.
_NEWEST, _DAYS = 8, timedelta(7)
# Of 10,000 articles of news, five. The two newest are there all the same: their files lie in the cache as well.
_MOST_BYTES, _LEAST = 256 << 20, 2


class EarlierEditions:
    """A folder with the files of editions of one source, made by one configuration, and their list.

    They are the last few, and of each day of a week the last. Files are second names of those that serve, as long as
    they do, and take room of their own after that.
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


class LastServed(ServingStore):
    """The record of the edition that served last of one source, and its file, in the folder of editions."""

    def __init__(self, folder: Path, source: str, phrases: BoilerplatePhrases, analyser: Analyser) -> None:
        """Remember editions of one source, named by its whole address, made by this code and configuration."""
        self._folder = folder
        self._cache = EditionCache(folder)
        # An address may hold what nobody should read.
        self._source = blake2b(source.encode("utf-8", "surrogateescape"), digest_size=16).hexdigest()
        self._analyser = analyser
        self._configuration = configuration_key(phrases, analyser)
        self._stored: Edition | None = None
        self._is_back = False
        self._earlier = EarlierEditions(folder / "earlier", self._source, self._configuration, analyser)

    def recall(self, now: Served | None) -> ServingRecord | None:
        """Return the last record; None where it is of another source, damaged or gone."""
        del now
        try:
            record = json.loads((self._folder / _RECORD).read_bytes())
            if record["source"] != self._source:
                return None
            rolled_back = record["gone_back_from"]
            state = SourceState.from_record(rolled_back) if rolled_back else None
            self._is_back = bool(record.get("is_back"))
            return ServingRecord(self._map_edition(record), int(record["articles"]), state, self._is_back)
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def _map_edition(self, record: dict[str, Any]) -> Served | None:
        """Map the edition of a record; None where it is gone, damaged or of another configuration."""
        state = SourceState.from_record(record["mark"])
        try:
            arrays, facts = map_arrays(place := self._folder / _EDITION)
            if (facts["configuration"], facts["fingerprint"]) != (self._configuration, state.fingerprint):
                return None
            self._stored = Edition.from_arrays(arrays, facts, self._analyser, place)
        except (OSError, ValueError, KeyError, TypeError, DamagedFileError):
            return None
        return Served(self._stored, state)

    def serve(self, new: Served, old: Served | None, rolled_back_from: SourceState | None, by: str | None) -> None:
        """Record what serves from now on, and keep it to be rolled back to."""
        self._is_back = False
        super().serve(new, old, rolled_back_from, by)
        try:
            if self._stored is new.edition:
                changes = compare_editions(old.edition if old else None, new.edition)
                self._earlier.keep(new, self._folder / _EDITION, changes)
        except OSError as error:
            logger.warning("The edition that serves cannot be kept to be rolled back to: %s", error)

    def earlier(self) -> Sequence[EarlierEdition]:
        return self._earlier.newest_first()

    def open_earlier(self, fingerprint: str) -> Served | None:
        return self._earlier.open(fingerprint)

    def find_previous(self, now: Served) -> Served | None:
        names = [one.fingerprint for one in self.earlier()]
        older = names[names.index(now.edition.fingerprint) + 1 :] if now.edition.fingerprint in names else []
        return next(filter(None, map(self.open_earlier, older)), None)

    def roll_back(self, old: Served, new: Served, rolled_back_from: SourceState | None) -> None:
        self._is_back = True
        super().roll_back(old, new, rolled_back_from)

    def note(self, served: Served, rolled_back_from: SourceState | None) -> None:
        """Record what serves from now on; log a warning where that cannot be written."""
        record = {
            "source": self._source,
            "mark": served.state.to_record() | {"fingerprint": served.edition.fingerprint},
            "articles": len(served.edition.articles),
            "gone_back_from": rolled_back_from.to_record() if rolled_back_from else None,
            "is_back": self._is_back,
        }
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            if self._stored is not served.edition:
                self._store(served)
            atomic_write(self._folder / _RECORD, json.dumps(record).encode())
        except OSError as error:
            logger.warning("The edition that serves cannot be noted for the next start: %s", error)

    def _store(self, served: Served) -> None:
        """Keep the file of an edition, under a second name where it has one already."""
        place = self._folder / _EDITION
        built = self._cache.file(served.state.key) if served.state.key else None
        if built is None or not hard_link(built, place):
            with ArrayFile(place) as writer:
                writer.add(served.edition.arrays)
                writer.finish(dict(served.edition.facts))
        self._stored = served.edition
