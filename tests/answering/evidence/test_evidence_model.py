"""Signals and probabilities are numbers, whatever the edition: the smallest, the emptiest, the longest."""

import numpy as np
import pytest
from hypothesis import given as drawn

from bot.answering.evidence import Candidate, Given, Matcher, Signals, TermWeights, match_passages, read_signals
from bot.answering.question import Question
from bot.answering.ranking import rank
from bot.articles import Article
from bot.edition import Edition
from tests.answering.coverage import ANSWERER, BACKGROUND, KNOWLEDGE, LEXICON, QUESTIONS, TOWN, article, edition
from tests.answering.drawing import EDITION, QUESTION
from tests.answering.promises import check
from tests.examples import examples

RATIOS = ("place", "adjacency", "subject", "given", "focus", "exact", "unknown")


def signals(text: str, coverage: Edition) -> list[Signals]:
    """Read the signals of every passage, or of the hundred best."""
    return [read for _, read in _read(text, coverage)] if QUESTIONS.analyse(text).terms else []


def weigh(question: Question, coverage: Edition) -> tuple[TermWeights, list[Candidate]]:
    shortlist = coverage.index.shortlist(question.terms)
    listed = shortlist.read(np.arange(len(shortlist.passages)))
    candidates = match_passages(listed, question, coverage.index.vocabulary, Matcher(LEXICON))
    words = BACKGROUND, LEXICON.everyday, KNOWLEDGE.frequencies
    return TermWeights(question, coverage.index, shortlist, *words), candidates


def check_signals(read: list[Signals]) -> None:
    for one in read:
        assert np.isfinite(one.array()).all()
        assert all(-1e-9 <= getattr(one, name) <= 1 + 1e-9 for name in RATIOS)
        assert -1 - 1e-9 <= one.gap <= 1 + 1e-9
        assert 0 <= KNOWLEDGE.model.weigh(one)[0] <= 1


@examples(100)
@drawn(EDITION, QUESTION)
def test_signals_are_finite_and_in_bounds(coverage: Edition, question: str) -> None:
    check_signals(signals(question, coverage))


UNUSUAL = {
    "stop words only": [article("a", "هو", "من هو")],
    "signs only": [article("a", "؟", "!!!", "…")],
    "no passage": [article("a", "خبر", " ")],
    "one word": [article("a", "المكتبة", "المكتبة")],
    "one word in thousands": [article("a", "تونس", "تونس " * 5000)],
    "two frequent words in thousands": [article("a", "تونس", "تونس " * 3000 + "يوم " * 3000)],
    "a word in every passage": [article(f"a{number}", "تونس", "تونس") for number in range(200)],
    "very long title": [article("a", "تونس " * 2000, "يوم")],
    "no spaces": [article("a", "ا" * 3000, "ا" * 3000)],
}


@pytest.mark.parametrize("articles", UNUSUAL.values(), ids=UNUSUAL.keys())
@pytest.mark.parametrize(
    "question", ["وين تونس؟ تونس", "متى تونس يوم أمن", "ما سعر الذهب", "كم المكتبة", "هل " + "ا" * 400]
)
def test_unusual_editions_are_no_exception(articles: list[Article], question: str) -> None:
    coverage = edition(*articles)
    check_signals(signals(question, coverage))
    check(ANSWERER.answer(question, coverage), question, coverage)


def test_a_better_passage_ranks_and_weighs_more() -> None:
    ranking = rank(QUESTIONS.analyse("متى افتتحت البلدية المكتبة العامة؟"), TOWN, KNOWLEDGE)
    best, *others = ranking.items
    assert (best.candidate.passage.article.id, best.candidate.passage.paragraph) == ("library", 0)
    assert all(other.rank <= best.rank and other.probability < best.probability for other in others)


def test_a_rare_word_is_worth_more_than_a_frequent_one() -> None:
    weights, _ = weigh(QUESTIONS.analyse("تونس زقزوقة"), TOWN)
    assert weights.importance[1] > weights.importance[0] > 0
    assert weights.information[1] > weights.information[0] > 0


