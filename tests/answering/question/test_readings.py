"""Messages of every kind and region are read as they should be: 97 of 100, so that no single sentence is a rule."""

from collections import Counter, defaultdict

import pytest

from tests.answering.question.readings import KINDS, allowed, faults, rows

MISSPACED = "missing_spaces"


@pytest.fixture(scope="module")
def misses() -> dict[str, list[tuple[str, str]]]:
    """The region of each line that is read otherwise, with what is otherwise, by kind."""
    found = defaultdict[str, list[tuple[str, str]]](list)
    for kind in KINDS:
        for row in rows(kind):
            if wrong := "; ".join(faults(row, is_of_press=kind == MISSPACED)):
                found[kind].append((row["region"], f"{row['message']} | {wrong}"))
    return found


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_is_read_as_it_should_be(kind: str, misses: dict[str, list[tuple[str, str]]]) -> None:
    for _, miss in misses[kind]:
        print(miss)  # noqa: T201 - `pytest -rP` shows them all
    assert len(misses[kind]) <= allowed(len(rows(kind)))


def test_each_region_is_read_as_it_should_be(misses: dict[str, list[tuple[str, str]]]) -> None:
    lines = Counter(row["region"] for kind in KINDS for row in rows(kind))
    missed = Counter(region for found in misses.values() for region, _ in found)
    assert {region: count for region, count in missed.items() if count > allowed(lines[region])} == {}


@pytest.mark.parametrize("kind", KINDS)
def test_no_message_stands_twice_in_a_kind(kind: str) -> None:
    written = Counter((row["message"], row.get("previous")) for row in rows(kind))
    assert [message for message, count in written.items() if count > 1] == []
