"""A question put to a part of the coverage: some days, one outlet."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering import Answer, Reason, Refusal
from bot.articles import Article
from bot.edition import Edition
from bot.retrieval import Scope
from tests.answering.coverage import ANSWERER, BRIDGE, FISHING, LIBRARY, ORCHARD, TRAINING, article, edition, sources
from tests.answering.drawing import EDITION, QUESTION
from tests.answering.promises import check
from tests.examples import examples

JUNE, JULY, AUGUST = date(2026, 6, 30), date(2026, 7, 15), date(2026, 8, 1)
DAYS, OUTLETS = st.sampled_from([None, JUNE, JULY, AUGUST]), st.sampled_from([None, "الأنباء", "الانباء", "المنارة"])
SCOPE = st.builds(Scope, DAYS, DAYS, OUTLETS)
FINE = replace(
    article("fine", "غرامات المرور في المنارة", "رفعت بلدية المنارة غرامة الوقوف المخالف إلى خمسين دينارا."),
    published=JUNE,
    outlet="صحيفة الأنباء",
)
NEW_FINE = replace(
    article("new fine", "غرامات المرور في المنارة", "خفضت بلدية المنارة غرامة الوقوف المخالف إلى ثلاثين دينارا."),
    published=AUGUST,
    outlet="شبكة المنارة",
)
FINES = edition(FINE, NEW_FINE, LIBRARY, BRIDGE, TRAINING, FISHING, ORCHARD)
QUESTION_OF_BOTH = "كم بلغت غرامة الوقوف المخالف في المنارة؟"


@st.composite
def published(draw: st.DrawFn) -> Edition:
    """Draw an edition whose articles have dates and outlets, or not."""
    articles = draw(EDITION).articles.values()
    return edition(*(replace(one, published=draw(DAYS), outlet=draw(OUTLETS)) for one in articles))


@pytest.mark.parametrize(
    ("scope", "inside"),
    [
        (Scope(), True),
        (Scope(since=JUNE), True),
        (Scope(since=JULY), False),
        (Scope(until=JUNE), True),
        (Scope(until=date(2026, 6, 29)), False),
        (Scope(since=JUNE, until=JUNE), True),
        (Scope(since=AUGUST, until=JULY), False),
        (Scope(outlet="صحيفة الأنباء"), True),
        (Scope(outlet="صَحيفة الانباء"), True),
        (Scope(outlet="شبكة المنارة"), False),
        (Scope(since=JULY, outlet="صحيفة الأنباء"), False),
        (Scope(since=JUNE, outlet="شبكة المنارة"), False),
    ],
)
def test_an_article_is_in_scope_by_its_day_and_its_outlet(scope: Scope, *, inside: bool) -> None:
    assert scope.includes(FINE) is inside


@pytest.mark.parametrize(
    ("scope", "inside"),
    [
        (Scope(), True),
        (Scope(since=date.min), False),
        (Scope(until=date.max), False),
        (Scope(outlet="الأنباء"), False),
    ],
)
def test_what_an_article_does_not_tell_is_in_no_bounds(scope: Scope, *, inside: bool) -> None:
    assert scope.includes(LIBRARY) is inside


@pytest.mark.parametrize(
    ("scope", "source"),
    [
        (Scope(until=JULY), "fine"),
        (Scope(since=JULY), "new fine"),
        (Scope(outlet="صحيفة الانباء"), "fine"),
        (Scope(outlet="شبكة المنارة"), "new fine"),
    ],
)
def test_an_answer_comes_from_the_articles_in_scope(scope: Scope, source: str) -> None:
    assert len(sources(_answered(None))) == 2
    answer = _answered(scope)
    assert sources(answer) == [(source, 0)]
    assert answer.scope == scope


def test_what_only_another_article_tells_is_refused() -> None:
    outcome = _refused("كم كتابا تضم المكتبة العامة؟", Scope(since=JUNE))
    assert outcome.reason in {Reason.UNSUPPORTED, Reason.OFF_TOPIC}
    assert outcome.scope == Scope(since=JUNE)


@pytest.mark.parametrize("scope", [Scope(outlet="مجلة البحر"), Scope(since=AUGUST, until=JUNE)])
def test_a_scope_without_articles_is_refused_as_such(scope: Scope) -> None:
    outcome = _refused(QUESTION_OF_BOTH, scope)
    assert (outcome.reason, outcome.related, outcome.detail) == (Reason.OUT_OF_SCOPE, (), None)


@pytest.mark.parametrize(
    ("message", "reason"), [("شكرا", Reason.THANKS), ("المكتبة", Reason.ONE_WORD), ("ومتى؟", Reason.INCOMPLETE)]
)
def test_what_asks_nothing_is_told_so_in_any_scope(message: str, reason: Reason) -> None:
    assert _refused(message, Scope(outlet="مجلة البحر")).reason is reason


@pytest.mark.parametrize("scope", [Scope(since=AUGUST), Scope(outlet="مجلة البحر")], ids=["small", "empty"])
@pytest.mark.parametrize("word", ["السردين", "تشققات", "المدرسين"])
def test_what_is_missing_is_missing_in_the_whole_coverage(scope: Scope, word: str) -> None:
    outcome = _refused(f"كم زرافة في {word} كوالالمبور؟", scope)
    assert outcome.missing == ("زرافة", "كوالالمبور")


@pytest.mark.parametrize(("others", "missing"), [((TRAINING,), ()), ((), ("Microsoft",))], ids=["had", "not had"])
def test_a_foreign_name_that_another_article_has_is_not_unknown(
    others: tuple[Article, ...], missing: tuple[str, ...]
) -> None:
    question = "كم بلغت غرامة Microsoft في المنارة؟"
    outcome = ANSWERER.answer(question, edition(NEW_FINE, *others), None, Scope(since=AUGUST))
    assert isinstance(outcome, Refusal)
    assert outcome.missing == missing


def test_a_follow_up_is_asked_in_scope() -> None:
    outcome = ANSWERER.answer("وكم دينارا؟", FINES, QUESTION_OF_BOTH, Scope(until=JULY))
    assert isinstance(outcome, Answer)
    assert {name for name, _ in sources(outcome)} == {"fine"}


@examples(100)
@given(published(), QUESTION, SCOPE)
def test_quotes_and_related_articles_are_in_scope(coverage: Edition, question: str, scope: Scope) -> None:
    outcome = ANSWERER.answer(question, coverage, None, scope)
    check(outcome, question, coverage)
    assert all(map(scope.includes, _named(outcome)))


@examples(75)
@given(published(), QUESTION, SCOPE)
def test_what_a_scope_lacks_is_missing_without_one(coverage: Edition, question: str, scope: Scope) -> None:
    everywhere, inside = ANSWERER.answer(question, coverage), ANSWERER.answer(question, coverage, None, scope)
    if isinstance(everywhere, Refusal) and isinstance(inside, Refusal):
        assert set(inside.missing) <= set(everywhere.missing)


@examples(75)
@given(published(), QUESTION, SCOPE)
def test_a_scope_of_everything_changes_nothing(coverage: Edition, question: str, scope: Scope) -> None:
    whole = edition(*filter(scope.includes, coverage.articles.values()))
    outcome = ANSWERER.answer(question, whole, None, scope)
    if whole.articles:
        assert replace(outcome, scope=None) == ANSWERER.answer(question, whole)
    else:
        assert isinstance(outcome, Refusal)


def _named(outcome: Answer | Refusal) -> list[Article]:
    return [quote.article for quote in outcome.quotes] if isinstance(outcome, Answer) else list(outcome.related)


def _answered(scope: Scope | None) -> Answer:
    outcome = ANSWERER.answer(QUESTION_OF_BOTH, FINES, None, scope)
    assert isinstance(outcome, Answer), outcome
    return outcome


def _refused(question: str, scope: Scope) -> Refusal:
    outcome = ANSWERER.answer(question, FINES, None, scope)
    assert isinstance(outcome, Refusal), outcome
    return outcome
