"""Tests of side files as changes to those of a base: that they arrive whole, and how little is sent."""

import zlib
from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.articles import Article, Paragraph
from bot.edition import make_edition
from bot.retrieval.opensearch.publications import document_numbers
from bot.retrieval.opensearch.publications.document_numbers import number_changes, number_documents, rows_of_base
from bot.retrieval.opensearch.publications.side_file import apply_changes, find_changes, side_arrays, side_facts
from bot.storage import Arrays
from tests.retrieval.coverage import ANALYSER

LETTERS = "بتثجحخدرزسشصضطعغفقكلمنه"


def word(number: int) -> str:
    return "".join(LETTERS[number // len(LETTERS) ** place % len(LETTERS)] for place in range(3))


def story(number: int, *more: str) -> Article:
    words = (word(int(drawn) % 9000) for drawn in np.random.default_rng(number).pareto(0.4, 40))
    return Article(str(number), f"خبر {word(number)}", (Paragraph(" ".join((*words, *more))),))


NEWS = [story(number) for number in range(400)]


def changes_between(articles: Sequence[Article], base: Sequence[Article]) -> tuple[Arrays, Arrays, Arrays]:
    """Return the side file of a base, that of an edition, and how it differs."""
    old, new = (make_edition(each, (), ANALYSER).arrays for each in (base, articles))
    whole = number_documents(old)
    there = side_arrays(old, whole)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(document_numbers, "_MOST_CHANGED", np.inf)
        patch.setattr(document_numbers, "_MOST_LONGER", np.inf)
        numbers = number_changes(new, there, side_facts(old, whole))
    assert numbers
    own = side_arrays(new, numbers)
    return there, own, find_changes(own, there, rows_of_base(numbers, own, there))


def assert_arrives(there: Arrays, own: Arrays, changes: Arrays) -> None:
    arrived = dict(apply_changes(changes, there))
    assert arrived.keys() == own.keys()
    for name, array in own.items():
        assert arrived[name].dtype == array.dtype
        assert arrived[name].tolist() == array.tolist()


CHANGED = [
    NEWS,
    [*NEWS[:200], story(900, "كلمتان", "جديدتان"), *NEWS[200:]],
    [*NEWS[:50], *NEWS[60:]],
    [*NEWS[:50], replace(NEWS[50], title="عنوان لم يكن"), *NEWS[51:], replace(NEWS[7], id="copy")],
]


@pytest.mark.parametrize("articles", CHANGED)
def test_what_differs_makes_the_side_file_of_that_of_the_base(articles: list[Article]) -> None:
    there, own, changes = changes_between(articles, NEWS)
    assert_arrives(there, own, changes)
    sizes = [len(zlib.compress(b"".join(map(np.ndarray.tobytes, arrays.values())))) for arrays in (changes, own)]
    assert sizes[0] < sizes[1] / 3


CHOSEN = st.lists(st.integers(0, 30), max_size=12)


@given(CHOSEN, CHOSEN)
@settings(max_examples=40)
def test_whatever_differs_arrives(one: list[int], other: list[int]) -> None:
    news = ([replace(NEWS[number], id=f"{place}") for place, number in enumerate(each)] for each in (one, other))
    assert_arrives(*changes_between(*news))


@pytest.mark.parametrize("dtype", [np.uint8, np.int64])
def test_what_the_base_lacks_or_has_of_another_kind_is_sent_whole(dtype: type[np.generic]) -> None:
    own, there = {"a": np.arange(40, dtype=dtype), "b": np.ones(3)}, {"a": np.arange(40, dtype=np.int32)}
    assert_arrives(there, own, find_changes(own, there, {}))
