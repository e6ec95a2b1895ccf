from collections.abc import Iterator

import pytest
from sqlalchemy import URL

from bot.records import upsert
from bot.records.tables import FIGURES
from tests.records.driving import rows
from tests.records.stores import Store, open_store


@pytest.fixture
def store(url: URL) -> Iterator[Store]:
    with open_store(url) as store:
        yield store


@pytest.mark.parametrize("in_one_statement", [True, False])
def test_what_is_there_is_kept(store: Store, monkeypatch: pytest.MonkeyPatch, in_one_statement: bool) -> None:
    if not in_one_statement:
        # As of a database that has no word for it.
        monkeypatch.setattr(upsert, "_ONE_STATEMENT", frozenset())

    def put(*names: str, value: int) -> None:
        some = [{"name": name, "day": "", "value": value} for name in names]
        store(lambda one: upsert.insert_missing(one, FIGURES, some, "name", "day"))

    put("a", value=1)
    put("a", "b", value=2)
    put(value=3)
    assert store(rows) == [("a", "", 1), ("b", "", 2)]
