"""The figures count what they say."""

from bot.answering import Answer, Quote, Reason, Refusal
from bot.arabic import Analyser
from bot.articles import Article, Paragraph
from bot.edition import Edition, make_edition
from bot.evaluation import Figures, mean, score
from bot.evaluation.sets import Case

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
    figures = score(CASES, make_edition([ARTICLE], [], Analyser()), answer)
    assert (figures.right_at_1, figures.right_at_3, figures.wrong, figures.false_refusals) == (0.25, 0.5, 0.25, 0.25)
    assert figures.refused == {"foreign": 0.5}
    assert figures.quoted_words == 4.0


def test_the_mean_is_plain_and_the_time_the_slowest() -> None:
    one = Figures(1.0, 1.0, 0.0, 0.0, {"near": 0.5}, 80.0, 2.0, 9.0)
    other = Figures(0.5, 0.5, 0.25, 0.25, {"near": 1.0, "off": 0.75}, 40.0, 3.0, 4.0)
    assert mean([one, other]) == Figures(0.75, 0.75, 0.125, 0.125, {"near": 0.75, "off": 0.75}, 60.0, 3.0, 9.0)
