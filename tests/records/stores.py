"""A store of the test's own, to run changes and queries in."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import TypeVar

from sqlalchemy import URL, Connection, Engine, create_engine
from sqlalchemy.pool import StaticPool

from bot.records.database import open_engine
from bot.records.news.arrivals import Arrival
from bot.records.tables import METADATA

T = TypeVar("T")


class Store:
    """Tables without what a service has around them; each query is a transaction."""

    def __init__(self, engine: Engine) -> None:
        self.engine = engine

    def __call__(self, query: Callable[[Connection], T]) -> T:
        with self.engine.begin() as connection:
            return query(connection)


@contextmanager
def open_store(url: URL | None = None) -> Iterator[Store]:
    """Make the tables in a database, or in memory, and drop them at the end."""
    if url and url.get_backend_name() == "sqlite":
        Path(url.database or "").parent.mkdir(exist_ok=True)
    engine = open_engine(url) if url else create_engine("sqlite://", poolclass=StaticPool)
    METADATA.create_all(engine)
    try:
        yield Store(engine)
    finally:
        METADATA.drop_all(engine)
        engine.dispose()


def arrival(name: str, published: date | None = None, outlet: str | None = "صحيفة الضفة") -> Arrival:
    return Arrival(name, f"خبر {name}", outlet, f"https://news.example/{name}", published)
