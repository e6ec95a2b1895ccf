"""Dialect words of a question: found, told from words of standard Arabic, and answered by standard words."""

import pytest

from bot.answering.reasons import AnswerType
from tests.answering.coverage import QUESTIONS, answered, article, refused


def standard(question: str) -> dict[str, set[str]]:
    return {stem: {term.normal for term in terms} for stem, terms in QUESTIONS.analyse(question).standard_terms.items()}


@pytest.mark.parametrize(
    ("question", "stem", "meant"),
    [
        ("وين لقاو الكرهبة المسروقة؟", "كرهب", "سياره"),
        ("شكون شدوه في المرسى؟", "شدو", "اعتقل"),
        ("مين مسكوه في المطار؟", "مسكو", "اعتقل"),
        ("شكون سرق الفيلو؟", "فيلو", "دراجه"),
        ("متى وقعوا الـ contrat؟", "contrat", "عقد"),
        ("وقتاش بدا الـ couvre-feu في تونس؟", "couvre_feu", "حظر"),
        ("فين داروا الـ sit in؟", "sit_in", "اعتصام"),
        ("شكون مول الاوطو ايكول؟", "اوطو_ايكول", "مدرسه"),
    ],
)
def test_a_dialect_word_has_its_standard_words(question: str, stem: str, meant: str) -> None:
    assert meant in standard(question).get(stem, set())


@pytest.mark.parametrize(
    "question",
    [
        "ما هو شكل ملعب كرة القدم؟",
        "من حكم بغداد بعد دخول المغول؟",
        "متى ولد محمد بن راشد؟",
        "كم عدد سكان تونس؟",
        "من فتح الأندلس؟",
        "ماهي عاصمة العراق؟",
        "من هي باولا عبدول؟",
    ],
)
def test_a_question_in_standard_arabic_has_none(question: str) -> None:
    assert not standard(question)


def test_what_began_is_not_what_somebody_wants() -> None:
    assert "بدا" in {term.stem for term in QUESTIONS.analyse("وقتاش بدا بناء الجسر؟").terms}


def test_a_word_of_both_is_of_a_dialect_beside_another_that_is() -> None:
    assert "نقل" not in standard("متى هزّ زلزال المدينة؟").get("هز", set())
    assert "نقل" in standard("وقتاش هزّ الراجل الكرهبة متاعو؟").get("هز", set())


CAR = article("car", "العثور على سيارة مسروقة", "عثرت الشرطة على السيارة المسروقة في ميناء رادس بعد أسبوعين.")
OTHERS = [article(f"other {number}", "خبر", "نظمت البلدية حفلا في ساحة المدينة.") for number in range(12)]


def test_a_question_in_dialect_is_answered_in_standard_words() -> None:
    assert "ميناء رادس" in answered("وين لقاو الكرهبة المسروقة؟", CAR, *OTHERS).quotes[0].text


def test_a_dialect_word_is_missing_only_where_its_standard_words_are() -> None:
    asked = "قداش خلصت البلدية على الكرهبة الزرقاء متاع الوالي؟"
    assert "الكرهبة" not in refused(asked, CAR, *OTHERS).missing
    assert "الكرهبة" in refused(asked, *OTHERS).missing


def test_a_name_in_capitals_is_no_loan_word() -> None:
    assert not standard("من أسس شركة Contrat؟")


def test_to_want_and_to_be_able_are_not_searched() -> None:
    question = QUESTIONS.analyse("لوين بدها البلدية تنقل السوق؟ ما تنجمش تهدمو؟")
    assert not {"بدها", "تنجمش"}.intersection(term.normal for term in question.terms)


@pytest.mark.parametrize(
    ("question", "word", "stands"),
    [
        ("9addech 3tawh flouss?", "9addech", True),
        ("9addech 3tawh flouss?", "3tawh", True),
        ("3lech 9tel martou?", "3lech", True),
        ("9 tel", "9tel", False),
        ("كم ثمن 5G و3D؟", "5g", False),
        ("20khedma", "20khedma", False),
    ],
)
def test_a_digit_for_a_letter_is_part_of_a_known_word(question: str, word: str, stands: bool) -> None:
    assert (word in QUESTIONS.tokenise(question).normals) is stands


def test_a_word_with_a_digit_for_a_letter_has_its_standard_words_and_place() -> None:
    question = QUESTIONS.analyse("9addech 3tawh flouss?")
    assert "اعطي" in standard(question.text)["3tawh"]
    assert [question.text[term.start : term.end] for term in question.terms] == ["3tawh", "flouss"]


@pytest.mark.parametrize(
    ("question", "answer_type"),
    [
        ("9addech 3tawh flouss?", AnswerType.QUANTITY),
        ("chkoun sra9 el karhba?", AnswerType.PERSON),
        ("3lech sakrou el hanout?", AnswerType.REASON),
        ("wa9tech ykhalsou el chahria?", AnswerType.TIME),
        ("mnin jet el harga?", AnswerType.PLACE),
        ("kifech 9atlou el rajel?", AnswerType.MANNER),
    ],
)
def test_a_question_word_may_stand_in_latin_letters(question: str, answer_type: AnswerType) -> None:
    assert QUESTIONS.analyse(question).answer_type is answer_type
