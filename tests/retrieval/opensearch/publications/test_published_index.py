"""Tests of the names of our indices, and of when nobody needs one any more."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.retrieval.opensearch.index_fields import FORMAT
from bot.retrieval.opensearch.publications.published_index import (
    PublishedIndex,
    alias_name,
    mark,
    new_name,
    newest_first,
    outdated,
    read_indices,
)
from tests.retrieval.opensearch.publications.editions import CONFIGURATION

NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)
OWN, OTHER = "isnad-0123456789ab", "isnad-ba9876543210"


def ago(**since: float) -> datetime:
    return NOW - timedelta(**since)


def index(
    number: int,
    *,
    alias: str = OWN,
    serving: bool = False,
    whole: bool = True,
    base: PublishedIndex | None = None,
    **times: datetime,
) -> PublishedIndex:
    """Return an index that was created `number` days ago."""
    fingerprint = f"{number:016x}"
    name = f"{alias}-{fingerprint}-1234abcd"
    marks = [action["add"]["alias"] for action in mark(name, **times) if "add" in action]
    aliases = ([alias] if serving else []) + ([f"{alias}-{fingerprint}"] if whole else [f"{name}-new"])
    seals = {name: [3, 2]} | ({base.name: [3, 2]} if base else {})
    meta = {"format": FORMAT, "fingerprint": fingerprint, "state": {}, "articles": 1, "seals": seals}
    return PublishedIndex(name, NOW - timedelta(days=number), frozenset((*aliases, *marks)), meta)


def removed(*indices: PublishedIndex) -> list[int]:
    return [int(each.meta["fingerprint"], 16) for each in outdated(indices, OWN, NOW)]


def listed(*names: str, **meta: Any) -> dict[str, Any]:
    settings = {"index": {"creation_date": "1795707629923"}}
    return {name: {"aliases": {}, "mappings": {"_meta": meta} if meta else {}, "settings": settings} for name in names}


def test_the_name_of_an_index_is_read_back_and_never_had_twice() -> None:
    name, other = (new_name(f"{alias_name('isnad', CONFIGURATION)}-00ff00ff00ff00ff") for _ in range(2))
    assert name.startswith("isnad-0123456789ab-00ff00ff00ff00ff-")
    assert name != other
    [found] = read_indices("isnad", listed(name, format=FORMAT, fingerprint="00ff00ff00ff00ff"))
    assert (found.name, found.alias, found.is_whole, found.publication) == (name, OWN, False, None)


def test_a_mark_takes_the_place_of_those_before_it() -> None:
    assert mark("name", served=datetime(1970, 1, 1, 0, 0, 1, 5, tzinfo=UTC), withdrawn=None) == [
        {"remove": {"index": "name", "alias": "name-served-*"}},
        {"add": {"index": "name", "alias": "name-served-1000005"}},
        {"remove": {"index": "name", "alias": "name-withdrawn-*"}},
    ]
    assert index(1, served=ago(days=1), since=ago(days=2)).since == ago(days=2)


@pytest.mark.parametrize(
    "name",
    [
        "isnad",
        "isnad-0123456789ab",
        "isnad-0123456789ab-00ff00ff00ff00ff",
        "isnad-0123456789ab-00ff00ff00ff00f-1234abcd",
        "isnad-0123456789ab-00ff00ff00ff00ff-1234abc",
        "isnad-0123456789ab-00FF00ff00ff00ff-1234abcd",
        "isnad-de-0123456789ab-00ff00ff00ff00ff-1234abcd",
        "isnad2-0123456789ab-00ff00ff00ff00ff-1234abcd",
        "other-isnad-0123456789ab-00ff00ff00ff00ff-1234abcd",
    ],
)
def test_an_index_with_another_form_of_name_is_not_ours(name: str) -> None:
    assert not list(read_indices("isnad", listed(name, fingerprint="00ff00ff00ff00ff")))


@pytest.mark.parametrize("meta", [{}, {"fingerprint": "00ff00ff00ff00fe"}, {"author": "somebody"}])
def test_an_index_that_says_nothing_of_our_edition_is_not_ours(meta: dict[str, str]) -> None:
    assert not list(read_indices("isnad", listed("isnad-0123456789ab-00ff00ff00ff00ff-1234abcd", **meta)))


def test_an_index_that_is_filled_still_is_no_publication() -> None:
    assert index(1).publication is not None
    assert index(1, whole=False).publication is None
    other = index(1)
    assert replace(other, meta={**other.meta, "format": FORMAT + 1}).publication is None


def test_the_newest_is_that_which_came_to_serve_last() -> None:
    indices = [index(1, served=ago(hours=9)), index(2, served=ago(hours=1)), index(3), index(4)]
    found = newest_first(each.publication for each in indices if each.publication)
    assert [int(each.fingerprint, 16) for each in found] == [2, 1, 3, 4]


def test_the_one_that_serves_and_the_one_before_it_stay() -> None:
    indices = [
        index(4, served=ago(days=4)),
        index(3, served=ago(days=3)),
        index(2, served=ago(days=2)),
        index(1, served=ago(days=1), serving=True),
    ]
    assert removed(*indices) == [4, 3]


def test_an_edition_that_serves_again_is_not_old_by_its_creation() -> None:
    assert removed(
        index(9, served=ago(days=1), serving=True), index(8, served=ago(days=3)), index(7, served=ago(days=2))
    ) == [8]


def test_the_one_that_was_rolled_back_from_last_stays_with_its_mark_and_is_none_to_roll_back_to() -> None:
    indices = [
        index(5, served=ago(days=5), withdrawn=ago(days=4)),
        index(4, served=ago(days=4)),
        index(3, served=ago(days=2), withdrawn=ago(days=1)),
        index(2, served=ago(days=1), serving=True),
    ]
    assert removed(*indices) == [5]


def test_what_others_are_made_from_stays_with_them() -> None:
    base = index(9, served=ago(days=9))
    serving, before = index(1, served=ago(days=1), serving=True, base=base), index(2, served=ago(days=2), base=base)
    older = index(8, served=ago(days=8), base=index(7))
    assert removed(base, serving, before, older, index(7, served=ago(days=7))) == [8, 7]
    begun = index(0, whole=False, base=base)
    assert removed(base, begun, index(1, served=ago(days=1), serving=True), index(2, served=ago(days=2))) == []


def test_an_edition_that_never_served_may_be_at_the_gates() -> None:
    serving = index(1, served=ago(days=1), serving=True)
    assert not removed(serving, index(2, asked=ago(minutes=59)))
    assert removed(serving, index(2, asked=ago(minutes=61))) == [2]
    assert removed(index(2, asked=ago(minutes=61))) == [2]


def test_an_edition_that_is_asked_for_again_stays() -> None:
    kept = (index(1, served=ago(days=1), serving=True), index(2, served=ago(days=2)))
    assert not removed(*kept, index(3, served=ago(days=3), asked=ago(minutes=59)))
    assert removed(*kept, index(3, served=ago(days=3), asked=ago(minutes=61))) == [3]


def test_an_unfinished_index_stays_for_hours() -> None:
    begun = index(0, alias=OTHER, whole=False)
    assert not outdated([begun], OWN, NOW + timedelta(hours=5))
    assert outdated([begun], OWN, NOW + timedelta(hours=7)) == [begun]


def test_where_none_serves_the_one_that_did_last_stays() -> None:
    assert removed(*(index(number, served=ago(days=number)) for number in range(1, 4))) == [2, 3]


def test_an_edition_of_another_configuration_stays_while_it_serves_its_bots() -> None:
    serving = index(1, served=ago(days=1), serving=True)
    assert not removed(serving, index(2, alias=OTHER, served=ago(days=90), serving=True))
    assert not removed(serving, index(2, alias=OTHER, served=ago(minutes=50)))
    assert removed(serving, index(2, alias=OTHER, served=ago(minutes=70))) == [2]
    assert removed(serving, index(2, alias=OTHER, asked=ago(minutes=70))) == [2]


def test_what_serves_another_configuration_goes_a_week_after_ours_took_its_place() -> None:
    other = index(9, alias=OTHER, served=ago(days=90), serving=True)
    assert not removed(index(1, served=ago(hours=1), since=ago(days=6), serving=True), other)
    assert removed(index(1, served=ago(hours=1), since=ago(days=8), serving=True), other) == [9]
    # Its own builder is at work still.
    for alive in (
        index(9, alias=OTHER, served=ago(days=6), serving=True),
        index(9, alias=OTHER, served=ago(days=90), asked=ago(days=1), serving=True),
    ):
        assert not removed(index(1, served=ago(hours=1), since=ago(days=8), serving=True), alive)
