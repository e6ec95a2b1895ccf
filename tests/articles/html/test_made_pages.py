from collections import Counter

import pytest

from bot.articles import BoilerplatePhrases
from tests.articles.html.made.__main__ import measure
from tests.articles.html.made.held_out import HELD_OUT
from tests.articles.html.made.later_templates import LATER_TEMPLATES
from tests.articles.html.made.more_templates import MORE_TEMPLATES
from tests.articles.html.made.story import made_pages
from tests.articles.html.made.templates import TEMPLATES

SETS = {"made with": TEMPLATES, "more": MORE_TEMPLATES, "later": LATER_TEMPLATES, "held out": HELD_OUT}


@pytest.fixture(scope="module")
def counts(phrases: BoilerplatePhrases) -> dict[str, Counter[str]]:
    return {name: measure(made_pages(templates), phrases)[0] for name, templates in SETS.items()}


def test_pages_of_all_templates_are_read_right(counts: dict[str, Counter[str]]) -> None:
    whole = sum(counts.values(), Counter[str]())
    assert whole["pages"] >= 60
    assert whole["right"] >= 0.99 * whole["paragraphs"]
    assert whole["headings right"] >= 0.99 * whole["headings"]
    assert whole["junk"] <= 0.003 * whole["found"]


@pytest.mark.parametrize("name", SETS)
def test_no_comment_is_the_papers_word(counts: dict[str, Counter[str]], name: str) -> None:
    assert counts[name]["right"] >= 0.99 * counts[name]["paragraphs"] > 0
    assert counts[name]["comments"] == 0
