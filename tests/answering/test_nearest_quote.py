"""Doubt that is said: of an answer that is more probably none, and of the quote below a refusal, which is no answer."""

from dataclasses import replace

import pytest

from bot.answering import Answer, Answerer, Quote, Refusal, Statement
from bot.answering.decision import decide
from bot.answering.modes import choose_mode
from bot.answering.outcome import with_nearest
from bot.answering.question import interpret
from bot.articles import Article, Paragraph
from bot.edition import Edition
from tests.answering.coverage import ANSWERER, KNOWLEDGE, QUESTIONS, article, edition
from tests.answering.test_direct_answers import COVERAGE, MILL, answer

MESSAGE = "من دفع كلفة مطحنة الوادي؟"
SCORE = answer(MESSAGE).quotes[0].score


def outcome_at(threshold: float, message: str = MESSAGE) -> Answer | Refusal:
    """Return the outcome where so much evidence is demanded of an answer."""
    model = replace(ANSWERER.knowledge.model, threshold=threshold)
    return Answerer(replace(ANSWERER.knowledge, model=model)).answer(message, COVERAGE)


def refused(threshold: float, message: str = MESSAGE) -> Refusal:
    outcome = outcome_at(threshold, message)
    assert isinstance(outcome, Refusal), outcome
    return outcome


def test_an_answer_that_is_rather_not_one_says_so() -> None:
    sure, in_doubt = outcome_at(SCORE / 2, "كم كلفت مطحنة الوادي؟"), outcome_at(SCORE / 2)
    assert isinstance(sure, Answer)
    assert isinstance(in_doubt, Answer)
    assert in_doubt.quotes[0].score < 1 / 2 < sure.quotes[0].score
    assert (sure.statement, in_doubt.statement) == (None, Statement.DOUBTFUL)


@pytest.mark.parametrize(
    ("message", "statement"),
    [
        ("أين تقع مطحنة الوادي؟", Statement.DOUBTFUL),  # «تقع» stands nowhere
        ("من يعمل في مطحنة الوادي؟", None),
        ("كم كلفت المطحنة الجديدة؟", None),
    ],
)
def test_what_no_value_tells_is_in_doubt_sooner_where_a_word_is_missing(
    message: str, statement: Statement | None
) -> None:
    found = answer(message)
    assert 1 / 2 < found.quotes[0].score < 0.7
    assert found.statement is statement


def test_doubt_is_said_where_what_was_just_shown_stood_first() -> None:
    found = ANSWERER.answer("وماذا تنتج المطحنة؟", COVERAGE, "كم عاملا يعمل في مطحنة الوادي؟")
    assert isinstance(found, Answer)
    first, second, *_ = [*found.quotes]
    assert first.score < 1 / 2 < second.score
    assert found.statement is Statement.DOUBTFUL


@pytest.mark.parametrize("message", [MESSAGE, "كم كلفت مطحنة الوادي؟"])
def test_what_is_half_as_sure_is_shown_with_nothing_marked(message: str) -> None:
    first = answer(message).quotes[0]
    outcome = refused(first.score + 0.01, message)
    assert outcome.nearest == replace(first, highlights=())
    assert outcome.shown_quotes == (outcome.nearest,)
    assert MILL not in outcome.related
    assert outcome.detail is None


def test_what_is_less_sure_is_listed_by_its_title_alone() -> None:
    outcome = refused(2 * SCORE + 0.01)
    assert (outcome.nearest, outcome.shown_quotes) == (None, ())
    assert MILL in outcome.related


@pytest.mark.parametrize(
    "message",
    [
        "كم كلفت مطحنة هولندا؟",  # a name that no article has
        "كم يزن سقف مطحنة الوادي؟",  # a value that no passage has
        "شكرا لك",
    ],
)
def test_no_other_refusal_has_a_quote(message: str) -> None:
    outcome = ANSWERER.answer(message, COVERAGE)
    assert isinstance(outcome, Refusal)
    assert outcome.nearest is None


