"""Since when sources fail, and who may tell of it, in either database."""

from collections.abc import Iterator

import pytest
from sqlalchemy import URL

from bot.records.figures import claim_source_card, exchange_living, note_sources, read_figures, settle_source_card
from bot.records.retention import prune
from tests.records.stores import Store, open_store

NOW, PATIENCE = 1_790_000_000, 120


@pytest.fixture
def store(url: URL) -> Iterator[Store]:
    with open_store(url) as store:
        yield store


def test_the_first_time_counts_until_a_source_answers(store: Store) -> None:
    assert store(lambda one: note_sources(one, {"a": NOW, "b": NOW}, {"c"})) == ({"a": NOW, "b": NOW}, {})
    store(lambda one: prune(one, now=NOW + 500 * 86_400, days=90))
    assert store(lambda one: note_sources(one, {"a": NOW + 9}, ())) == ({"a": NOW}, {})
    assert store(lambda one: note_sources(one, {}, {"a"})) == ({}, {})
    assert store(lambda one: note_sources(one, {"a": NOW + 20, "b": NOW + 20}, ()))[0] == {"a": NOW + 20, "b": NOW}


def test_one_process_claims_a_card_and_another_takes_it_over_later(store: Store) -> None:
    first = store(lambda one: claim_source_card(one, "ill", NOW, PATIENCE))
    assert first == ({}, 0)
    assert store(lambda one: claim_source_card(one, "ill", NOW + PATIENCE - 1, PATIENCE)) is None
    other = store(lambda one: claim_source_card(one, "back", NOW, PATIENCE))
    assert other == ({}, 0)
    later = store(lambda one: claim_source_card(one, "ill", NOW + PATIENCE, PATIENCE))
    assert later == ({}, NOW)
    store(lambda one: settle_source_card(one, "ill", {"a": NOW}))
    again = store(lambda one: claim_source_card(one, "ill", NOW, PATIENCE))
    assert again == ({"a": NOW}, 0)
    store(lambda one: settle_source_card(one, "ill", {"a": 0}))
    assert store(lambda one: read_figures(one, "source_told:")) == {}


def test_whoever_knows_which_outlets_have_feeds_tells_the_others(store: Store) -> None:
    assert set(store(lambda one: exchange_living(one, None))) == set()
    assert set(store(lambda one: exchange_living(one, {"a", "b"}))) == {"a", "b"}
    assert set(store(lambda one: exchange_living(one, {"b", "c"}))) == {"b", "c"}
    assert set(store(lambda one: exchange_living(one, None))) == {"b", "c"}
