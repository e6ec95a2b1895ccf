"""The tables of the store, and rows inserted, changed or kept there.

Times are seconds since 1970 in UTC, ids are those of Discord, texts are whole.
"""

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
)

# SQLite numbers rows by itself only where their key is its own kind of integer.
_RowId = BigInteger().with_variant(Integer(), "sqlite")


class Words(TypeDecorator[str]):
    """Text as every database takes it."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: object) -> str | None:  # noqa: ARG002 (SQLAlchemy's)
        """Bind a text as it can be stored."""
        return None if value is None else storable(value)


def storable(text: str) -> str:
    """Return a text as every database takes it: without null characters, with question marks for halves of letters."""
    return text.replace("\0", "").encode("utf-8", "replace").decode()


METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(column_0_label)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

NOBODY = 0
"""The member of a refusal that nobody waits for: it is kept as a gap of the coverage."""

REFUSALS = Table(
    "refusals",
    METADATA,
    Column("id", _RowId, primary_key=True, autoincrement=True),
    Column("asked_at", BigInteger, nullable=False, index=True),
    # The home server where everybody may read the question, none where it is private.
    Column("guild_id", BigInteger),
    # The card of the refusal, which is edited once there is an answer.
    Column("channel_id", BigInteger, nullable=False),
    Column("message_id", BigInteger, nullable=False),
    # Who asked to be notified, and where: "direct" or "here".
    Column("member_id", BigInteger, nullable=False, default=NOBODY, index=True),
    Column("tell_in", String(8)),
    Column("question", Words, nullable=False),
    Column("previous", Words),
    Column("scope", String(64), nullable=False, default=""),
    Column("reason", String(32), nullable=False),
    # The words that the coverage lacks, as JSON.
    Column("missing", Words, nullable=False, default="[]"),
    Column("answered_at", BigInteger, index=True),
    # When notifying the member began, and when it was done: then the row is kept for the days of `QUOTES`.
    Column("told_at", BigInteger),
    Column("ended_at", BigInteger),
    # The passages that were shown as answers to the question, as JSON, and when the last turned out to be none.
    Column("shown_passages", Words),
    Column("reopened_at", BigInteger, index=True),
    UniqueConstraint("message_id", "member_id"),
)

VOTES = Table(
    "votes",
    METADATA,
    Column("message_id", BigInteger, primary_key=True, autoincrement=False),
    Column("member_id", BigInteger, primary_key=True, autoincrement=False, index=True),
    Column("voted_at", BigInteger, nullable=False, index=True),
    Column("is_helpful", Boolean, nullable=False),
    Column("url", Words, nullable=False),
    # Where the answer is public in a home server: that server, the question, and the titles quoted, as JSON.
    Column("guild_id", BigInteger),
    Column("question", Words),
    Column("titles", Words),
)

QUOTES = Table(
    "quotes",
    METADATA,
    # The card of an answer, and the code of its quote there.
    Column("message_id", BigInteger, primary_key=True, autoincrement=False),
    Column("reference", String(40), primary_key=True),
    Column("channel_id", BigInteger, nullable=False),
    # Who asked, where the answer is private, else nobody.
    Column("member_id", BigInteger, nullable=False, default=NOBODY, index=True),
    Column("article_id", Words, nullable=False),
    # The digest of the article as it was, 0 where that is not known.
    Column("version", BigInteger, nullable=False),
    Column("quoted_at", BigInteger, nullable=False, index=True),
    Column("is_withdrawn", Boolean, nullable=False, default=False),
)

ARRIVALS = Table(
    "arrivals",
    METADATA,
    Column("id", _RowId, primary_key=True, autoincrement=True),
    Column("article_id", Words, nullable=False, unique=True),
    Column("title", Words, nullable=False),
    Column("outlet", Words),
    Column("url", Words),
    Column("published", String(10)),
    Column("arrived_at", BigInteger, nullable=False, index=True),
    # When it was named in the channel for news; never where there was none.
    Column("announced_at", BigInteger),
)

ARTICLE_CHANGES = Table(
    "article_changes",
    METADATA,
    Column("article_id", Words, primary_key=True),
    # The digest of a paragraph that the article did not have before.
    Column("paragraph", String(16), primary_key=True),
    # Counted on with the times of arrivals.
    Column("changed_at", BigInteger, nullable=False, index=True),
)

FOLLOWS = Table(
    "follows",
    METADATA,
    Column("id", _RowId, primary_key=True, autoincrement=True),
    Column("member_id", BigInteger, nullable=False),
    Column("subject", Words, nullable=False),
    # Subjects of the same words have the same.
    Column("subject_key", String(32), nullable=False),
    Column("previous", Words),
    Column("language", String(8), nullable=False),
    # Where the member is told, as in refusals.
    Column("channel_id", BigInteger, nullable=False),
    Column("tell_in", String(8), nullable=False),
    # When it was begun or renewed.
    Column("followed_at", BigInteger, nullable=False, index=True),
    # Until when arrivals and changes were looked through.
    Column("seen_until", BigInteger, nullable=False),
    # The number of the day on which the last card was sent to the place.
    Column("told_on", BigInteger, nullable=False, default=0),
    Column("is_ending_told", Boolean, nullable=False, default=False),
    # When a process began to send a card, and until when it had looked.
    Column("claimed_at", BigInteger),
    Column("claimed_until", BigInteger),
    UniqueConstraint("member_id", "subject_key"),
    # The buttons of an old card must not name what was begun since.
    sqlite_autoincrement=True,
)

DIGESTS = Table(
    "digests",
    METADATA,
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    Column("read_at", BigInteger, nullable=False, index=True),
)

FIGURES = Table(
    "figures",
    METADATA,
    Column("name", String(48), primary_key=True),
    # ISO 8601; empty for a figure of no day, such as a channel that was chosen.
    Column("day", String(10), primary_key=True, default=""),
    Column("value", BigInteger, nullable=False),
    Index("ix_figures_day", "day"),
)


def upsert(
    connection: Connection, table: Table, row: Mapping[str, Any], change: Mapping[str, Any], *names: str
) -> None:
    """Insert a row; where one is there with its primary key, or else with its values of unique columns, change that."""
    keys = [table.c[name] for name in names] or list(table.primary_key.columns)
    statement = _insert(connection, table).values(**row)
    connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=dict(change)))


def insert_missing(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]], *keys: str) -> None:
    """Insert those of some rows that are not there yet by columns that are unique together."""
    if rows:
        statement = _insert(connection, table).on_conflict_do_nothing(index_elements=list(keys))
        connection.execute(statement, list(rows))


def _insert(connection: Connection, table: Table) -> Any:
    """Return the insertion of a database's own, which may meet a row; a dialect that is not used takes 2 MB."""
    return import_module(f"sqlalchemy.dialects.{connection.dialect.name}").insert(table)
