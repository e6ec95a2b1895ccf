"""Which name a question asks for, and of whom or of what."""

import pytest

from bot.answering.question.asked_name import Bearer
from tests.answering.coverage import QUESTIONS


def asked(text: str) -> tuple[str | None, Bearer] | None:
    name = QUESTIONS.analyse(text).asked_name
    return None if name is None else (text[name.noun.start : name.noun.end] if name.noun else None, name.bearer)


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("ما اسم السفينة التي غرقت أمام الميناء؟", "السفينة"),
        ("شنوة اسم السفينة اللي غرقت قدام الميناء", "السفينة"),
        ("السفينة اللي غرقت قدام الميناء اسمها ايه؟", "السفينة"),
        ("السفينة اللي غرقت شسمها؟", "السفينة"),
        ("رئيس الحكومة سمّى السفينة إيه؟", "السفينة"),
        ("شنو سموا السفينة اللي بنوها في المنارة؟", "السفينة"),
        ("في أنو معهد عينوه؟", "معهد"),
        ("بيا فندق سووا العرس؟", "فندق"),
        ("من ياتو سد بتجي موية المنارة؟", "سد"),
        ("في أي مستشفى عولج الجرحى؟", "مستشفى"),
        ("ما هي الشركة التي بنت الجسر؟", "الشركة"),
        ("من هي الشركة التي بنت الجسر؟", "الشركة"),
    ],
)
def test_names_of_things(text: str, noun: str) -> None:
    assert asked(text) == (noun, Bearer.THING)


@pytest.mark.parametrize(
    ("text", "noun"),
    [
        ("شنوة اسم المهرب اللي شدوه في المنارة؟", "المهرب"),
        ("شو أسماء الأربع توائم اللي ولدوا بالمنارة؟", "توائم"),
        ("شنوة اسمو الشاب اللي دخل للقنصلية؟", "الشاب"),
        ("شسمه الصحفي اللي طردوه؟", "الصحفي"),
        ("العزوزة اللي قتلوها في الدار شنية اسمها؟", "العزوزة"),
        ("المرأة اللي سافرت لسوريا جوزها اسمو ايه؟", "جوزها"),
        ("اسم الحرمة اللي ماتت في الحادث", "الحرمة"),
        ("مين المدرب اللي جابوه؟", "المدرب"),
        ("شكون المخرج التونسي اللي منعوه؟", "المخرج"),
        ("اسمه ايه اللي داس الناس في السوق؟", None),
    ],
)
def test_names_of_people(text: str, noun: str | None) -> None:
    assert asked(text) == (noun, Bearer.PERSON)


def test_who_did_something_may_be_anybody() -> None:
    assert asked("شكون شد الترجي بعد المدرب؟") == (None, Bearer.EITHER)


@pytest.mark.parametrize(
    "text",
    [
        "متى تغير اسم المدينة؟",
        "لماذا غيروا اسم الشركة؟",
        "من سمى السفينة بهذا الاسم؟",
        "ما سبب تغيير اسم الشارع؟",
        "في أي عام افتتحت المدرسة؟",
        "شنوة تنجم تعمل السفينة؟",
        "أنا عمري عشرون سنة، كم سعر التذكرة؟",
        "ما هو اسم التفضيل؟",
        "من هو سليم الحداد؟",
    ],
)
def test_other_questions_ask_for_no_name(text: str) -> None:
    name = QUESTIONS.analyse(text).asked_name
    assert name is None or (name.is_who and name.noun is None)
