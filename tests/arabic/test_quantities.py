"""Quantities: each is a piece of the text that reads to its value, in whatever form an agency writes it."""

from datetime import time
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.arabic import Date, Kind, Quantity, QuantityReader, Score, unit_names
from tests.arabic.alphabet import TEXT
from tests.arabic.number_speller import NOMINATIVE
from tests.examples import examples
from tests.growth import grows_too_fast

UNITS = unit_names(
    {
        "money": "دولار دولارا دولارات دولارين, دينار دينارا د",
        "length": "كيلومتر كيلومترا كلم كم km, متر مترا أمتار",
        "area": "كيلومتر2 km2, هكتار",
        "volume": "لتر لترا",
        "weight": "طن طنا أطنان",
        "temperature": "درجة درجات",
        "duration": "يوم يوما أيام يومين, ساعة ساعات ساعتين, سنة سنوات عام عاما أعوام",
    }
)
PERCENT = ("بالميه",), ("بالمايه",), ("في", "الميه"), ("في", "المايه")
READER = QuantityReader(UNITS, PERCENT, {"عمره", "العمر", "سنه"})
EASTERN = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")

DECIMALS = st.builds(
    lambda whole, part: Decimal(f"{whole}.{part}"),
    st.integers(0, 99_999),
    st.sampled_from(["1", "5", "46", "12", "05"]),
)
FORMS = ["{whole}.{part}", "{whole},{part}", "{whole}،{part}", "{whole}٫{part}", "{part}ر{whole}"]
SIGNS = ["%", " %", "٪", " بالمئة", " بالمائة", " في المئة", " في المائة"]
UNIT_FORMS = [
    ("دولار", Kind.MONEY),
    ("كيلومترا", Kind.LENGTH),
    ("كيلومترا مربعا", Kind.AREA),
    ("مترا مكعبا", Kind.VOLUME),
    ("طنا", Kind.WEIGHT),
    ("درجة", Kind.TEMPERATURE),
    ("يوما", Kind.DURATION),
]


def read(text: str) -> list[tuple[Kind, object, str]]:
    return [(one.kind, one.value, one.unit) for one in READER.read(text)]


def one(text: str) -> Quantity:
    [quantity] = READER.read(text)
    return quantity


@examples(500)
@given(value=DECIMALS, form=st.sampled_from(FORMS), is_eastern=st.booleans())
def test_decimals_read_back_from_every_form(value: Decimal, form: str, is_eastern: bool) -> None:
    whole, part = str(value).split(".")
    written = form.format(whole=whole, part=part)
    written = written.translate(EASTERN) if is_eastern else written
    text = f"بلغت القيمة {written} حسب المعهد"
    found = one(text)
    assert (found.kind, found.value) == (Kind.NUMBER, value)
    assert text[found.start : found.end] == written


@examples(300)
@given(value=st.integers(10**6, 10**9 - 1), mark=st.sampled_from(",.٬،"), is_eastern=st.booleans())
def test_grouped_millions_read_back(value: int, mark: str, is_eastern: bool) -> None:
    written = f"{value:,}".replace(",", mark)
    assert one(written.translate(EASTERN) if is_eastern else written).value == value


@examples(300)
@given(value=DECIMALS, sign=st.sampled_from(SIGNS), form=st.sampled_from(FORMS))
def test_a_share_reads_back_with_every_sign_and_phrase(value: Decimal, sign: str, form: str) -> None:
    whole, part = str(value).split(".")
    written = form.format(whole=whole, part=part) + sign
    text = f"بنسبة {written} من السكان"
    found = one(text)
    assert (found.kind, found.value, found.unit) == (Kind.SHARE, value, "%")
    assert text[found.start : found.end] == written


@examples(300)
@given(value=st.integers(3, 999_999_999), unit=st.sampled_from(UNIT_FORMS), in_words=st.booleans())
def test_a_number_has_its_unit_in_digits_and_in_words(value: int, unit: tuple[str, Kind], in_words: bool) -> None:
    written, kind = unit
    text = f"بلغت {NOMINATIVE(value) if in_words else value} {written} تقريبا"
    found = next(one for one in READER.read(text) if one.kind is not Kind.DATE)
    assert (found.kind, found.value) == (kind, Decimal(value))
    assert text[found.start : found.end].endswith(written)


def are_in_order_and_read_alone(text: str) -> None:
    behind = 0
    for found in READER.read(text):
        assert behind <= found.start < found.behind <= found.end <= len(text)
        behind = found.end
        # The words before tell an hour, and days and years where a month does not.
        if found.kind not in {Kind.DATE, Kind.TIME, Kind.RANK}:
            assert found.value in [alone.value for alone in READER.read(text[found.start : found.end])]


@examples(500)
@given(text=TEXT)
def test_a_quantity_of_any_text_is_a_piece_that_reads_to_its_value(text: str) -> None:
    are_in_order_and_read_alone(text)


PIECES = [
    "12ر49",
    "3.500",
    "44,46",
    "%",
    "1 – 1",
    "خمسة",
    "ملايين",
    "دولار",
    "د",
    "نصف",
    "المركز",
    "الثالث",
    "و",
    "20:30",
]


