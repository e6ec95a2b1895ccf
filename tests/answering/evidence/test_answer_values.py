"""Times, quantities and reasons: what counts as one in a passage."""

import pytest

from bot.answering.evidence import AnswerValues, Matcher, match_passages
from bot.arabic.dates import is_year
from tests.answering.coverage import LEXICON, QUESTIONS, article, edition

WHEN, HOW_MANY, WHY = "متى افتتحت المكتبة؟", "كم كتابا في المكتبة؟", "لماذا أغلق الجسر؟"


def names(text: str, question: str) -> bool:
    return bool(AnswerValues(QUESTIONS.analyse(question), LEXICON).value_places(text))


@pytest.mark.parametrize(
    "text",
    [
        "افتتحت عام 2003",
        "في ٢٠٠٣",
        "في يناير/كانون الثاني",
        "في مارس",
        "وفي نيسان",
        "يوم الخميس",
        "صباح الأحد",
        "في رمضان",
        "في 5 من الشهر",
        "بأكتوبر",
        "في القرن الماضي",
        "في أوت",
        "منذ 5 أيام",
        "بعد 30 يوما",
        "الساعة 5 صباحا",
        "عام 622",
        "2025-04-12",
    ],
)
def test_times(text: str) -> None:
    assert names(text, WHEN)


@pytest.mark.parametrize(
    "text",
    ["افتتحت المكتبة", "كلفت 30000 دينار", "كلفت 12,500,000", "30 كتابا", "30 كتابا و7 خرائط", "زمن طويل", "", "؟"],
)
def test_no_times(text: str) -> None:
    assert not names(text, WHEN)


@pytest.mark.parametrize(
    "text",
    [
        "فيها 30 كتابا",
        "فيها ٣٠",
        "30,000 كتاب",
        "4.5",
        "ثمانون كتابا",
        "ألف كتاب",
        "بألف",
        "وخمسة كتب",
        "مئتي كتاب",
        "ومائتا كتاب",
        "ستمئة كتاب",
        "سبعمائة كتاب",
        "ثمانمئة كتاب",
        "بتسعمائة كتاب",
        "ألفي كتاب",
        "ملياري كتاب",
        "مليون كتاب",
        "نصف الكتب",
        "عشرات الكتب",
        "ثلاثون مليونا",
        "ثلثي الكتب",
    ],
)
def test_quantities(text: str) -> None:
    assert names(text, HOW_MANY)


@pytest.mark.parametrize(
    "text",
    [
        "افتتحت عام 2003",
        "في ٢٠٢٥",
        "بين 1998 و2024",
        "12 أبريل/نيسان",
        "في 12/4/2025",
        "السابع من أيار",
        "كتب كثيرة",
        "F35 طائرة",
        "",
    ],
)
def test_no_quantities(text: str) -> None:
    assert not names(text, HOW_MANY)


@pytest.mark.parametrize(
    "text", ["أغلق بسبب التشققات", "لأنه متشقق", "نتيجة العاصفة", "تجنبا للحوادث", "ولذلك أغلق", "إثر عاصفة"]
)
def test_reasons(text: str) -> None:
    assert names(text, WHY)


@pytest.mark.parametrize("text", ["أغلق الجسر", "أغلق عام 2003", "ثلاثة أشهر"])
def test_no_reasons(text: str) -> None:
    assert not names(text, WHY)


def test_numbers_of_the_question_itself_do_not_count() -> None:
    assert not names("كان في المكتبة 30 كتابا", "متى صار في المكتبة 30 كتابا؟")
    assert not names("كان في المكتبة 30 كتابا", "كم مكتبة فيها ٣٠ كتابا؟")
    assert not names("افتتحت في مارس", "متى كان ذلك في مارس؟")
    assert names("كان في المكتبة 30 كتابا و7 خرائط", "كم خريطة مع 30 كتابا؟")


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("دفعت 30 مليونا", "كم شركة دفعت ثلاثين مليونا؟"),
        ("دفعت ثلاثين مليونا", "كم شركة دفعت 30,000,000؟"),
        ("اجتمع الوفد في 12 نيسان", "متى اجتمع الوفد بعد 12 أبريل 2025؟"),
        ("اجتمع الوفد في 2014", "متى كان اجتماع عام ألفين وأربعة عشر؟"),
    ],
)
def test_what_the_question_says_does_not_count_in_other_words(text: str, question: str) -> None:
    assert not names(text, question)


@pytest.mark.parametrize("question", ["بكم بيع الكتاب؟", "كم سعر الكتاب؟", "بكام الكتاب؟", "قديش كلفت المكتبة؟"])
def test_a_price_is_a_quantity(question: str) -> None:
    assert names("بيع الكتاب بثلاثين دينارا", question)
    assert not names("بيع الكتاب في 12 أبريل 2025", question)


@pytest.mark.parametrize("question", ["من افتتح المكتبة؟", "أين المكتبة؟", "هل افتتحت المكتبة؟", "أخبار المكتبة"])
def test_other_questions_look_for_no_value(question: str) -> None:
    assert not names("افتتحت عام 2003 لأن السكان 30 ألفا", question)


