"""Which words of a quote are marked as those of the question, as the coverage spells them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering import Quote
from bot.answering.quotes import written_words_around
from bot.arabic import Span, words
from bot.edition import Edition
from tests.answering.coverage import ANALYSER, ANSWERER, FISHING, LIBRARY, ORCHARD, answered, article
from tests.answering.promises import check

DEAL = article(
    "deal",
    "صفقة البرمجيات في المنارة",
    "وقّعت شركة مايكروسوفت وبلديّة المنارة عَقْداً بقيمة الـ30 مليون دولار. وستصل الصناديق في كانون الثاني 2026.",
)


def marked(quote: Quote) -> list[str]:
    return [quote.text[mark.start : mark.end] for mark in quote.highlights]


def test_the_words_of_the_question_are_marked(corpus: Edition) -> None:
    question = "كم تبلغ قيمة صفقة بالانتير"
    outcome = ANSWERER.answer(question, corpus)
    check(outcome, question, corpus)
    words = marked(ANSWERER.answer(question, corpus).quotes[0])  # type: ignore[union-attr]  # an answer, as checked
    assert {"قيمة", "الصفقة", "بالانتير"} <= set(words)
    assert {"بلغت", "شركة", "الهجرة", "30"}.isdisjoint(words)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("كم قيمة عقد مايكروسوفت؟", ["مايكروسوفت", "عَقْداً", "بقيمة"]),
        ("بكام العقد بتاع مايكروسوفت يا جماعة؟", ["مايكروسوفت", "عَقْداً"]),
        ("كم قيمة عقد مايكرسوفت؟", ["مايكروسوفت", "عَقْداً", "بقيمة"]),
        ("كم قيمة عقد Microsoft؟", ["مايكروسوفت", "عَقْداً", "بقيمة"]),
        ("من وقعت معه بلدية المنارة عقدا؟", ["وقّعت", "وبلديّة", "المنارة", "عَقْداً"]),
        ("من دفع ثلاثين مليون دولار لبلدية المنارة؟", ["وبلديّة", "المنارة", "الـ30", "مليون", "دولار"]),
        ("هل الصناديق في المنارة في يناير 2026؟", ["المنارة", "الصناديق", "كانون", "الثاني", "2026"]),
    ],
)
def test_marked_is_the_word_as_the_coverage_writes_it(question: str, words: list[str]) -> None:
    [quote] = answered(question, DEAL, LIBRARY, FISHING, ORCHARD).quotes
    assert marked(quote) == words


def test_what_is_like_a_word_by_chance_is_not_marked_beside_the_word_itself() -> None:
    told = article("world", "قمة المناخ", "اجتمع قادة العالم في العاصمة لبحث المناخ. وتعهد قادة العالم بزرع الأشجار.")
    [quote] = answered("أين اجتمع قادة العالم لبحث المناخ؟", told).quotes
    assert marked(quote) == ["اجتمع", "قادة", "العالم", "لبحث", "المناخ", "قادة", "العالم"]


def test_it_is_marked_where_nothing_is_more_like_the_word() -> None:
    told = article("summit", "قمة المناخ", "اجتمع القادة في العاصمة لبحث المناخ وتعهدوا بزرع الأشجار.")
    [quote] = answered("أين اجتمع القادة لبحث زرع الأشحار؟", told).quotes
    assert marked(quote) == ["اجتمع", "القادة", "لبحث", "بزرع", "الأشجار"]


def test_marks_stand_in_a_quote_that_begins_within_its_paragraph() -> None:
    filler = "وحضر الحفل مهندسون وطلاب ومزارعون من القرى المجاورة ثم عادوا إلى بيوتهم بعد الغروب."
    told = article("wind", "طاقة", " ".join([*[filler] * 10, "وتنتج محطة الرياح ستين ميغاواط."]))
    quote = answered("كم ميغاواط تنتج محطة الرياح؟", told).quotes[0]
    assert quote.start > 0
    assert marked(quote) == ["وتنتج", "محطة", "الرياح", "ميغاواط"]


def test_what_most_passages_have_here_and_elsewhere_is_not_marked() -> None:
    evening = "وهدأت الريح فوق سقوف الميناء، وجلس البحارة قرب قواربهم يصلحون الشباك ويحكون للأطفال حكايات قديمة. " * 5
    days = [article(f"day {number}", "يوميات", f"مضى يوم {number} هادئا. {evening}") for number in range(40)]
    told = article("fair", "سوق الورد", "انطلق مهرجان الورد يوم الجمعة في ساحة الحي القديم.")
    quote = answered("أي يوم انطلق مهرجان الورد في ساحة الحي؟", told, *days).quotes[0]
    assert marked(quote) == ["انطلق", "مهرجان", "الورد", "ساحة", "الحي"]


TEXT = st.lists(
    st.one_of(
        st.sampled_from(["المنارة", "الـ", "30", "10\u00a0000", "كانون الثاني", "شباط/فبراير", "ﷺ", "عَقْد", "a'b"]),
        st.sampled_from([" ", "\n", "،", "/", "_", "'", "."]),
    )
).map("".join)


def plainly_written(text: str) -> list[Span]:
    """Return all words of a text as they are written."""
    written: list[Span] = []
    for word in words(text):
        touches = written and word.start <= written[-1].end
        written.append(Span(written.pop().start if touches else word.start, word.end))
    return written


@given(TEXT, st.integers(0, 5), st.integers(1, 3))
def test_what_is_written_around_a_word_is_as_in_the_whole_text(text: str, first: int, step: int) -> None:
    places = [Span(term.start, term.end) for term in ANALYSER.terms(text)][first::step]
    around = [
        one for one in plainly_written(text) if any(one.start < place.end and place.start < one.end for place in places)
    ]
    found = list(written_words_around(text, places))
    assert [one for one in found if one in around] == around
    assert set(found) <= set(plainly_written(text))
