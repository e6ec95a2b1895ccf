"""The links of the articles of feeds: an article that several feeds list comes from one of them alone.

That is the first whose own site the link is of, or else the first. A feed may be given under two addresses, with `www.`
and without, and a section's feed lists what the site's does.
"""

import os
from collections.abc import Collection, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from bot.articles.corpus_files import file_stamp
from bot.articles.importing.known_links import known_links
from bot.articles.sources.combined.combined_files import PartFile
from bot.articles.validation import link_key, site_of

_Stamp = tuple[int, int, int, int]


class FeedLinks:
    """Takes the files of one feed after the other, and remembers from fetch to fetch which links each has."""

    def __init__(self) -> None:
        self._before: dict[str, tuple[_Stamp, frozenset[str]]] = {}
        self._read: dict[str, tuple[_Stamp, frozenset[str]]] = {}
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
