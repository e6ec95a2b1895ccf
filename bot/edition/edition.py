"""An edition: one state of the corpus and everything built from it; and what is known of an earlier one."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import numpy as np

from bot.arabic import Analyser
from bot.articles import ArticleStore, ArticleTable, Rejection, Removals, count_outlets, read_rejections
from bot.retrieval import NearDuplicates, PassageIndex, SearchEngine, TitleIndex
from bot.retrieval.opensearch import SealedIndex, open_engine
from bot.storage import Arrays, release_memory, strip_prefix


@dataclass(frozen=True, slots=True, eq=False, weakref_slot=True)
class Edition:
    """One state of the corpus, immutable: articles by id, their index, and a fingerprint of their content.

    `as_of` is the day of the newest article, None where no article has a day up to that of the build; `outlets` are
    those of the articles, that of the most articles first; `catalogue` lists articles and finds them by title;
    `folded` counts the passages that say what an earlier one of another article says; `file` is where it lay when it
    was mapped, None where it was not.
    """

    articles: ArticleStore
    rejections: tuple[Rejection, ...]
    index: SearchEngine
    catalogue: TitleIndex
    folded: int
    fingerprint: str
    built: datetime
    as_of: date | None
    outlets: tuple[str, ...]
    arrays: Arrays = field(repr=False)
    facts: Mapping[str, Any] = field(repr=False)
    file: Path | None = field(default=None, repr=False)

    @classmethod
    def from_arrays(
        cls, arrays: Arrays, facts: Mapping[str, Any], analyser: Analyser, file: Path | None = None
    ) -> "Edition":
        """Put an edition together from what `write_corpus` wrote and returned with the same analyser."""
        articles = ArticleTable(strip_prefix(arrays, "articles"))
        near_duplicates = NearDuplicates(strip_prefix(arrays, "near_duplicates"))
        index = PassageIndex(strip_prefix(arrays, "index"), articles, near_duplicates, analyser)
        return cls._of(index, articles, near_duplicates.duplicate_count, arrays, facts, file=file)

    @classmethod
    def from_side_file(
        cls, index: SealedIndex, arrays: Arrays, facts: Mapping[str, Any], analyser: Analyser
    ) -> "Edition":
        """Put a published edition together: its index on a cluster, and its side file here."""
        engine, articles = open_engine(index, arrays, facts, analyser)
        return cls._of(engine, articles, facts["folded"], arrays, facts)

    @classmethod
    def _of(  # noqa: PLR0913 (the parts)
        cls,
        index: SearchEngine,
        articles: ArticleStore,
        folded: int,
        arrays: Arrays,
        facts: Mapping[str, Any],
        *,
        file: Path | None = None,
    ) -> "Edition":
        built = datetime.fromisoformat(facts["built"])
        # A later day is a mistake in the file.
        days = articles.columns.days
        newest = int(np.max(days, where=days <= built.date().toordinal(), initial=0))
        return cls(
            arrays=arrays,
            facts=facts,
            file=file,
            articles=articles,
            rejections=read_rejections(facts["rejections"]),
            index=index,
            catalogue=TitleIndex(strip_prefix(arrays, "titles"), articles),
            folded=folded,
            fingerprint=facts["fingerprint"],
            built=built,
            as_of=date.fromordinal(newest) if newest else None,
            outlets=tuple(name for name, _ in count_outlets(articles)),
        )

    @property
    def kept_out(self) -> Removals:
        """What moderators had removed and sources withdrawn when it was built."""
        return Removals.from_record(self.facts.get("removals", ()))

    def release_memory(self) -> None:
        """Give mapped pages back to the system; they are read again when something of the edition is."""
        release_memory(self.arrays)


@dataclass(frozen=True, slots=True)
class EarlierEdition:
    """An edition that has served: since when, its number of articles, and how many came, changed and went with it."""

    fingerprint: str
    at: datetime
    articles: int
    added: int = 0
    changed: int = 0
    removed: int = 0

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> "EarlierEdition":
        """Read what `to_record` wrote; raise KeyError, TypeError or ValueError where it is something else."""
        counts = (int(record[name]) for name in ("articles", "added", "changed", "removed"))
        return cls(str(record["fingerprint"]), datetime.fromisoformat(record["at"]), *counts)

    def to_record(self) -> dict[str, Any]:
        """Return it as JSON can hold it."""
        return {**asdict(self), "at": self.at.isoformat()}
