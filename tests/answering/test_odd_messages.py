"""Odd messages out of ordinary parts: every outcome keeps its promises, comes again, and fits a card."""

from pathlib import Path

import pytest

from bot.edition import Edition
from tests.answering.conftest import ROOT, build
from tests.answering.coverage import article, refused
from tests.answering.odd_messages import KINDS, Make, survive
from tests.chat.samples import ARABIC

SHARED = ROOT.parent / "shared"
CORPORA = [SHARED / "corpora" / "news_ant.articles.jsonl", *sorted(SHARED.glob("eval/*/articles.jsonl"))]


@pytest.mark.parametrize("make", KINDS, ids=lambda make: make.__name__)
def test_odd_messages_over_the_shipped_articles_are_survived(make: Make, corpus: Edition) -> None:
    survive(make, 40, corpus, ARABIC)


@pytest.mark.slow
@pytest.mark.parametrize("path", CORPORA, ids=lambda path: path.parent.name)
def test_thousands_over_all_corpora_are_survived(path: Path) -> None:
    if not path.is_file():
        pytest.skip("../shared is not beside this checkout")
    coverage = build(path)
    for make in KINDS:
        survive(make, 3000 // len(CORPORA), coverage, ARABIC)


def test_a_passage_of_questions_alone_is_no_answer() -> None:
    asking = article("mix", "خلط الماء والعصير", "كيف تبدو مسألة خلط الماء والعصير؟ وكم يخلط من الماء بالعصير؟")
    refused("كيف تبدو مسألة خلط الماء الماء والعصير؟", asking)
    refused("لماذا يخلط الماء بالعصير؟", asking)
