"""The same agency report in several papers: answered as if it stood in one, and quoted once."""

import pytest

from bot.articles import Article
from tests.answering.coverage import BRIDGE, FISHING, ORCHARD, answered, article, refused, sources

REPORT = (
    "أطلقت وكالة الفضاء القمر الصناعي الجديد من قاعدة الساحل فجر الثلاثاء لمراقبة الجفاف. "
    "وبلغت كلفة القمر الصناعي 40 مليون دينار."
)
QUESTION = "متى أطلقت وكالة الفضاء القمر الصناعي الجديد؟"
OTHERS = [BRIDGE, FISHING, ORCHARD]


def papers(*texts: str, title: str = "إطلاق قمر صناعي") -> list[Article]:
    return [article(f"paper {number}", title, text) for number, text in enumerate(texts)]


@pytest.mark.parametrize("copies", [1, 2, 3, 7, 20])
def test_a_report_in_many_papers_is_quoted_once(copies: int) -> None:
    answer = answered(QUESTION, *papers(*[REPORT] * copies), *OTHERS)
    assert sources(answer) == [("paper 0", 0)]


def test_so_is_one_with_a_word_changed_here_and_there() -> None:
    changed = [REPORT, REPORT.replace("فجر", "صباح"), REPORT.replace("بلغت", "وصلت"), f"(وكالات) {REPORT}"]
    assert len(answered(QUESTION, *papers(*changed), *OTHERS).quotes) == 1


def test_a_report_with_news_of_its_own_is_quoted_beside_it() -> None:
    own = "انطلق القمر الصناعي الجديد لوكالة الفضاء يوم الثلاثاء، وتابع الإطلاق وزراء وعلماء وتلاميذ عبر شاشات الميدان."
    assert sorted(sources(answered(QUESTION, *papers(REPORT, own), *OTHERS))) == [("paper 0", 0), ("paper 1", 0)]


def test_copies_make_a_report_no_less_certain_of_an_answer() -> None:
    alone = answered(QUESTION, *papers(REPORT), *OTHERS).quotes[0].score
    assert answered(QUESTION, *papers(*[REPORT] * 4), *OTHERS).quotes[0].score > alone - 0.2


def test_copies_do_not_make_what_nobody_says_answered() -> None:
    question = "من صمم القمر الصناعي الجديد لوكالة الفضاء؟"
    for copies in (1, 2, 5, 12):
        assert len(refused(question, *papers(*[REPORT] * copies), *OTHERS).related) == min(copies, 3)


def test_a_paragraph_that_stands_twice_in_an_article_is_quoted_once() -> None:
    assert sources(answered(QUESTION, article("paper", "إطلاق", REPORT, REPORT), *OTHERS)) == [("paper", 0)]
