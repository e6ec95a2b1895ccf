"""How well a word of a passage stands for a word of a question."""

import pytest

from bot.answering.evidence import CLITIC, FUZZY, INFLECTED, SAME, SYNONYM, Matcher
from tests.answering.coverage import ANALYSER, LEXICON


def match(asked: str, found: str) -> float:
    [one], [other] = ANALYSER.terms(asked), ANALYSER.terms(found)
    return Matcher(LEXICON).match(one, other)


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("المكتبة", "مكتبة"),
        ("الشَّرِكَة", "شركه"),
        ("أبريل", "ابريل"),
        ("٢٠٢٥", "2025"),
        ("10,000", "١٠٠٠٠"),
        ("ICE", "ice"),
        ("مهاجرون", "المهاجرين"),
    ],
)
def test_the_same_stem_matches_fully(asked: str, found: str) -> None:
    assert match(asked, found) == SAME


@pytest.mark.parametrize(
    ("asked", "found"),
    [("لمكتبة", "المكتبة"), ("المكتبة", "بمكتبة"), ("هالجسر", "الجسر"), ("كجسر", "جسر"), ("مدير", "مديراً")],
)
def test_a_clitic_more_or_less_matches_nearly(asked: str, found: str) -> None:
    assert match(asked, found) == CLITIC


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("عقد", "اتفاق"),
        ("كانون الثاني", "يناير"),
        ("جريدة", "صحيفة"),
        ("google", "غوغل"),
        ("جوجل", "google"),
        ("ترمب", "ترامب"),
        ("تويتر", "إكس"),
        ("بالعقد", "اتفاق"),
        ("فلوس", "الأموال"),
    ],
)
def test_words_of_one_meaning_match(asked: str, found: str) -> None:
    assert match(asked, found) >= SYNONYM
    assert match(found, asked) >= SYNONYM


@pytest.mark.parametrize(
    ("asked", "found"), [("مهندس", "مهندسو"), ("مفتاح", "مفاتيح"), ("صندوق", "صناديق"), ("تشقق", "تشققوا")]
)
def test_inflected_words_match(asked: str, found: str) -> None:
    assert match(asked, found) >= INFLECTED


@pytest.mark.parametrize(
    ("asked", "found"),
    [("المدررسة", "المدرسة"), ("الاسرئيلي", "الإسرائيلي"), ("مستشقى", "مستشفى"), ("بالنتير", "بالانتير")],
)
def test_a_slip_of_the_keyboard_matches(asked: str, found: str) -> None:
    assert 0.6 <= match(asked, found) <= FUZZY


@pytest.mark.parametrize(
    ("asked", "found", "is_alike"),
    [("استقال", "استقبل", False), ("اشترى", "أشهر", False), ("تستقبل", "يستقبل", True), ("تظاهر", "متظاهر", True)],
)
def test_a_word_is_no_slip_of_another_but_stands_for_those_of_its_root(asked: str, found: str, is_alike: bool) -> None:
    [one], [other] = ANALYSER.terms(asked), ANALYSER.terms(found)
    assert Matcher.likeness(one.stem, other.stem) > 0
    assert (Matcher.likeness(one.stem, other.stem, is_word=True) > 0) is is_alike


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("2022", "2023"),
        ("2022", "20222"),
        ("30", "300"),
        ("1.5", "15"),
        ("4", "٥"),
        ("2022", "عام"),
        ("F35", "F16"),
        ("covid19", "covid20"),
    ],
)
def test_numbers_match_exactly_or_not_at_all(asked: str, found: str) -> None:
    assert match(asked, found) == 0


@pytest.mark.parametrize(
    ("asked", "found"),
    [("المكتبة", "السردين"), ("بحر", "بحث"), ("قلم", "قلب"), ("جسر", "جزر"), ("غوغل", "مايكروسوفت"), ("ice", "الجسر")],
)
def test_other_words_do_not_match(asked: str, found: str) -> None:
    assert match(asked, found) < 0.6


def test_a_match_is_a_share() -> None:
    matcher = Matcher(LEXICON)
    words = ANALYSER.terms("المكتبة بمكتبة عقد اتفاق الجييش الجيش 2022 2023 google غوغل")
    assert all(0 <= matcher.match(one, other) <= SAME for one in words for other in words)
