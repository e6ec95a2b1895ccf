"""When the pages of a feed's articles are looked at again, and how many refusals among them are believed."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TypeAlias

from bot.articles.corpus_files import CorpusFile
from bot.articles.feeds.feed_entry import EntryReason
from bot.articles.feeds.page_memory import DAY, Page, PageMemory, Withdrawal

# Looks of a fetch in each quarter of an hour since the last, and at most: ten seconds at a second each, 960 a day, by
# which ten thousand articles are looked at in eleven days; and after days away four of the five minutes of a fetch.
_LOOKS, _QUARTER, _MOST_LOOKS = 10, 900.0, 240
# Seconds between looks: a quarter of an article's age, since corrections come in the first days; so many times shorter
# as it was quoted, up to ten; and the bounds.
_PART_OF_AGE, _MOST_QUOTED, SHORTEST, _LONGEST = 4, 9, DAY // 4, 14 * DAY
# Of few articles each is looked at sooner: half of the looks of a day are theirs, twice a day at most. Then what was
# withdrawn leaves on the next day.
_LOOKS_A_DAY, _LONGEST_OF_FEW = 480, DAY // 2
# Seconds from the first refusal to one that counts. A link that leads to the front page may be blocked or moved.
_SURE, _SURE_OF_FRONT = DAY, 7 * DAY
# Seconds without an answer after which a link is dead. Chosen: a server that is repaired is back sooner.
_AWAY = 3 * DAY
# Pages that are looked at within so many days before anything is believed, and what part of them, or how many of a
# quarter of them, may refuse. Chosen: after a relaunch all do, and single articles are withdrawn.
_SAMPLE, _WINDOWS, _MOST_PART, _BELIEVED_PART, _BELIEVED = 20, (3 * DAY, 30 * DAY), 10, 4, 5

Place: TypeAlias = str | Withdrawal
"""An article by the name of its file, or one that was withdrawn."""


@dataclass
class PageRhythm:
    """The order of looks by what is remembered; `quoted` says how often an article was quoted, by its id."""

    _memory: PageMemory
    _quoted: Mapping[str, int]
    _clock: Callable[[], float]

    def due(self, files: Sequence[CorpusFile]) -> list[Place]:
        """Return what is due of an article a file, as many as this fetch may look at, and note that it does.

        First comes what began to refuse, then what was never looked at, then what is the longest overdue.
        """
        memory, now = self._memory, self._clock()
        memory.pages = {file.name: memory.pages.get(file.name, Page()) for file in files}
        found = list[tuple[tuple[int, float], Place]]()
        for file in files:
            page = memory.pages[file.name]
            is_new = now - page.refused < _WINDOWS[0] if page.refused else not page.looked
            interval = _of_refusal(page, now) if page.refused else self._interval(file, page, now)
            kind = (0 if page.refused else 1) if is_new else 2
            found.append(((kind, (page.looked - now) / interval), file.name))
        for gone in memory.out.values():
            found.append(((2, (gone.page.looked - now) / _of_refusal(gone.page, now)), gone))
        due = [
            place
            for (_, overdue), place in sorted(found, key=lambda item: item[0])
            # A clock that was set back delays nothing for ever.
            if not -1 < overdue <= 0 and not now < self.page(place).wait <= now + _LONGEST
        ]
        quarters = (now - memory.reviewed) / _QUARTER if memory.reviewed <= now else 1
        memory.reviewed = int(now) if due else memory.reviewed
        return due[: int(min(_LOOKS * max(quarters, 1), _MOST_LOOKS))]

    def page(self, place: Place) -> Page:
        return place.page if isinstance(place, Withdrawal) else self._memory.pages[place]

    def sample(self) -> list[Place]:
        """Return the pages, those looked at longest ago first, that a sample of the last days lacks."""
        now, pages = self._clock(), self._memory.pages
        since = now - _WINDOWS[0]
        missing = min(_SAMPLE, len(pages)) - sum(page.looked > since for page in pages.values())
        others = (name for name, page in pages.items() if page.looked <= since and page.wait <= now)
        return [*sorted(others, key=lambda name: pages[name].looked)[: max(missing, 0)]]

    def note_away(self, page: Page) -> None:
        """Note that nobody answers for a page: it is asked less and less often."""
        now = self._clock()
        page.away = page.away if 0 < page.away <= now else int(now)
        page.wait = int(now + min(max((now - page.away) / _PART_OF_AGE, SHORTEST), _LONGEST))

    def dead_since(self, page: Page) -> str:
        """Return the day since which a page's link leads to no article, in ISO 8601; "" where it may lead there."""
        since = page.refused if page.reason != EntryReason.PAYWALLED else 0
        if not since and page.away and self._clock() - page.away >= _AWAY:
            since = page.away
        return datetime.fromtimestamp(since, UTC).date().isoformat() if since else ""

    @property
    def sure(self) -> list[str]:
        """The names of articles whose pages refused twice, far enough apart."""

        def is_sure(page: Page) -> bool:
            least = _SURE_OF_FRONT if page.reason == EntryReason.FRONT else _SURE
            return page.refused > 0 and page.looked - page.refused >= least

        return [name for name, page in self._memory.pages.items() if is_sure(page)]

    def refusing(self, seconds: int = _WINDOWS[0]) -> tuple[int, int]:
        """Return how many of the pages that were looked at in the last seconds refuse, and how many those are."""
        now, pages = self._clock(), self._memory.pages.values()
        lately = [gone.page for gone in self._memory.out.values() if gone.taken > now - _WINDOWS[-1]]
        looked = [page for page in (*pages, *lately) if page.looked > now - seconds]
        return sum(page.refused > 0 for page in looked), len(looked)

    def is_doubtful(self, *, asks: bool = False) -> bool:
        """Whether so many pages refuse that hardly all were withdrawn; `asks` also whether enough were looked at."""
        for seconds in _WINDOWS:
            refusing, looked = self.refusing(seconds)
            most = max(1, looked // _MOST_PART, min(_BELIEVED, looked // _BELIEVED_PART))
            if refusing > most or (asks and 2 * looked < min(_SAMPLE, len(self._memory.pages))):
                return True
        return False

    def _interval(self, file: CorpusFile, page: Page, now: float) -> float:
        """Return the seconds from one look at a page that gives its article to the next."""
        born = page.came or file.stamp[1] / 1e9
        with suppress(ValueError):
            day = date.fromisoformat(file.name[: len("2026-05-04")])
            born = datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp()
        quoted = min(self._quoted.get(file.name.removesuffix(".md"), 0), _MOST_QUOTED)
        of_few = max(len(self._memory.pages) * DAY / _LOOKS_A_DAY, _LONGEST_OF_FEW)
        return max(min((now - born) / _PART_OF_AGE, of_few, _LONGEST) / (1 + quoted), SHORTEST)


def _of_refusal(page: Page, now: float) -> float:
    return max(min((now - page.refused) / _PART_OF_AGE, _LONGEST), DAY)
