"""What a question asks for, and which of its words are searched for."""

import pytest

from bot.answering.asks import Asks
from bot.answering.question import Question, analyse
from tests.answering.coverage import ANALYSER, LEXICON


def question(text: str) -> Question:
    return analyse(text, ANALYSER, LEXICON)


def terms(text: str) -> list[str]:
    return [text[term.start : term.end] for term in question(text).terms]


def focus(text: str) -> list[str]:
    return [text[term.start : term.end] for term in question(text).focus]


ASKED = {
    Asks.TIME: [
        "متى افتتحت المكتبة؟",
        "مَتَى افتُتحت المكتبة؟",
        "إمتى المكتبة افتتحت؟",
        "المكتبة افتتحت امتى",
        "إيمتى فتحت المكتبة؟",
        "شوكت افتتحت المكتبة؟",
        "وقتاش تحلت المكتبة؟",
        "فوقاش تحلات المكتبة؟",
        "في أي عام افتتحت المكتبة؟",
        "ما تاريخ افتتاح المكتبة؟",
        "ما هو موعد افتتاح المكتبة؟",
        "المكتبة افتتحت سنة كام؟",
        "منذ متى تعمل المكتبة؟",
        "لمتى تفتح المكتبة؟",
    ],
    Asks.QUANTITY: [
        "كم كتابا في المكتبة؟",
        "كام كتاب في المكتبة؟",
        "المكتبة فيها كام كتاب؟",
        "جم كتاب بالمكتبة؟",
        "چم كتاب بالمكتبة؟",
        "ما عدد كتب المكتبة؟",
        "وكم سنة استغرق البناء؟",
    ],
    Asks.PERSON: [
        "من افتتح المكتبة؟",
        "مين افتتح المكتبة؟",
        "منو افتتح المكتبة؟",
        "شكون حل المكتبة؟",
        "ومن افتتح المكتبة؟",
        "لمن أهدت الأسرة الكتب؟",
        "ما اسم مديرة المكتبة؟",
    ],
    Asks.PLACE: [
        "أين تقع المكتبة؟",
        "وين المكتبة؟",
        "المكتبة فين؟",
        "وينها المكتبة؟",
        "لوين انتقلت المكتبة؟",
        "في أي مدينة تقع المكتبة؟",
        "ما مقر البلدية؟",
        "شو عاصمة البلد؟",
    ],
    Asks.REASON: [
        "لماذا أغلقت المكتبة؟",
        "ليش سكرت المكتبة؟",
        "ليه قفلوا المكتبة؟",
        "علاش سدات المكتبة؟",
        "ما سبب إغلاق المكتبة؟",
        "شو أسباب إغلاق المكتبة؟",
    ],
    Asks.MANNER: ["كيف بنيت المكتبة؟", "إزاي اتبنت المكتبة؟", "شلون بنوا المكتبة؟", "كيفاش تبنات المكتبة؟"],
    Asks.THING: [
        "ما الذي تضمه المكتبة؟",
        "ماذا تضم المكتبة؟",
        "المكتبة فيها إيه؟",
        "شو في بالمكتبة؟",
        "وش تضم المكتبة؟",
        "ايش في المكتبة؟",
        "شنو تضم المكتبة؟",
        "شنهو الموجود بالمكتبة؟",
        "أي كتب في المكتبة؟",
    ],
    Asks.CHOICE: ["هل افتتحت المكتبة؟", "وهل افتتحت المكتبة؟"],
}


@pytest.mark.parametrize(
    ("text", "asks"),
    [(text, asks) for asks, texts in ASKED.items() for text in texts],
    ids=lambda value: value if isinstance(value, str) else value.value,
)
def test_a_question_word_tells_what_is_asked_for(text: str, asks: Asks) -> None:
    assert question(text).asks is asks


@pytest.mark.parametrize("text", ["أخبار المكتبة العامة", "وصل الكتاب من تونس", "افتتاح المكتبة", "Palantir ICE", ""])
def test_without_a_question_word_nothing_is_asked_for(text: str) -> None:
    assert question(text).asks is None


@pytest.mark.parametrize(
    ("text", "searched"),
    [
        ("متى افتتحت البلدية المكتبة العامة؟", ["افتتحت", "البلدية", "المكتبة", "العامة"]),
        ("هو مين اللي افتتح المكتبة دي؟", ["افتتح", "المكتبة"]),
        ("عايز أعرف كام كتاب في المكتبة لو سمحت", ["كتاب", "المكتبة"]),
        ("شو قال الوزير عن هيدا الجسر؟", ["الوزير", "الجسر"]),
        ("ممكن تعرف وش صار للجسر الحين؟", ["للجسر"]),
        ("شنو هاي المكتبة", ["المكتبة"]),
        ("وما هي المكتبة؟", ["المكتبة"]),
        ("متى كم أين؟", []),
        ("؟", []),
    ],
)
def test_question_words_fillers_and_stop_words_are_not_searched_for(text: str, searched: list[str]) -> None:
    assert terms(text) == searched


def test_a_word_said_twice_is_searched_for_once() -> None:
    assert terms("المكتبة، أين المكتبة ومكتبتهم؟") == ["المكتبة", "ومكتبتهم"]
    assert terms("جسر الجسر والجسر") == ["جسر"]


@pytest.mark.parametrize(
    "written", ["مكتبة", "المكتبة", "والمكتبة", "بالمكتبة", "للمكتبة", "مَكْتَبَة", "مكتبـــة", "مكتبه"]
)
def test_clitics_and_spellings_leave_one_stem(written: str) -> None:
    [term] = question(f"أين {written}؟").terms
    assert term.stem == "مكتب"


@pytest.mark.parametrize(
    ("written", "bare"), [("لمكتبة", "مكتب"), ("بمكتبة", "مكتب"), ("فمكتبة", "مكتب"), ("هالمكتبة", "مكتب")]
)
def test_what_may_be_a_proclitic_is_known_as_one(written: str, bare: str) -> None:
    [term] = question(f"وين {written}").terms
    assert term.bare == bare


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("متى افتتحت البلدية المكتبة العامة؟", ["افتتحت", "البلدية"]),
        ("البلدية افتتحت المكتبة إمتى؟", ["افتتحت", "المكتبة"]),
        ("المكتبة العامة كم كتابا تضم رفوفها؟", ["المكتبة", "العامة", "كتابا", "تضم"]),
        ("افتتاح المكتبة العامة", ["افتتاح", "المكتبة"]),
        ("متى؟", []),
    ],
)
def test_the_focus_is_the_words_around_the_question_word(text: str, about: list[str]) -> None:
    assert focus(text) == about


def test_terms_stand_where_they_are_written() -> None:
    text = "«متى» اِفْتُتِحَتْ المكتبةُ، 2026؟"
    assert terms(text) == ["اِفْتُتِحَتْ", "المكتبةُ", "2026"]
