"""The figures count what they say."""

import pytest

from bot.answering import Answer, Quote, Reason, Refusal
from bot.arabic import Analyser, Span
from bot.articles import Article, Paragraph
from bot.edition import Edition, make_edition
from bot.lab.evaluation.quality_metrics import (
    AnswerMetrics,
    BoldWords,
    RankingMetrics,
    is_bold_right,
    mean_metrics,
    mean_ranking,
    score_answers,
    score_ranking,
)
from bot.lab.evaluation.question_sets import Case, PassageId
from tests.answering.coverage import ANALYSER, KNOWLEDGE

TEXT = "بلغت الكلفة تسعين مليونا. وحضر الوزير."
ARTICLE = Article("a", "الجسر", (Paragraph(TEXT),))
FIRST, SECOND = Quote(TEXT[:25], ARTICLE, 0, 0, 25, 0.9), Quote(TEXT[26:], ARTICLE, 0, 26, len(TEXT), 0.8)
OUTCOMES: dict[str, Answer | Refusal] = {
    "first": Answer("first", (FIRST, SECOND), "e"),
    "second": Answer("second", (SECOND, FIRST), "e"),
    "wrong": Answer("wrong", (SECOND,), "e"),
    "refused": Refusal("refused", Reason.UNSUPPORTED, "e"),
    "foreign": Refusal("foreign", Reason.OFF_TOPIC, "e"),
    "accepted": Answer("accepted", (SECOND,), "e"),
}
CASES = [
    *(Case(name, "gold", ("تسعين مليونا",)) for name in ("first", "second", "wrong", "refused")),
    *(Case(name, "foreign", ()) for name in ("foreign", "accepted")),
]


def answer(question: str, edition: Edition) -> Answer | Refusal:
    assert edition.fingerprint
    return OUTCOMES[question]


def test_each_outcome_counts_once() -> None:
    figures = score_answers(CASES, make_edition([ARTICLE], [], Analyser()), answer)
    assert (figures.right_at_1, figures.right_at_3, figures.wrong, figures.false_refusals) == (0.25, 0.5, 0.25, 0.25)
    assert figures.refused == {"foreign": 0.5}
    assert figures.quoted_words == 4.0


def test_the_mean_is_plain_and_the_time_the_slowest() -> None:
    one = AnswerMetrics(1.0, 1.0, 0.0, 0.0, {"near": 0.5}, 80.0, BoldWords(0.5, 0.25, 0.5), 2.0, 9.0)
    other = AnswerMetrics(0.5, 0.5, 0.25, 0.25, {"near": 1.0, "off": 0.75}, 40.0, BoldWords(1.0, 0.0, 0.0), 3.0, 4.0)
    assert mean_metrics([one, other]) == AnswerMetrics(
        0.75, 0.75, 0.125, 0.125, {"near": 0.75, "off": 0.75}, 60.0, BoldWords(0.75, 0.125, 0.25), 3.0, 9.0
    )


def test_ranks_are_counted_to_their_depths() -> None:
    figures = RankingMetrics.of_ranks([1, 2, 5, 10, 11, 20, None, None])
    assert figures.mrr_at_10 == pytest.approx((1 + 1 / 2 + 1 / 5 + 1 / 10) / 8)
    assert (figures.recall_at_1, figures.recall_at_5, figures.recall_at_20) == (1 / 8, 3 / 8, 6 / 8)


def test_the_mean_is_plain() -> None:
    one, other = RankingMetrics(1.0, 1.0, 1.0, 1.0), RankingMetrics(0.5, 0.0, 0.5, 1.0)
    assert mean_ranking([one, other]) == RankingMetrics(0.75, 0.5, 0.75, 1.0)


def test_passages_are_found_behind_those_that_are_ranked_anew() -> None:
    # The more often a passage names the bridge, the earlier it comes; the last comes in the place after the twentieth.
    texts = [f"{'الجسر ' * (21 - number)}{'طويل ' * number}." for number in range(21)]
    bridges = Article("bridges", "أخبار", tuple(map(Paragraph, texts)))
    others = Article("others", "أخبار", tuple(Paragraph(f"قطف الزيتون {number}.") for number in range(40)))
    edition = make_edition([bridges, others], [], ANALYSER)
    found = [
        score_ranking(
            [Case("أين الجسر؟", "gold", ("الجسر",), PassageId("bridges", number))], edition, KNOWLEDGE
        ).recall_at_20
        for number in range(21)
    ]
    assert found == [1.0] * 20 + [0.0]


def test_questions_of_other_kinds_and_without_words_find_nothing() -> None:
    edition = make_edition([Article("a", "أخبار", (Paragraph("الجسر طويل."),))], [], ANALYSER)
    case = Case("أين الجسر؟", "gold", ("طويل",), PassageId("a", 0))
    others = [Case("ما؟", "gold", ("طويل",), PassageId("a", 0)), Case("أين القلعة؟", "foreign", ())]
    assert score_ranking([case, *others], edition, KNOWLEDGE) == RankingMetrics(0.5, 0.5, 0.5, 0.5)


def test_a_passage_is_found_by_article_and_paragraph() -> None:
    one, other = (Article(name, "الجسر", (Paragraph("الجسر طويل."),)) for name in ("one", "other"))
    edition = make_edition([one, other], [], Analyser())
    figures = score_ranking([Case("الجسر؟", "gold", ("طويل",), PassageId("other", 0))], edition, KNOWLEDGE)
    assert (figures.recall_at_1, figures.mrr_at_10) == (0, 0.5)


WALL = "كلف بناء السور ثلاثين مليون دينار عام 2025."
BUILT = Article("wall", "السور", (Paragraph(WALL),))
COST = Case("كم كلف السور؟", "gold", ("ثلاثين مليون دينار",))


def quote(*bold: str) -> Quote:
    marks = tuple(Span(WALL.index(words), WALL.index(words) + len(words)) for words in bold)
    return Quote(WALL, BUILT, 0, 0, len(WALL), 1.0, marks)


@pytest.mark.parametrize(
    ("bold", "right"),
    [(("ثلاثين مليون دينار",), True), (("مليون دينار عام",), True), (("2025",), False), ((), None)],
)
def test_bold_words_are_of_the_answer_or_something_else(bold: tuple[str, ...], right: bool | None) -> None:
    assert is_bold_right(COST, quote(*bold)) is right


def test_an_answer_within_a_word_counts_as_the_word() -> None:
    assert is_bold_right(Case("ما الذي بني؟", "gold", ("سور",)), quote("السور"))


def test_shares_are_of_the_answers_that_are_right_in_the_first_quote() -> None:
    bold = ["ثلاثين", "مليون", "2025", *[""] * 4]
    answers = [Answer("q", (quote(*filter(None, [words])),), "e") for words in bold]
    elsewhere = Case("متى سقط السور؟", "gold", ("2026",))
    cases = [*[COST] * len(answers), elsewhere, COST, Case("كم؟", "off", ())]
    outcomes: list[Answer | Refusal] = [*answers, answers[0], Refusal("q", Reason.UNSUPPORTED, "e"), answers[0]]
    assert BoldWords.of(cases, outcomes) == BoldWords(2 / 7, 1 / 7, 1 / 3)
    assert BoldWords.of([], []) == BoldWords(0.0, 0.0, 0.0)
