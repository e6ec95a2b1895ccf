"""Ranks, hours, results and spells of time are read in words, and the same words elsewhere are none."""

from datetime import time
from decimal import Decimal
from fractions import Fraction

import pytest

from bot.arabic import Kind, Quantity, QuantityReader, Score, unit_names

READER = QuantityReader(unit_names({"duration": "ساعة ساعات, سنة سنوات عام عاما", "temperature": "درجة درجات"}), [], [])


def read(text: str) -> list[Quantity]:
    return READER.read(text)


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("المصنفة 172 عالميا", Kind.RANK, Decimal(172)),
        ("جاءت 15 عربيا", Kind.RANK, Decimal(15)),
        ("حل ثالثا في البطولة", Kind.RANK, Decimal(3)),
        ("هي خامس أقدم جامعة", Kind.RANK, Decimal(5)),
        ("في المرتبة الثالثة عشرة", Kind.RANK, Decimal(13)),
        ("أغلق الجسر للمرة الرابعة", Kind.TIMES, Decimal(4)),
        ("فاز بنتيجة 20 مقابل 19", Kind.SCORE, Score(20, 19)),
        ("فاز بنتيجة 79 ــــ67", Kind.SCORE, Score(79, 67)),
        ("انهزم بهدف لهدفين", Kind.SCORE, Score(2, 1)),
        ("فاز بثلاثية نظيفة", Kind.SCORE, Score(3, 0)),
        ("فاز بهدف دون رد", Kind.SCORE, Score(1, 0)),
        ("يبدأ الثالثة بعد الزوال", Kind.TIME, time(3)),
        ("يبدأ الثامنة والنصف صباحا", Kind.TIME, time(8)),
        ("يبدأ الساعة الخامسة", Kind.TIME, time(5)),
        ("دامت ساعة ونصف الساعة", Kind.DURATION, Fraction(3, 2)),
        ("يبلغ عاما واحدا", Kind.DURATION, Fraction(1)),
        ("حفظت بدرجة حرارة 40 تحت الصفر", Kind.TEMPERATURE, Decimal(40)),
    ],
)
def test_a_quantity_in_words_is_read(text: str, kind: Kind, value: object) -> None:
    found = read(text)[0]
    assert (found.kind, found.value) == (kind, value)
    assert text[found.start : found.end]


@pytest.mark.parametrize(
    "text",
    ["الدورة الثالثة للمهرجان", "ثالث الأسباب", "الثانية من نوعها", "سجل هدفا جميلا", "حل المشكلة", "والنصف الثاني"],
)
def test_the_same_words_elsewhere_are_no_rank_result_or_hour(text: str) -> None:
    assert not {one.kind for one in read(text)} & {Kind.RANK, Kind.SCORE, Kind.TIME}
