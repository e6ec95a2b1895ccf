"""What is measured, by name and unit, as a child process says it to its parent."""

from collections.abc import Sequence
from dataclasses import dataclass

Top = tuple[list[int], list[float]]
"""The ten best passages for a query: their numbers and scores, the best first."""


@dataclass(frozen=True, slots=True)
class Searching:
    """An engine on its own in a process: seconds to build, microseconds a query, megabytes (10^6 bytes).

    The memory is what the process holds beyond its imports, `after` the build and at its `peak`, queries included;
    None on systems that do not tell. `tops` are the answers to the first queries.
    """

    queries: int
    build_seconds: float
    microseconds_p50: float
    microseconds_p99: float
    megabytes_imports: float | None
    megabytes_after: float | None
    megabytes_peak: float | None
    tops: Sequence[Top]


@dataclass(frozen=True, slots=True)
class Answering:
    """The whole bot on its own in a process: seconds to start, milliseconds a question, megabytes (10^6 bytes).

    A start is cold where nothing is kept from an earlier one: `cold_seconds` are those until there is an edition, and
    rates are by them. `warm_seconds` are those of a new process that finds one, from its start to its end with one
    answer. `megabytes_building` is the peak of the process that builds, which runs beside the bot; the others are all
    that the bot's own process holds, pages of the mapped edition included. `passages` are those that are indexed: of a
    stretched corpus, some few are taken for navigation.
    """

    passages: int
    questions: int
    answered: int
    cold_seconds: float
    warm_seconds: float
    passages_per_second: float
    words_per_second: float
    milliseconds_p50: float
    milliseconds_p99: float
    milliseconds_max: float
    megabytes_building: float | None
    megabytes_after: float | None
    megabytes_peak: float | None
