"""A store of the test's own, to run changes and queries in."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import TypeVar

from sqlalchemy import Connection, Engine, create_engine, make_url
from sqlalchemy.pool import StaticPool

from bot.records import Arrival
from bot.records.tables import METADATA

T = TypeVar("T")


class Store:
    """Tables in memory; each query is a transaction."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def __call__(self, query: Callable[[Connection], T]) -> T:
        with self.engine.begin() as connection:
            return query(connection)


@contextmanager
def open_store(url: str = "sqlite://") -> Iterator[Store]:
    """Make the tables, and drop them at the end."""
    options = {"poolclass": StaticPool} if make_url(url).database is None else {}
    engine = create_engine(url, **options)
    METADATA.create_all(engine)
    try:
        yield Store(engine)
    finally:
        METADATA.drop_all(engine)
        engine.dispose()


def arrival(name: str, published: date | None = None, outlet: str | None = "صحيفة الضفة") -> Arrival:
    return Arrival(name, f"خبر {name}", outlet, f"https://news.example/{name}", published)
