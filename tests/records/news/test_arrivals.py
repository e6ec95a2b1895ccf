from collections.abc import Iterator, Sequence
from datetime import date

import pytest
from sqlalchemy import URL, select

from bot.records.news.arrivals import Arrival, CoverageChange, count_arrivals, note_change, read_arrival_times
from bot.records.tables import ARRIVALS
from tests.records.stores import Store, arrival, open_store

MARCH = date(2026, 3, 9)
NOW = 1_790_000_000


@pytest.fixture
def store(url: URL) -> Iterator[Store]:
    with open_store(url) as store:
        yield store


def change(
    edition: int, before: int | None, added: Sequence[Arrival] = (), removed: Sequence[Arrival] = (), **more: object
) -> CoverageChange:
    return CoverageChange(edition, before, MARCH.toordinal(), added, removed, **more)  # type: ignore[arg-type]


def note(store: Store, one: CoverageChange, now: int = NOW) -> None:
    store(lambda connection: note_change(connection, one, now))


def times(store: Store) -> dict[str, int]:
    return dict(store(lambda connection: read_arrival_times(connection, 0, MARCH)))


def test_the_first_edition_of_a_store_brings_no_news(store: Store) -> None:
    note(store, change(1, None, newest=[arrival("a", date(2030, 1, 1))]))
    assert times(store) == {}
    note(store, change(2, 1, [arrival("b")]))
    assert times(store) == {"b": NOW}


def test_what_is_known_to_have_come_with_the_first_edition_is_news(store: Store) -> None:
    note(store, change(2, 1, [arrival("b")]))
    assert times(store) == {"b": NOW}


def test_an_edition_that_is_noted_twice_comes_once(store: Store) -> None:
    note(store, change(1, None))
    for now in (NOW, NOW + 50):
        note(store, change(2, 1, [arrival("b")]), now)
    assert times(store) == {"b": NOW}


def test_after_an_edition_that_the_store_does_not_know_only_later_days_are_news(store: Store) -> None:
    note(store, change(1, None))
    newest = [arrival("later", date(2026, 3, 10)), arrival("same", MARCH), arrival("none")]
    note(store, change(3, None, newest=newest))
    assert times(store) == {"later": NOW}
    note(store, change(5, 4, [arrival("known")], newest=[arrival("older", date(2026, 3, 1))]))
    assert times(store).keys() == {"later", "known"}


def test_a_rollback_takes_back_what_was_not_posted_and_it_arrives_anew(store: Store) -> None:
    note(store, change(1, None))
    note(store, change(2, 1, [arrival("a"), arrival("b")]))
    note(store, change(1, 2, removed=[arrival("a"), arrival("b")]), NOW + 10)
    assert times(store) == {}
    note(store, change(2, 1, [arrival("a"), arrival("b")]), NOW + 20)
    assert times(store) == {"a": NOW + 20, "b": NOW + 20}


def test_what_was_there_before_the_store_is_no_news_when_it_comes_back(store: Store) -> None:
    note(store, change(1, None))
    note(store, change(2, 1, removed=[arrival("old")]))
    note(store, change(3, 2, [arrival("old"), arrival("new")]))
    assert times(store).keys() == {"new"}


def test_times_of_arrival_grow_though_the_clock_goes_back(store: Store) -> None:
    note(store, change(1, None))
    for number, now in enumerate((NOW, NOW, NOW - 500), 2):
        note(store, change(number, number - 1, [arrival(f"a{number}")]), now)
    assert list(times(store).values()) == [NOW, NOW + 1, NOW + 2]


def test_arrivals_are_counted_by_outlet(store: Store) -> None:
    note(store, change(1, None))
    note(store, change(2, 1, [arrival("a"), arrival("b"), arrival("c", outlet=None)]))
    assert store(lambda one: count_arrivals(one, NOW, NOW + 1)) == [("صحيفة الضفة", 2), (None, 1)]
    assert store(lambda one: count_arrivals(one, NOW, NOW + 1, ["a", "x"])) == [(None, 1), ("صحيفة الضفة", 1)]
    assert store(lambda one: count_arrivals(one, NOW + 1, NOW + 2)) == []


def test_texts_that_no_database_takes_are_stored_without_what_it_does_not_take(store: Store) -> None:
    note(store, change(1, None))
    note(store, change(2, 1, [Arrival("a\0", "نصف \ud83d حرف\0")]))
    assert store(lambda one: one.execute(select(ARRIVALS.c.article_id, ARRIVALS.c.title)).all()) == [("a", "نصف ? حرف")]


def test_many_articles_go_at_once(store: Store) -> None:
    many = [arrival(f"a{number}") for number in range(1200)]
    note(store, change(1, None))
    note(store, change(2, 1, many))
    note(store, change(3, 2, removed=many[:1100]))
    assert len(times(store)) == 100