@pytest.mark.parametrize(
    ("normal", "year"),
    [
        ("2026", True),
        ("1998", True),
        ("1066", True),
        ("2100", False),
        ("202", False),
        ("20260", False),
        ("3000", False),
        ("عام", False),
    ],
)
def test_years(normal: str, year: bool) -> None:
    assert is_year(normal) is year


@pytest.mark.parametrize(
    "text",
    ["سقط 33 قتيلا", "ارتفع عدد القتلى إلى 33", "أربعون قتيلا", "بين 30 و40 قتيلا", "33 (منهم 5 نساء)", "بينهم 12"],
)
def test_counts(text: str) -> None:
    assert names(text, "كم بلغ عدد القتلى في المنارة؟")


@pytest.mark.parametrize(
    "text",
    [
        "استمر القصف عشرة أشهر",
        "بعد شهرين من القصف",
        "بموجب القانون عدد 33",
        "وفق الفصل 5 منه",
        "نشر موقع 404 Media الخبر",
        "هاتف Mate 9 الجديد",
        "كلفت 30 مليون دولار",
        "كلفت $30",
        "ثلاثين ألف دينار",
        "44% من السكان",
        "44 في المائة",
        "على بعد 12 كيلومترا",
    ],
)
def test_numbers_that_count_something_else(text: str) -> None:
    assert not names(text, "كم بلغ عدد القتلى في المنارة؟")


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("حكم 33 عاما", "كم سنة حكم الأمير؟"),
        ("استمر شهرين", "كم شهرا استمر الحصار؟"),
        ("تبلغ المساحة 30 كيلومترا مربعا", "كم تبلغ مساحة المنارة؟"),
        ("نجح 44% من الطلاب", "كم نسبة النجاح؟"),
        ("حملت 30 طنا من القمح", "كم طنا من القمح حملت السفينة؟"),
        ("استغرق 3 ساعات", "كم من الوقت استغرق الأمر؟"),
        ("بسعر 4.99 يورو", "بكم الكتاب؟"),
        ("بسعر €5", "كم سعر الكتاب؟"),
        ("بين 139 و479 دينارا", "كم سعر الهاتف؟"),
    ],
)
def test_units_of_what_is_asked_for(text: str, question: str) -> None:
    assert names(text, question)


@pytest.mark.parametrize("text", ["يبيع 30 كتابا", "في الصفحة 30", "بعد ثلاثة أيام"])
def test_a_number_without_a_currency_is_no_price(text: str) -> None:
    assert not names(text, "كم سعر الكتاب؟")


SHARE = "كم نسبة النجاح؟"


@pytest.mark.parametrize(
    "text",
    [
        "نجح 44% منهم",
        "نجح 44 % منهم",
        "بنسبة ٤٤٪",
        "نجح 44 بالمئة",
        "44 في المائة",
        "12ر49 بالمائة",
        "44,46 بالمئة",
        "أربعون بالمئة منهم",
        "بين 40 و44 بالمئة",
        "ثلثا الطلاب",
    ],
)
def test_shares(text: str) -> None:
    assert names(text, SHARE)


@pytest.mark.parametrize(
    "text", ["نجح 44 طالبا", "نجح ألف طالب", "معدل 12.5", "44 دينارا", "نجحوا عام 2016", "عشرات الطلاب", "نصف النهائي"]
)
def test_another_number_is_no_share(text: str) -> None:
    assert not names(text, SHARE)


def test_a_number_that_begins_as_one_of_the_question_is_another() -> None:
    assert names("يفوق 10 آلاف دينار", "دفعت 10 دينار، فبكم الطابع؟")


PRICE = "بكم بيع الكتاب؟"


@pytest.mark.parametrize(
    ("text", "question", "told"),
    [
        ("حل الضيف. في المكتبة ثمانون كتابا.", HOW_MANY, [False, True]),
        ("في المكتبة ५ كتب. حل الضيف.", HOW_MANY, [True, False]),
        ("في المكتبة عشرات الكتب. حل الضيف.", HOW_MANY, [True, False]),
        ("افتتحت في كانون الثاني. كان ذلك يوما حافلا.", WHEN, [True, False]),
        ("حل الضيف. أغلق لأنه متشقق.", WHY, [False, True]),
        ("بيع في 2003. بيع الكتاب بعشرين $.", PRICE, [False, True]),
        # A word that is longer than any, in two pieces.
        (f"{'حل' * 100}الف", HOW_MANY, [False, True]),
    ],
)
def test_a_sentence_is_read_where_its_words_may_have_a_value(text: str, question: str, told: list[bool]) -> None:
    analysed, index = QUESTIONS.analyse(question), edition(article("a", "خبر", text)).index
    (candidate,) = match_passages(index.read([0]), analysed, index.vocabulary, Matcher(LEXICON))
    values, plain = AnswerValues(analysed, LEXICON), AnswerValues(analysed, LEXICON)
    numbers = range(len(candidate.sentences))
    assert [values.found_in_sentence(candidate, number) for number in numbers] == told
    assert [bool(plain.value_places(candidate.sentence_words(number)[0])) for number in numbers] == told
