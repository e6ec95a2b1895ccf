"""No regular expression of the project takes longer by the square of its text, whoever wrote that to slow it down."""

from collections.abc import Iterator
from itertools import islice

import pytest

from tests.growth import grows_too_fast
from tests.pattern_texts import hostile_texts
from tests.patterns import Used, all_patterns

pytestmark = pytest.mark.slow

FIRST, LAST = 256, 8192
_SHOWN = 3


def test_a_pattern_takes_as_long_as_its_text_is() -> None:
    """One test for all of them: to find them takes as long as to try them out, and every worker would, to collect."""
    assert {used.place: found for used in all_patterns() if (found := list(islice(slow_texts(used), _SHOWN)))} == {}


def slow_texts(used: Used) -> Iterator[tuple[str, str]]:
    """Yield the texts, and the ways, that take a pattern longer than their length."""
    for make in hostile_texts(used.pattern):
        for way, work in used.works():
            if grows_too_fast(work, make, first=FIRST, last=LAST):
                yield ascii(make(40)), way


def test_the_patterns_of_code_and_of_configuration_are_found() -> None:
    places = {used.place for used in all_patterns()}
    assert {
        "bot.articles.readers.markdown._CODE",
        "bot.articles.readers.markdown._BREAKS[1]",
        "config.marks._captions",
    } <= places
