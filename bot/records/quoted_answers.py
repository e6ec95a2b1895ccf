"""Quotes of the answers of the last days, by the card that shows them: to correct it once an article is changed.

A row has no words. Of a private answer it has the asker's id, so that they can see and delete it.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import Connection, delete, func, select, tuple_, update

from bot.records.refusals import RefusedQuestion, mark_answered, open_refusals
from bot.records.tables import NOBODY, QUOTES, REFUSALS, upsert

UNKNOWN = 0
"""The version of an article that is to be looked at, whatever it has."""
# SQLite takes 32,766 values in a statement.
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class CardQuote:
    """A quote of a card: its code there, its article and the digest of that; times are seconds since 1970.

    `member_id` is the asker of a private answer. `is_withdrawn` where the article's source has withdrawn it.
    """

    message_id: int
    reference: str
    channel_id: int
    article_id: str
    version: int
    quoted_at: int
    member_id: int = NOBODY
    is_withdrawn: bool = False


def replace_quotes(connection: Connection, message_id: int, quotes: Sequence[CardQuote]) -> None:
    """Note all that a card quotes, in place of what it quoted before."""
    forget_quotes(connection, [message_id])
    for quote in quotes:
        row = asdict(quote)
        upsert(connection, QUOTES, row, row)


def forget_quotes(connection: Connection, message_ids: Collection[int]) -> None:
    connection.execute(delete(QUOTES).where(QUOTES.c.message_id.in_(message_ids)))


def answer_late(
    connection: Connection, message_id: int, at: int, passages: Sequence[str], quotes: Sequence[CardQuote]
) -> None:
    """Mark a refusal as answered by some passages, and note what its card quotes."""
    mark_answered(connection, message_id, at, passages)
    replace_quotes(connection, message_id, quotes)


def quoting_message_ids(connection: Connection) -> frozenset[int]:
    return frozenset(connection.execute(select(QUOTES.c.message_id).distinct()).scalars())


def quoted_versions(connection: Connection) -> Sequence[tuple[str, int]]:
    """Return the quoted articles, by id and by the digest that they had."""
    query = select(QUOTES.c.article_id, QUOTES.c.version).distinct()
    return [(row.article_id, row.version) for row in connection.execute(query)]


def quoted_counts(connection: Connection) -> Mapping[str, int]:
    """Count how often each article was quoted in the days that quotes are kept for."""
    query = select(QUOTES.c.article_id, func.count()).group_by(QUOTES.c.article_id)
    return {name: int(count) for name, count in connection.execute(query)}


def note_withdrawn(connection: Connection, article_ids: Collection[str]) -> None:
    """Note that the sources of some articles have withdrawn them."""
    names = list(article_ids)
    for start in range(0, len(names), _AT_ONCE):
        some = QUOTES.c.article_id.in_(names[start : start + _AT_ONCE])
        connection.execute(update(QUOTES).where(some).values(is_withdrawn=True))


def cards_quoting(connection: Connection, stale: Collection[tuple[str, int]], most: int) -> Sequence[tuple[int, int]]:
    """Return the channels and messages of the newest cards that quote articles as they no longer are."""
    pairs, cards = list(stale), dict[int, int]()
    for start in range(0, len(pairs), _AT_ONCE):
        some = tuple_(QUOTES.c.article_id, QUOTES.c.version).in_(pairs[start : start + _AT_ONCE])
        for row in connection.execute(select(QUOTES.c.message_id, QUOTES.c.channel_id).where(some)):
            cards[row.message_id] = row.channel_id
    return [(cards[message_id], message_id) for message_id in sorted(cards, reverse=True)[:most]]


def quotes_of(connection: Connection, message_id: int) -> Sequence[CardQuote]:
    rows = connection.execute(select(QUOTES).where(QUOTES.c.message_id == message_id)).mappings()
    return [CardQuote(**row) for row in rows]


def reopen(connection: Connection, message_id: int, at: int) -> bool:
    """Open a refusal again whose late answer is none, with all who waited for it; return whether there is one.

    Its card is to be turned back, as long as its quotes are known.
    """
    is_known = select(func.count()).select_from(QUOTES).where(QUOTES.c.message_id == message_id)
    if not connection.execute(is_known).scalar_one():
        return False
    row = REFUSALS.c
    is_late = row.message_id == message_id, row.answered_at.is_not(None), row.shown_passages.is_not(None)
    values = {"answered_at": None, "told_at": None, "ended_at": None, "reopened_at": at}
    return connection.execute(update(REFUSALS).where(*is_late).values(**values)).rowcount > 0


def reopened_refusals(connection: Connection, most: int) -> Sequence[RefusedQuestion]:
    """Return the newest open refusals whose cards still show an answer that turned out to be none."""
    shown = quoting_message_ids(connection)
    return [one for one in open_refusals(connection, most) if one.message_id in shown]
