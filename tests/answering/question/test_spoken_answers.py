"""What is asked in dialect, with words run together or written onto each other, is answered like the same in full."""

import pytest

from bot.answering import Answer
from tests.answering.coverage import ANSWERER, TOWN, answered, article, ask, edition, refused
from tests.answering.question.readings import MINISTRY

CAR = article("car", "العثور على سيارة مسروقة", "عثرت الشرطة على السيارة المسروقة في ميناء رادس بعد أسبوعين.")
OTHERS = [article(f"other {number}", "خبر", "نظمت البلدية حفلا في ساحة المدينة.") for number in range(12)]


def test_a_question_in_dialect_is_answered_in_standard_words() -> None:
    assert "ميناء رادس" in answered("وين لقاو الكرهبة المسروقة؟", CAR, *OTHERS).quotes[0].text


def test_a_dialect_word_is_missing_only_where_its_standard_words_are() -> None:
    asked = "قداش خلصت البلدية على الكرهبة الزرقاء متاع الوالي؟"
    assert "الكرهبة" not in refused(asked, CAR, *OTHERS).missing
    assert "الكرهبة" in refused(asked, *OTHERS).missing


def test_what_has_the_name_that_a_preposition_is_written_onto_answers_and_nothing_else() -> None:
    towns = [
        article(name, f"سكان {name}", f"قال المعهد الوطني إن عدد السكان في {name} بلغ {number} ملايين نسمة.")
        for name, number in (("ليبيا", 7), ("تركيا", 85))
    ]
    assert answered("قداش عدد السكان فليبيا؟", *towns).quotes[0].article.id == "ليبيا"
    assert refused("قداش عدد السكان عتونس؟", *towns).missing == ("عتونس",)


def test_a_question_about_the_train_is_answered_about_trains() -> None:
    told = [
        article("train", "تأخر قطار الصعيد", "تأخر قطار الصعيد خمس ساعات أمس بسبب عطل في الإشارات."),
        article("gulf", "قناة قطرية تؤخر المباراة", "تأخرت المباراة في قطر أمس ساعة بسبب طلب قناة قطرية."),
    ]
    assert answered("القطر اتأخر ليه امبارح؟", *told).quotes[0].article.id == "train"


def test_a_slip_is_no_missing_space() -> None:
    apart, name = article("apart", "خبر", "زرعت ورد جوري هنا"), article("name", "خبر", "وصل وردجوني إلى الجسر")
    assert ask("من زرع وردجوري هنا", apart).question == "من زرع وردجوري هنا"
    assert isinstance(ask("من زرع وردجوري هنا", apart), Answer)
    assert not isinstance(ask("من زرع وردجوري هنا", apart, name), Answer)


def test_a_glued_question_is_answered_like_the_spaced_one() -> None:
    spaced, glued = (answered(text, MINISTRY) for text in ("كم مليون دولار دفعت مصر؟", "كممليون دولار دفعت مصر؟"))
    assert glued.quotes == spaced.quotes
    assert answered("ماذا أعلنت وزارهالخارجيه فيالقاهرة؟", MINISTRY).quotes[0].article == MINISTRY


BAKERY = article(
    "bakery",
    "أسعار المخابز",
    "رفعت المخابز سعر الخبز إلى 3 دنانير في مايو.",
    "تبيع المخابز خبز الدقيق.",
    "أغلقت المخابز ظهرا.",
)


@pytest.mark.parametrize("slip", ["رفعت المخاببز", "رفعت المخازب", "رفعت عندالمخابز"])
def test_a_question_with_a_slip_is_answered_like_the_one_without(slip: str) -> None:
    meant = "رفعت عند المخابز" if "عند" in slip else "رفعت المخابز"
    asked, typed = (answered(f"بكم {words} الخبز؟", BAKERY, *OTHERS) for words in (meant, slip))
    assert typed.quotes == asked.quotes


@pytest.mark.parametrize(("held", "typed"), [("مرزاية", "مرزايا"), ("مرطاسا", "مرطاسه")])
def test_the_end_of_a_name_is_written_as_it_is_heard(held: str, typed: str) -> None:
    flood = article("flood", f"فيضان {held}", f"غرقت شوارع {held} في مارس 2021 بعد أمطار غزيرة.")
    asked, heard = (answered(f"متى غرقت شوارع {name}؟", flood, *OTHERS) for name in (held, typed))
    assert heard.quotes == asked.quotes


@pytest.mark.parametrize("laughter", ["ههههه", "هاهاها", "خخخخ", "lol", "mdr"])
def test_laughter_is_never_looked_for(laughter: str) -> None:
    plain, laughing = (answered(f"بكم رفعت المخابز الخبز{end}", BAKERY, *OTHERS) for end in ("؟", f" {laughter}"))
    assert laughing.quotes == plain.quotes


def test_a_word_that_any_list_has_is_no_slip_of_another() -> None:
    assert "المزارع" in refused("بكم رفعت المزارع سعر العسل؟", BAKERY, *OTHERS).missing


def test_a_word_with_the_letter_for_g_is_found_with_its_qaf() -> None:
    date = article("date", "سوق التمور", "بلغ سعر كيلو الدقلة 9 دنانير في السوق.")
    assert "9 دنانير" in answered("بكم كيلو الدڨلة في السوق؟", date, *OTHERS).quotes[0].text


def test_a_follow_up_and_the_question_before_it_may_be_glued() -> None:
    plain, glued = (
        ANSWERER.answer("وكم كلفته؟", TOWN, before)
        for before in ("متى افتتحت البلدية المكتبة العامة؟", "متى افتتحت البلدية المكتبهالعامه؟")
    )
    assert isinstance(plain, Answer)
    assert isinstance(glued, Answer)
    assert glued.quotes == plain.quotes


def test_a_name_that_the_coverage_lacks_is_not_cut_into_its_words() -> None:
    assert "فيتنام" in refused("متى زار الوفد فيتنام وسوق الخضار؟", MINISTRY).missing


def test_a_rare_word_that_the_edition_has_is_a_subject() -> None:
    gardens = edition(article("gardens", "بستان بلقرموش يفتح أبوابه", "افتتح بستان بلقرموش في ربيع 2024 بعد ترميمه."))
    opening = "متى افتتحت بلدية المنارة المكتبة العامة؟"
    assert ANSWERER.answer("متى افتتح بلقرموش؟", gardens, opening).completed_from is None
    assert ANSWERER.answer("وين بابها بلقرموش؟", TOWN, opening).completed_from == opening
