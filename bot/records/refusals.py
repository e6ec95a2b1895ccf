"""Refusals that may turn into answers: as gaps of the coverage, and with the members who wait for an answer.

A card has a row of nobody's where everybody at home may read its question, and a row for each member who waits. Their
rows stay some days longer than that, to wait again where the answer turns out to be none; nobody's stays, answered,
until it is too old. Late answers that Discord did not take
are figures by the card of the refusal: on which days, and how often.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, func, select, update

from bot.records.figures import add_to_figure, day_of, sum_figures
from bot.records.tables import FIGURES, NOBODY, QUOTES, REFUSALS, upsert
from bot.texts.csv_table import CsvTable

DIRECT, HERE = "direct", "here"
_CARD = ("guild_id", "channel_id", "message_id", "asked_at")
_WORDS = ("question", "previous", "scope", "reason")
# Who was notified waits no more.
_WAITS = REFUSALS.c.ended_at.is_(None)


@dataclass(frozen=True, slots=True)
class RefusedQuestion:
    """A refused question and the card that refuses it.

    `guild_id` is the home server where everybody may read it, None elsewhere; `scope` is written as in buttons;
    `missing` are the words that the coverage lacks. Times are seconds since 1970, `answered_at` None until then.
    `shown_passages` are the codes of those that were shown as late answers and turned out to be none. `is_gap` where an
    open one counts as a gap of the coverage.
    """

    channel_id: int
    message_id: int
    asked_at: int
    question: str
    reason: str
    guild_id: int | None = None
    previous: str | None = None
    scope: str = ""
    missing: tuple[str, ...] = ()
    answered_at: int | None = None
    shown_passages: tuple[str, ...] = ()
    is_gap: bool = False


@dataclass(frozen=True, slots=True)
class UntoldMember:
    """A member who is to be notified of an answer; `begun_at` is when that was begun and perhaps not ended.

    `url` is the link to its card, once that is known.
    """

    id: int
    member_id: int
    channel_id: int
    message_id: int
    is_direct: bool
    question: str
    begun_at: int | None
    answered_at: int = 0
    url: str = ""


def note_refusal(connection: Connection, refused: RefusedQuestion) -> None:
    """Keep a public refusal as a gap; a later one of the same card takes its place."""
    _insert(connection, refused, member_id=NOBODY, tell_in=None)


def change_words(connection: Connection, refused: RefusedQuestion) -> None:
    """Change what is asked in all rows of a card, whose question was edited."""
    words = {name: getattr(refused, name) for name in _WORDS}
    words |= {**_missing(refused), "shown_passages": None}
    connection.execute(update(REFUSALS).where(_is_card(refused.message_id)).values(**words))


def add_waiting(connection: Connection, refused: RefusedQuestion, member_id: int, tell_in: str, most: int) -> bool:
    """Let a member wait for an answer, once a card; return False where they wait for `most` others already."""
    others = [REFUSALS.c.member_id == member_id, REFUSALS.c.message_id != refused.message_id, _WAITS]
    if _count(connection, *others) >= most:
        return False
    _insert(connection, refused, member_id=member_id, tell_in=tell_in)
    return True


def remove_waiting(connection: Connection, message_id: int, member_id: int) -> None:
    """Let a member wait no more."""
    connection.execute(delete(REFUSALS).where(_is_card(message_id), REFUSALS.c.member_id == member_id))


def is_waiting(connection: Connection, message_id: int, member_id: int) -> bool:
    return _count(connection, _is_card(message_id), REFUSALS.c.member_id == member_id, _WAITS) > 0


def open_refusals(connection: Connection, most: int) -> Sequence[RefusedQuestion]:
    """Return the newest cards without an answer, the newest first."""
    row, newest = REFUSALS.c, func.max(REFUSALS.c.id)
    # A member who waits since has a row without what was shown before.
    shown = func.max(row.shown_passages).label("shown")
    cards = (
        select(row.message_id, func.min(row.member_id).label("first_member"), newest.label("newest"), shown)
        .where(row.answered_at.is_(None))
        .group_by(row.message_id)
        .order_by(newest.desc())
        .limit(most)
        .subquery()
    )
    is_first = (row.message_id == cards.c.message_id) & (row.member_id == cards.c.first_member)
    query = select(REFUSALS, cards.c.shown).join(cards, is_first).order_by(cards.c.newest.desc())
    rows = connection.execute(query)
    return [replace(_refused(row, row.shown), is_gap=row.member_id == NOBODY) for row in rows]


def open_message_ids(connection: Connection) -> frozenset[int]:
    """Return the ids of all cards that have rows."""
    return frozenset(connection.execute(select(REFUSALS.c.message_id).distinct()).scalars())


def mark_answered(connection: Connection, message_id: int, at: int, passages: Sequence[str] | None = None) -> None:
    """Mark a card as answered; those who wait are to be notified.

    `passages` are what a late answer shows, and is not to be shown there again; None where the question was edited.
    """
    shown = connection.execute(select(func.max(REFUSALS.c.shown_passages)).where(_is_card(message_id))).scalar()
    known = None if passages is None else json.dumps([*json.loads(shown or "[]"), *passages])
    connection.execute(update(REFUSALS).where(_is_card(message_id)).values(shown_passages=known))
    is_open = _is_card(message_id), REFUSALS.c.answered_at.is_(None)
    connection.execute(update(REFUSALS).where(*is_open).values(answered_at=at))
    forget_failed_edits(connection, [message_id])


def untold_members(connection: Connection, ids: Collection[int] | None = None) -> Sequence[UntoldMember]:
    """Return the members who wait for an answer that has come, of some rows or all, in the order of coming."""
    row = REFUSALS.c
    columns = (row.id, row.member_id, row.channel_id, row.message_id, row.tell_in == DIRECT, row.question, row.told_at)
    untold = select(*columns, row.answered_at).where(row.answered_at.is_not(None), row.member_id != NOBODY, _WAITS)
    chosen = untold if ids is None else untold.where(row.id.in_(ids))
    return [UntoldMember(*found) for found in connection.execute(chosen.order_by(row.id))]


def begin_telling(connection: Connection, ids: Collection[int], at: int) -> frozenset[int]:
    """Note that the members of some rows are about to be notified, so that a crash notifies nobody twice.

    Return those that are there still: members may wait no more, or have deleted what is theirs.
    """
    connection.execute(update(REFUSALS).where(REFUSALS.c.id.in_(ids)).values(told_at=at))
    return frozenset(connection.execute(select(REFUSALS.c.id).where(REFUSALS.c.id.in_(ids))).scalars())


def end_telling(connection: Connection, ids: Collection[int], at: int) -> None:
    """Note that the members of some rows were notified; should the answer turn out to be none, they wait again."""
    connection.execute(update(REFUSALS).where(REFUSALS.c.id.in_(ids)).values(ended_at=at))


def drop_waiting(connection: Connection, ids: Collection[int]) -> None:
    """Forget rows whose member cannot be notified."""
    connection.execute(delete(REFUSALS).where(REFUSALS.c.id.in_(ids), REFUSALS.c.member_id != NOBODY))


def leave_refused(connection: Connection, message_id: int, at: int) -> None:
    """Close a card that can be edited no more: its gap is answered, and nobody is notified of it."""
    connection.execute(delete(REFUSALS).where(_is_card(message_id), REFUSALS.c.member_id != NOBODY))
    mark_answered(connection, message_id, at)


def forget_cards(connection: Connection, message_ids: Collection[int]) -> None:
    """Forget deleted cards, what they quoted, and the members who waited there."""
    for table in (REFUSALS, QUOTES):
        connection.execute(delete(table).where(table.c.message_id.in_(message_ids)))
    forget_failed_edits(connection, message_ids)


def gaps_since(connection: Connection, since: int, most: int) -> Sequence[RefusedQuestion]:
    """Return the newest public refusals since a time, answered ones as well, the oldest first."""
    noted = select(REFUSALS).where(REFUSALS.c.member_id == NOBODY, REFUSALS.c.asked_at >= since)
    newest = connection.execute(noted.order_by(REFUSALS.c.asked_at.desc(), REFUSALS.c.id.desc()).limit(most))
    return [_refused(row) for row in reversed(list(newest))]


GAP_COLUMNS = ("asked", "question", "continues", "reason", "missing", "narrowed", "answered", "link")


def gap_table(connection: Connection) -> CsvTable:
    """Return the public refusals, answered ones as well, the newest first, with a link to each card."""
    row = REFUSALS.c
    public = select(REFUSALS).where(row.member_id == NOBODY, row.guild_id.is_not(None))
    gaps = [
        (
            *(day_of(gap.asked_at), gap.question, gap.previous, gap.reason, json.loads(gap.missing)),
            _narrowed_by(gap.scope),
            day_of(gap.answered_at) if gap.answered_at is not None else None,
            f"https://discord.com/channels/{gap.guild_id}/{gap.channel_id}/{gap.message_id}",
        )
        for gap in connection.execute(public.order_by(row.asked_at.desc(), row.id.desc()))
    ]
    return CsvTable(GAP_COLUMNS, gaps)


def _narrowed_by(scope: str) -> list[str]:
    """Name what a scope bounds: it is written as two days and an outlet."""
    since, until, outlet = (*scope.split(":", 2), "", "", "")[:3]
    return [name for name, code in (("days", since or until), ("outlet", outlet)) if code]


def _insert(connection: Connection, refused: RefusedQuestion, *, member_id: int, tell_in: str | None) -> None:
    """Insert the row of a member and a card, or change the one that is there."""
    values = {name: getattr(refused, name) for name in (*_CARD, *_WORDS)} | _missing(refused)
    values |= {"member_id": member_id, "tell_in": tell_in, "answered_at": None, "told_at": None}
    values |= {"ended_at": None, "shown_passages": None}
    upsert(connection, REFUSALS, values, values, "message_id", "member_id")


def _missing(refused: RefusedQuestion) -> dict[str, str]:
    return {"missing": json.dumps(list(refused.missing), ensure_ascii=False)}


def _refused(row: Row[Any], shown: str | None = None) -> RefusedQuestion:
    values = {name: getattr(row, name) for name in (*_CARD, *_WORDS, "answered_at")}
    missing, passages = (tuple(json.loads(words or "[]")) for words in (row.missing, shown))
    return RefusedQuestion(**values, missing=missing, shown_passages=passages)


def _is_card(message_id: int) -> ColumnElement[bool]:
    return REFUSALS.c.message_id == message_id


def _count(connection: Connection, *which: ColumnElement[bool]) -> int:
    return connection.execute(select(func.count()).select_from(REFUSALS).where(*which)).scalar_one()


_FAILED_EDIT = "late_answer_failed_"


def note_failed_edit(connection: Connection, message_id: int, day: str) -> int:
    """Note that a card could not be edited on a day (ISO 8601); return on how many days it could not."""
    add_to_figure(connection, f"{_FAILED_EDIT}{message_id}", day)
    days = select(func.count()).select_from(FIGURES).where(FIGURES.c.name == f"{_FAILED_EDIT}{message_id}")
    return connection.execute(days).scalar_one()


def failed_edits(connection: Connection) -> Mapping[int, int]:
    """Return how often each card could not be edited, without those that could."""
    sums = sum_figures(connection).items()
    return {int(name.removeprefix(_FAILED_EDIT)): count for name, count in sums if name.startswith(_FAILED_EDIT)}


def forget_failed_edits(connection: Connection, message_ids: Collection[int]) -> None:
    names = [f"{_FAILED_EDIT}{message_id}" for message_id in message_ids]
    connection.execute(delete(FIGURES).where(FIGURES.c.name.in_(names)))