@examples(500)
@example(["12ر49", "ملايين", "و", "20:30"])
@given(st.lists(st.sampled_from(PIECES)))
def test_a_quantity_of_any_pile_of_figures_is_a_piece_that_reads_to_its_value(pieces: list[str]) -> None:
    are_in_order_and_read_alone(" ".join(pieces))


@pytest.mark.parametrize(
    ("text", "kind", "value", "unit"),
    [
        ("نمو 12ر49 بالمائة", Kind.SHARE, Decimal("49.12"), "%"),
        ("نمو 7ر4%", Kind.SHARE, Decimal("4.7"), "%"),
        ("نمو ٪٣٫٥", Kind.SHARE, Decimal("3.5"), "%"),
        ("عجز بقيمة 8ر7043 م د", Kind.MONEY, Decimal(7_043_800_000), "دينار"),
        ("سعر 290,639 دينارا", Kind.MONEY, Decimal("290.639"), "دينار"),
        ("كلفة 30,000 دينار", Kind.MONEY, Decimal(30_000), "دينار"),
        ("قيمة 2,803 مليار دولار", Kind.MONEY, Decimal(2_803_000_000), "دولار"),
        ("راتب 73.500 دولار", Kind.MONEY, Decimal(73_500), "دولار"),
        ("طوله 1.838 متر", Kind.LENGTH, Decimal("1.838"), "متر"),
        ("ثمنه $30", Kind.MONEY, Decimal(30), "دولار"),
        ("غرم دولارين", Kind.MONEY, Decimal(2), "دولار"),
        ("انتظر ساعتين", Kind.DURATION, Decimal(2), "ساعه"),
        ("انتظر نصف ساعة", Kind.DURATION, Fraction(1, 2), "ساعه"),
        ("ثلثا السكان", Kind.SHARE, Fraction(2, 3), ""),
        ("حكم 5 أعوام", Kind.DURATION, Decimal(5), "سنه"),
        ("عمره 30 عاما", Kind.AGE, Decimal(30), "سنه"),
        ("مساحة 12 كم2", Kind.AREA, Decimal(12), "كيلومتر2"),
        ("مساحة 12 كم²", Kind.AREA, Decimal(12), "كيلومتر2"),
        ("مساحة 12 كيلو متر مربع", Kind.AREA, Decimal(12), "كيلومتر2"),
        ("1914 مترا", Kind.LENGTH, Decimal(1914), "متر"),
        ("في 12 أبريل", Kind.DATE, Date(None, 4, 12, 3, 11), ""),
        ("على 20:30 ليلا", Kind.TIME, time(20, 30), ""),
        ("الساعة 5 صباحا", Kind.TIME, time(5), ""),
        ("المركز الثالث", Kind.RANK, Decimal(3), ""),
        ("في المرتبة الأولى", Kind.RANK, Decimal(1), ""),
        ("المركز الثالث عشر", Kind.RANK, Decimal(13), ""),
        ("المركز 7", Kind.RANK, Decimal(7), ""),
        ("تعادلا 1 – 1", Kind.SCORE, Score(1, 1), ""),
        ("انهزم 0-4 أمام", Kind.SCORE, Score(4, 0), ""),
        ("فيها 30 كتابا", Kind.NUMBER, Decimal(30), ""),
    ],
)
def test_one_quantity(text: str, kind: Kind, value: object, unit: str) -> None:
    assert read(text) == [(kind, value, unit)]


@pytest.mark.parametrize(
    ("text", "several"),
    [
        ("بين 139 و479 دينارا", [(Kind.MONEY, 139), (Kind.MONEY, 479)]),
        ("من 3 إلى 6%", [(Kind.SHARE, 3), (Kind.SHARE, 6)]),
        ("3-6% منهم", [(Kind.SHARE, 3), (Kind.SHARE, 6)]),
        ("في سنة 2010 ثلاثة مراكز", [(Kind.DATE, None), (Kind.NUMBER, 3)]),
        ("30 (دولار)", [(Kind.NUMBER, 30)]),
        ("نصف النهائي", []),
        ("1,2,3,4", [(Kind.NUMBER, number) for number in (1, 2, 3, 4)]),
    ],
)
def test_several_quantities_and_none(text: str, several: list[tuple[Kind, object]]) -> None:
    found: list[tuple[Kind, object]] = [
        (one.kind, None if one.kind is Kind.DATE else one.value) for one in READER.read(text)
    ]
    assert found == several


@pytest.mark.parametrize(
    "unit",
    [
        "1",
        "9",
        "1 ",
        "1-",
        "1 - 1 ",
        "12ر",
        "ألف ",
        "مليون ونصف ",
        "و0.5 ",
        "نصف ",
        "المركز ",
        "20:30",
        "5 دولار ",
        "%",
        "1،",
    ],
)
def test_no_text_takes_more_than_its_length(unit: str) -> None:
    assert not grows_too_fast(READER.read, lambda size: unit * (size // len(unit)), first=1000, last=16_000)
