"""What a week brought: questions, votes, articles, and the refusals that turned into answers; posted once."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import Column, Connection, func, select

from bot.records.figures import change_figure, keep_figure, set_figure, sum_figures
from bot.records.news.arrivals import count_arrivals
from bot.records.tables import REFUSALS

ANSWERED, REFUSED, HELPFUL, UNHELPFUL = "answered", "refused", "helpful", "unhelpful"
"""The figures of each day."""

# Of each week, by its Monday: who has claimed its card last, and when it was claimed first.
_CARD, _FIRST_CLAIM = "weekly_card", "weekly_card_claimed"
_SENT, _UNCLAIMED = 0, -1
_MOST_QUESTIONS = 5


@dataclass(frozen=True, slots=True)
class Week:
    """A week from a Monday on, in UTC: figures by name, arrivals by outlet, and what found its answer.

    `found` counts the questions that were refused before and had an answer since, and `reopened` those whose answer
    turned out to be none; `questions` and `reopened_questions` are the latest of them that everybody may read.
    """

    first: date
    figures: Mapping[str, int] = field(default_factory=dict)
    outlets: Sequence[tuple[str | None, int]] = ()
    found: int = 0
    questions: Sequence[str] = ()
    reopened: int = 0
    reopened_questions: Sequence[str] = ()

    @property
    def last(self) -> date:
        """The Sunday."""
        return self.first + timedelta(6)

    @property
    def is_quiet(self) -> bool:
        return not (self.outlets or self.found or self.reopened or any(self.figures.values()))


def read_week(connection: Connection, first: date, without: Collection[str] = ()) -> Week:
    """Read what happened in the week from a Monday on; articles `without` some that moderators removed."""
    end = first + timedelta(7)
    sums, names = sum_figures(connection, first.isoformat(), end.isoformat()), (ANSWERED, REFUSED, HELPFUL, UNHELPFUL)
    # Votes of an earlier week that were changed in this one are taken off here.
    figures = {name: max(0, sums[name]) for name in names if name in sums}
    since, until = _seconds(first), _seconds(end)
    found, questions = _questions(connection, REFUSALS.c.answered_at, since, until)
    reopened, reopened_questions = _questions(connection, REFUSALS.c.reopened_at, since, until)
    outlets = count_arrivals(connection, since, until, without)
    return Week(first, figures, outlets, found, questions, reopened, reopened_questions)


def _questions(connection: Connection, at: Column[int], since: int, until: int) -> tuple[int, Sequence[str]]:
    """Count the refused questions with a time between two others, and return the latest that everybody may read."""
    between = (at >= since, at < until)
    count = connection.execute(select(func.count(REFUSALS.c.message_id.distinct())).where(*between)).scalar() or 0
    public = select(REFUSALS.c.question).where(*between, REFUSALS.c.guild_id.is_not(None))
    questions = public.group_by(REFUSALS.c.question).order_by(func.max(at).desc(), REFUSALS.c.question)
    return count, list(connection.execute(questions.limit(_MOST_QUESTIONS)).scalars())


def claim_weekly_card(
    connection: Connection, first: date, now: int, patience: int, without: Collection[str] = ()
) -> tuple[Week, int] | int | None:
    """Claim the card of the week from a Monday on; None where it was sent.

    Return the week, and since when a process that claimed it before may have sent it; or, where another process has
    claimed it, the seconds until it may be taken over: one that does not send it within `patience` seconds was stopped.
    """
    day = first.isoformat()
    begun_at = keep_figure(connection, _FIRST_CLAIM, now, day)
    claimed_at = keep_figure(connection, _CARD, _UNCLAIMED, day)
    if claimed_at == _SENT:
        return None
    if claimed_at != _UNCLAIMED and 0 <= now - claimed_at < patience:
        return patience
    if not change_figure(connection, _CARD, claimed_at, now, day):
        return patience
    return read_week(connection, first, without), begun_at


def settle_weekly_card(connection: Connection, first: date) -> None:
    set_figure(connection, _CARD, _SENT, first.isoformat())


def _seconds(day: date) -> int:
    return int(datetime.combine(day, time(), UTC).timestamp())
