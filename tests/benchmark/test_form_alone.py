"""No reply scores by its form alone: whatever says the same of every question has next to nothing."""

import random
from collections.abc import Mapping, Sequence

from hypothesis import given
from hypothesis import strategies as st

from tests.benchmark.conftest import ARTICLES, CORES, FACTS, FORMS
from tests.benchmark.score import (
    ANSWERABLE,
    MOST_WORDS,
    Question,
    QuestionSet,
    Reply,
    Scored,
    Span,
    curve,
    is_right,
    operating_point,
    score_replies,
)
from tests.examples import examples

PLACES = [(name, number) for name, paragraphs in ARTICLES.items() for number in range(len(paragraphs))]
CONFIDENCES = st.one_of(st.just(float("-inf")), st.floats(0, 1), st.sampled_from([0.25, 0.5]))


def _questions() -> tuple[Question, ...]:
    facts = [(core, ANSWERABLE, (Span(name, number, 3, 9),)) for core, (name, number, _, _) in FACTS.items()]
    cores = [(core, kind, ()) for core, (kind, _, _, _) in CORES.items()]
    return tuple(
        Question(f"{core}-{form}", core, form, kind, None, answers)
        for core, kind, answers in [*facts, *cores]
        for form in FORMS
    )


ASKED = QuestionSet("Made", "0.1.0", ARTICLES, _questions(), frozenset())


def number(replies: Mapping[str, Reply]) -> float:
    """Return the one number of replies."""
    return operating_point(curve(score_replies(ASKED, replies))).right


def right_quote(question: Question) -> Span:
    """Return a quote that answers a question, or of one without an answer any."""
    return question.answers[0] if question.answers else Span("a001", 0, 0, 9)


@st.composite
def spans(draw: st.DrawFn) -> Span:
    """Draw a quote of the articles."""
    name, paragraph = draw(st.sampled_from(PLACES))
    length = len(ARTICLES[name][paragraph])
    start = draw(st.integers(0, length - 1))
    return Span(name, paragraph, start, draw(st.integers(start + 1, length)))


@st.composite
def judged(draw: st.DrawFn) -> list[Scored]:
    """Draw replies to the questions, judged already."""
    confidences = draw(st.lists(CONFIDENCES, min_size=len(ASKED.questions), max_size=len(ASKED.questions)))
    rights = draw(st.lists(st.booleans(), min_size=len(ASKED.questions), max_size=len(ASKED.questions)))
    together = zip(ASKED.questions, confidences, rights, strict=True)
    return [Scored(question, confidence, right) for question, confidence, right in together]


def test_refusing_everything_has_nothing() -> None:
    assert number({question.id: Reply(None) for question in ASKED.questions}) == 0


@examples(100)
@given(st.floats(allow_nan=False, allow_infinity=False))
def test_being_as_sure_of_everything_has_nothing_though_each_quote_is_right(confidence: float) -> None:
    assert number({each.id: Reply(right_quote(each), confidence) for each in ASKED.questions}) == 0


@examples(100)
@given(spans())
def test_one_quote_for_everything_answers_one_fact_at_most(quote: Span) -> None:
    gate = {each.id: 1.0 if each.kind == ANSWERABLE else 0.0 for each in ASKED.questions}
    replies = {each.id: Reply(quote, gate[each.id]) for each in ASKED.questions}
    assert number(replies) <= 1 / len(FACTS)


@examples(100)
@given(spans())
def test_a_long_quote_is_never_right(quote: Span) -> None:
    text = ARTICLES[quote.article_id][quote.paragraph][quote.start : quote.end]
    if len(text.split()) > MOST_WORDS:
        assert not is_right(quote, [quote], ARTICLES)
    else:
        assert is_right(quote, [quote], ARTICLES)


def test_confidences_by_chance_have_a_tenth_of_the_right_quotes_at_most() -> None:
    numbers = []
    for seed in range(200):
        drawn = random.Random(seed)  # noqa: S311
        numbers.append(number({each.id: Reply(right_quote(each), drawn.random()) for each in ASKED.questions}))
    # Of eight unanswerable questions none may be answered: the first of them comes after a ninth of the others.
    assert sum(numbers) / len(numbers) < 0.15


@examples(100)
@given(judged())
def test_the_number_is_the_best_over_all_thresholds(scored: Sequence[Scored]) -> None:
    def shares(threshold: float) -> tuple[float, float]:
        right = [one.is_right and one.confidence >= threshold for one in scored if one.is_answerable]
        refused = [one.confidence < threshold for one in scored if not one.is_answerable]
        return sum(right) / len(right), sum(refused) / len(refused)

    thresholds = {2.0, *(one.confidence for one in scored if one.confidence >= 0)}
    best = max(right for right, refused in map(shares, thresholds) if refused >= 0.9)
    assert operating_point(curve(scored)).right == best


@examples(100)
@given(judged())
def test_only_the_order_of_the_confidences_counts(scored: Sequence[Scored]) -> None:
    order = sorted({one.confidence for one in scored if one.confidence >= 0})
    ranks = {confidence: float(rank) for rank, confidence in enumerate(order)}
    ranked = [Scored(one.question, ranks.get(one.confidence, one.confidence), one.is_right) for one in scored]
    assert operating_point(curve(ranked)).right == operating_point(curve(scored)).right


@examples(100)
@given(judged(), st.integers(0, len(ASKED.questions) - 1))
def test_what_makes_replies_better_never_lowers_the_number(scored: Sequence[Scored], place: int) -> None:
    one = scored[place]
    better = Scored(one.question, 2.0, is_right=True) if one.is_answerable else Scored(one.question, -1.0, False)
    changed = [*scored[:place], better, *scored[place + 1 :]]
    assert operating_point(curve(changed)).right >= operating_point(curve(scored)).right