def test_a_passage_leads_over_other_articles_not_over_its_own_twins() -> None:
    text = "متى افتتحت البلدية المكتبة العامة؟"
    alone = article("a", "افتتاح المكتبة", "افتتحت البلدية المكتبة العامة.")
    twins = article("a", "افتتاح المكتبة", *["افتتحت البلدية المكتبة العامة."] * 9)
    for told in (alone, twins):
        assert signals(text, edition(told, *TOWN.articles.values()))[0].gap > 0.5


def test_who_ranks_first_without_rivals_leads_by_no_more_than_it_matches() -> None:
    alone = edition(article("a", "افتتاح المكتبة", "افتتحت البلدية المكتبة العامة."))
    known, unknown = signals("متى افتتحت البلدية المكتبة العامة؟", alone), signals("متى افتتحت الوزارة المتحف؟", alone)
    assert known[0].lead > 0.9
    assert unknown[0].lead < 0.6


@pytest.mark.parametrize(
    ("question", "unknown"),
    [
        ("متى وقعت حكومة المغرب اتفاقا مع مايكروسوفت؟", 0),
        ("متى وقعت حكومة المغرب اتفاقا مع مايكروسفت؟", 0),
        ("متى وقعت حكومة المغرب اتفاقا مع زرغوباكس؟", 1),
        ("متى وقعت زرغوبلاند اتفاقا مع زرغوباكس؟", 1),
        ("متى وقعت حكومة المغرب اتفاقا بيزرغبوه؟", 0),
    ],
)
def test_a_word_known_nowhere_that_may_be_a_name_is_told(question: str, unknown: int) -> None:
    assert {one.unknown for one in signals(question, TOWN)} == {unknown}


def test_what_is_to_be_defined_stands_in_a_heading_or_at_the_head_of_a_sentence() -> None:
    told = edition(
        article("a", "رحلة", "يقع وادي الزيزفون في الشمال. وفيه قرى كثيرة."),
        article("b", "رحلة أخرى", "سافر الوفد مساء أمس بالحافلة من الميناء إلى وادي الزيزفون."),
        article("c", "وادي الزيزفون", "تكثر فيه القرى."),
    )
    read = {one.source.number: each.undefined for one, each in _read("ما هو وادي الزيزفون؟", told)}
    assert read[0] == pytest.approx(0.0)
    assert read[1] > 0.5
    assert read[2] == pytest.approx(0.0)


def test_a_number_that_the_passage_lacks_is_counted() -> None:
    told = edition(article("a", "خبر", "وصل 30 باحثا إلى المنارة."), article("b", "خبر", "وصل باحثون إلى المنارة."))
    read = {one.source.number: each.numbers for one, each in _read("متى وصل 30 باحثا إلى المنارة؟", told)}
    assert read == {0: 0, 1: 1}


def test_what_is_asked_for_fits_the_better_the_nearer_it_stands() -> None:
    told = edition(
        article("near", "الجسر", "بلغت كلفة الجسر 30 مليون دينار حسب البلدية."),
        article("far", "الجسر", "لم تعلن البلدية كلفة الجسر، وقال التجار في السوق إن المتحف جمع 30 مليون دينار."),
        article("none", "الجسر", "لم تعلن البلدية كلفة الجسر الذي طوله 30 مترا."),
    )
    read = {one.source.number: each for one, each in _read("بكم كلفة الجسر؟", told)}
    assert read[0].fit > read[1].fit > read[2].fit == read[2].given == 0
    assert read[2].exact == read[0].exact == 1


def test_where_no_kind_is_asked_for_each_sentence_gives() -> None:
    told = edition(article("a", "الجسر", "رحب التجار بفتح الجسر."), article("b", "الجسر", "من رحب بفتح الجسر؟"))
    read = {one.source.number: each for one, each in _read("هل رحب التجار بفتح الجسر؟", told)}
    assert read[0].given > 0.9
    assert read[1].given == read[1].exact == 0


def _read(text: str, coverage: Edition) -> list[tuple[Candidate, Signals]]:
    question = QUESTIONS.analyse(text)
    weights, candidates = weigh(question, coverage)
    given, count = Given(question, weights, LEXICON), len(candidates)
    return list(zip(candidates, read_signals(candidates, [1.0] * count, given, [None] * count), strict=True))
