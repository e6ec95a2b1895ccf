"""Where else the words of a quote stand."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering import Answer, Quote
from bot.articles import Article, Paragraph
from bot.edition import Edition
from bot.retrieval import Scope
from tests.answering.coverage import (
    ANSWERER,
    BRIDGE,
    FISHING,
    ORCHARD,
    answered,
    article,
    edition,
    passages,
    refused,
    sources,
)
from tests.answering.drawing import QUESTION, TEXT
from tests.answering.promises import check_quotes
from tests.examples import examples

REPORT = (
    "أطلقت وكالة الفضاء القمر الصناعي الجديد من قاعدة الساحل فجر الثلاثاء لمراقبة الجفاف. "
    "وبلغت كلفة القمر الصناعي 40 مليون دينار."
)
OWN = "حضر الإطلاق وزراء وعلماء وتلاميذ، وعاد الضيوف إلى المدينة مساء."
QUESTION_ON_IT = "متى أطلقت وكالة الفضاء القمر الصناعي الجديد؟"
OTHERS = [BRIDGE, FISHING, ORCHARD]
AGENCY_QUESTION = "متى أطلقت وكالة الفضاء القمر الصناعي الجديد؟"


def paper(name: str, *texts: str, outlet: str | None = None, published: date | None = None) -> Article:
    return replace(article(name, "إطلاق قمر صناعي", *texts), outlet=outlet, published=published)


def also(*papers: Article) -> list[tuple[str, int]]:
    (quote,) = list(answered(QUESTION_ON_IT, *papers, *OTHERS).quotes)
    return [(other.article.id, other.paragraph) for other in quote.other_sources]


def test_a_quote_names_the_other_papers_that_have_it() -> None:
    assert also(paper("a", REPORT), paper("b", OWN, REPORT)) == [("b", 1)]


def test_a_quote_of_one_paper_names_no_other() -> None:
    assert also(paper("a", REPORT)) == []
    assert also(paper("a", REPORT, REPORT)) == []


def test_at_most_three_are_named_and_each_once() -> None:
    assert also(*(paper(name, REPORT, REPORT) for name in "abcdef")) == [("b", 0), ("c", 0), ("d", 0)]


def test_other_outlets_come_first_however_they_are_spelled() -> None:
    same, known = paper("b", REPORT, outlet="الإتحاد"), [paper(name, REPORT, outlet="الشرق") for name in "de"]
    papers = [
        paper("a", REPORT, outlet="الاتحاد"),
        same,
        paper("c", REPORT),
        *known,
        paper("f", REPORT, outlet="الغرب"),
    ]
    assert also(*papers) == [("d", 0), ("f", 0), ("e", 0)]


def test_of_equal_ones_the_earlier_comes_first() -> None:
    late, early = (paper(name, REPORT, published=date(2026, 3, day)) for name, day in (("b", 9), ("c", 2)))
    assert also(paper("a", REPORT), late, early) == [("c", 0), ("b", 0)]


def test_a_twin_in_other_words_is_neither_named_nor_quoted() -> None:
    assert also(paper("a", REPORT), paper("b", REPORT.replace("فجر", "صباح"))) == []
    assert also(paper("a", REPORT), paper("b", REPORT.replace("أطلقت", "اطلقت"))) == []


def test_words_that_begin_within_another_word_are_other_words() -> None:
    assert also(paper("a", REPORT), paper("b", f"و{REPORT}")) == []


def test_what_stands_around_the_words_does_no_harm() -> None:
    wired = replace(paper("b", f"(وكالات) {REPORT}"), title="خبر")
    (quote,) = list(answered(QUESTION_ON_IT, paper("a", REPORT), wired, *OTHERS).quotes)
    assert [(other.start, other.end) for other in quote.other_sources] == [(9, 9 + len(REPORT))]


def test_a_scope_holds_for_what_is_named_too() -> None:
    papers = [
        paper("a", REPORT, outlet="الشرق"),
        paper("b", REPORT, outlet="الغرب"),
        paper("c", REPORT, outlet="الشرق"),
    ]
    outcome = ANSWERER.answer(QUESTION_ON_IT, edition(*papers, *OTHERS), scope=Scope(outlet="الشرق"))
    assert isinstance(outcome, Answer)
    assert [[other.article.id for other in quote.other_sources] for quote in outcome.quotes] == [["c"]]


def test_what_else_there_is_to_read_names_other_papers_and_repeats_no_twin() -> None:
    more = "كانت وكالة الفضاء قد أطلقت القمر الصناعي السابق قبل عشر سنوات من القاعدة نفسها."
    papers = [paper("a", REPORT, more), paper("b", REPORT, more), paper("c", more.replace("السابق", "الأول"))]
    coverage = edition(*papers, *OTHERS)
    outcome, further = ANSWERER.answer(QUESTION_ON_IT, coverage), ANSWERER.further_quotes(QUESTION_ON_IT, coverage)
    assert isinstance(outcome, Answer)
    read = [quote for quote in (*outcome.quotes, *further) if quote.article.id in "abc"]
    assert [(quote.paragraph, [other.article.id for other in quote.other_sources]) for quote in read] == [
        (0, ["b"]),
        (1, ["b"]),
    ]


def test_news_that_a_paper_has_alone_is_quoted_beside_the_report() -> None:
    own = "انطلق القمر الصناعي الجديد لوكالة الفضاء يوم الثلاثاء، وتابع الإطلاق وزراء وعلماء وتلاميذ عبر شاشات الميدان."
    answer = answered(QUESTION_ON_IT, paper("a", REPORT), paper("b", REPORT, own), *OTHERS)
    assert len({place[1] for place in sources(answer)}) == 2


def test_an_edition_counts_what_is_folded() -> None:
    assert edition(*OTHERS).folded == 0
    assert edition(paper("a", REPORT, OWN), paper("b", REPORT), paper("c", REPORT, OWN)).folded == 3


# Some words are changed, so that passages are twins of all degrees.
@st.composite
def syndicated(draw: st.DrawFn) -> Edition:
    """Draw editions of articles that have copied from each other, with a word changed or added here and there."""
    texts = draw(st.lists(TEXT, min_size=1, max_size=3))
    articles = []
    for number in range(draw(st.integers(2, 6))):
        copied = [
            "".join(
                (
                    draw(st.sampled_from(["", "", "", "(وكالات) ", "و", " "])),
                    text,
                    draw(st.sampled_from(["", "", " ."])),
                )
            )
            for text in draw(st.lists(st.sampled_from(texts), min_size=1, max_size=3))
        ]
        outlet = draw(st.sampled_from([None, "الشرق", "الغرب"]))
        articles.append(Article(str(number), "خبر", tuple(map(Paragraph, copied)), outlet=outlet))
    return edition(*articles)


def check_also(quote: Quote, coverage: Edition) -> None:
    names = [quote.article.id, *(other.article.id for other in quote.other_sources)]
    assert len(set(names)) == len(names) <= 4
    for other in quote.other_sources:
        assert other.article == coverage.articles[other.article.id]
        assert other.article.paragraphs[other.paragraph].text[other.start : other.end] == quote.text


@examples(200)
@given(syndicated(), QUESTION, st.data())
def test_what_is_named_has_the_words_of_the_quote(coverage: Edition, question: str, data: st.DataObject) -> None:
    texts = [passage.text for passage in passages(coverage)]
    if len(texts) > 0 and data.draw(st.booleans()):
        question = f"متى {' '.join(data.draw(st.sampled_from(texts)).split()[:6])}؟"
    outcome, further = ANSWERER.answer(question, coverage), ANSWERER.further_quotes(question, coverage)
    quotes = outcome.quotes if isinstance(outcome, Answer) else ()
    if quotes:
        check_quotes(quotes, coverage)
    for quote in (*quotes, *further):
        check_also(quote, coverage)


def papers(*texts: str, title: str = "إطلاق قمر صناعي") -> list[Article]:
    return [article(f"paper {number}", title, text) for number, text in enumerate(texts)]


@pytest.mark.parametrize("copies", [1, 2, 3, 7, 20])
def test_a_report_in_many_papers_is_quoted_once(copies: int) -> None:
    answer = answered(AGENCY_QUESTION, *papers(*[REPORT] * copies), *OTHERS)
    assert sources(answer) == [("paper 0", 0)]


def test_so_is_one_with_a_word_changed_here_and_there() -> None:
    changed = [REPORT, REPORT.replace("فجر", "صباح"), REPORT.replace("بلغت", "وصلت"), f"(وكالات) {REPORT}"]
    assert len(answered(AGENCY_QUESTION, *papers(*changed), *OTHERS).quotes) == 1


def test_a_report_with_news_of_its_own_is_quoted_beside_it() -> None:
    own = "انطلق القمر الصناعي الجديد لوكالة الفضاء يوم الثلاثاء، وتابع الإطلاق وزراء وعلماء وتلاميذ عبر شاشات الميدان."
    assert sorted(sources(answered(AGENCY_QUESTION, *papers(REPORT, own), *OTHERS))) == [("paper 0", 0), ("paper 1", 0)]


def test_copies_make_a_report_no_less_certain_of_an_answer() -> None:
    alone = answered(AGENCY_QUESTION, *papers(REPORT), *OTHERS).quotes[0].score
    assert answered(AGENCY_QUESTION, *papers(*[REPORT] * 4), *OTHERS).quotes[0].score > alone - 0.2


def test_copies_do_not_make_what_nobody_says_answered() -> None:
    question = "من صمم القمر الصناعي الجديد لوكالة الفضاء؟"
    for copies in (1, 2, 5, 12):
        assert len(refused(question, *papers(*[REPORT] * copies), *OTHERS).related) == 1


def test_a_paragraph_that_stands_twice_in_an_article_is_quoted_once() -> None:
    assert sources(answered(AGENCY_QUESTION, article("paper", "إطلاق", REPORT, REPORT), *OTHERS)) == [("paper", 0)]