_BRIDGE = article(
    "bridge",
    "المنارة تبدأ تنفيذ جسر السنابل بعد تأجيل عامين",
    "أعلنت بلدية المنارة، يوم السبت، بدء الأعمال في جسر السنابل الذي يربط ضفتي النهر.",
    "وكان المشروع قد تأخر سنتين بسبب نزاع على تعويضات أصحاب البساتين.",
    "وقال المهندس رائد الصفدي إن الكلفة تصل إلى 74 مليون دينار.",
)


def in_doubt(message: str, *others: Article) -> Quote | None:
    outcome = ANSWERER.answer(message, edition(_BRIDGE, *others, *COVERAGE.articles.values()))
    assert isinstance(outcome, Refusal)
    return outcome.nearest


def test_of_the_only_article_on_a_subject_the_passage_of_the_kind_asked_for_is_shown() -> None:
    told = in_doubt("ليش تعطل شغل السنابل كل هالفترة؟")
    assert told is not None
    assert "بسبب نزاع" in told.text


def test_a_passage_far_from_the_best_ranked_is_looked_at_where_it_is_near_the_question_as_well() -> None:
    long = replace(
        _BRIDGE,
        paragraphs=(
            *_BRIDGE.paragraphs[1:2],
            *(
                Paragraph(f"وتحدث المهندسون في اليوم {day} عن الحفر.")
                for day in ("الثاني", "الثالث", "الرابع", "الخامس")
            ),
            *_BRIDGE.paragraphs[:1],
        ),
    )
    outcome = ANSWERER.answer("ليش تعطل شغل السنابل كل هالفترة؟", edition(long, *COVERAGE.articles.values()))
    assert isinstance(outcome, Refusal)
    assert outcome.nearest is not None
    assert "بسبب نزاع" in outcome.nearest.text


def test_of_two_articles_on_a_subject_and_of_names_nothing_is_shown() -> None:
    other = article("flood", "فيضان السنابل وتعطل السير", "غمر الفيضان حي السنابل.")
    assert in_doubt("ليش تعطل شغل السنابل كل هالفترة؟", other) is None
    assert in_doubt("شو اسم الكلب اللي عض العمال بشغل السنابل كل هالفترة؟") is None


def test_what_would_answer_from_the_article_that_was_quoted_before_is_near_where_all_others_refuse() -> None:
    understood = interpret(ANSWERER.analyse(MESSAGE), None, COVERAGE.index, QUESTIONS)
    decision = decide(MESSAGE, choose_mode(understood, QUESTIONS), COVERAGE, KNOWLEDGE)
    outcome = with_nearest(refused(2 * SCORE + 0.01), decision, KNOWLEDGE.model)
    assert outcome.nearest == replace(answer(MESSAGE).quotes[0], highlights=())


@pytest.mark.parametrize(
    ("previous", "message", "article_id"),
    [
        ("متى موعد النموذج الأولي من ImmigrationOS؟", "وسلّموه ولا بعدهم وقت نزل الخبر؟", "immigrationos"),
        ("إيمتى نشرت بالانتير إعلان بنيويورك تايمز؟", "وشو كان مكتوب فيه، العنوان يعني", "palantir-nyt-ad-critics"),
    ],
)
def test_what_goes_on_from_an_answer_is_looked_for_in_its_article(
    corpus: Edition, previous: str, message: str, article_id: str
) -> None:
    alone = ANSWERER.answer(message, corpus)
    outcome = ANSWERER.answer(message, corpus, previous)
    told = ANSWERER.answer(previous, corpus)
    assert isinstance(alone, Refusal)
    assert [quote.article.id for quote in alone.shown_quotes] == []
    assert [quote.article for quote in outcome.shown_quotes] == [told.shown_quotes[0].article]
    assert article_id in told.shown_quotes[0].article.id


def test_a_question_on_something_else_is_not_looked_for_there(corpus: Edition) -> None:
    outcome = ANSWERER.answer("ما عاصمة أستراليا؟", corpus, "متى موعد النموذج الأولي من ImmigrationOS؟")
    assert isinstance(outcome, Refusal)
    assert outcome.nearest is None
