"""Which paragraph is quoted first: the one that has the words around the question word."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from bot.answering import Answer, Answerer
from bot.answering.configuration import SearchHit
from bot.answering.question import Question
from bot.answering.ranking import Ranking, rank
from bot.articles import Article
from bot.retrieval import Scope
from tests.answering.coverage import FISHING, KNOWLEDGE, ORCHARD, QUESTIONS, answered, article, edition, sources

LEAD = "تأجلت مباراة فريق المنارة وفريق الواحة في ملعب الوادي إلى الساعة الخامسة من مساء الأحد."
DETAIL = "وقد طلبت قناة النخيل هذا التأجيل لتنقل المباراة إلى قرى الوادي."
CROWD = "وحضر آلاف السكان من القرى."
QUESTION = "من طلب تأجيل مباراة المنارة والواحة في ملعب الوادي؟"


def match_day(*paragraphs: str) -> Article:
    return article("match", "تأجيل مباراة المنارة والواحة", *paragraphs)


def ranking(question: str, *articles: Article) -> Ranking:
    return rank(QUESTIONS.analyse(question), edition(*articles), KNOWLEDGE)


def test_the_next_paragraph_with_the_words_around_the_question_word_ranks_before_one_that_tells_more_of_the_rest() -> (
    None
):
    quotes = answered(QUESTION, match_day(LEAD, DETAIL), FISHING, ORCHARD).quotes
    assert [quote.text for quote in quotes] == [DETAIL, LEAD]


def test_a_paragraph_that_has_those_words_too_stays_first() -> None:
    told = match_day(f"{LEAD} {DETAIL}", "وطلب الفريقان تأجيل السفر.")
    assert sources(answered(QUESTION, told, FISHING, ORCHARD))[0] == ("match", 0)


@pytest.mark.parametrize(
    "question",
    [
        "كم معلما يعمل بمدرسة النخيل بعد ترميمها في الواحة؟",
        "كم معلما عينت مدرسة النخيل التي استقبلت تلاميذ الواحة بعد ترميمها؟",
    ],
)
def test_in_the_article_that_is_meant_what_is_asked_for_counts_and_not_what_the_title_says_too(question: str) -> None:
    told = article(
        "school",
        "مدرسة النخيل تستقبل تلاميذها",
        "استقبلت مدرسة النخيل في الواحة تلاميذها صباح الاثنين بعد ترميمها، وعددهم 300 تلميذ.",
        "ويعمل في المدرسة 25 معلما.",
    )
    assert sources(answered(question, told, FISHING, ORCHARD))[0] == ("school", 1)


def test_candidates_and_those_that_are_weighed_are_in_one_order() -> None:
    found = ranking(QUESTION, match_day(LEAD, DETAIL), FISHING, ORCHARD)
    assert [item.candidate for item in found.items] == list(found.candidates)
    assert [item.signals.place for item in found.items[:2]] == [1.0, 0.5]


class _ShortestFirst:
    """A re-ranker that asks for nothing but brevity."""

    def __init__(self) -> None:
        self.asked = list[tuple[str, int]]()

    def scores(self, question: Question, hits: Sequence[SearchHit]) -> list[float]:
        self.asked.append((question.text, len(hits)))
        return [1 / len(hit.candidate.text) for hit in hits]


def test_another_reranker_decides_which_passage_is_first() -> None:
    short, long = "طلبت قناة النخيل التأجيل.", f"طلبت قناة النخيل تأجيل المباراة. {LEAD}"
    coverage = edition(article("long", "تأجيل مباراة", long), article("short", "تأجيل مباراة", short), FISHING, ORCHARD)
    reranker, asked = _ShortestFirst(), "من طلب تأجيل المباراة؟"
    knowledge = replace(KNOWLEDGE, reranker=reranker)
    assert rank(QUESTIONS.analyse(asked), coverage, KNOWLEDGE).candidates[0].text == long
    ranked = rank(QUESTIONS.analyse(asked), coverage, knowledge)
    assert ranked.candidates[0].text == short
    assert [item.rank for item in ranked.items] == sorted((item.rank for item in ranked.items), reverse=True)
    outcome = Answerer(knowledge).answer(asked, coverage)
    assert isinstance(outcome, Answer)
    assert outcome.quotes[0].text == short
    assert len(set(reranker.asked)) == 1


def test_what_search_found_is_scored_once_also_where_articles_in_scope_lack_a_word() -> None:
    reranker = _ShortestFirst()
    coverage = edition(match_day(LEAD, DETAIL), FISHING, ORCHARD)
    scope = Scope(since=date(2020, 1, 1))
    Answerer(replace(KNOWLEDGE, reranker=reranker)).answer("من طلب تأجيل مباراة بلغراد؟", coverage, None, scope)
    assert len(reranker.asked) == 1
