"""Names, places and ranks in a claim: what differs is named where role and event agree, else nothing is said of it."""

from functools import partial

import pytest

from bot.answering import Answer, Statement
from tests.answering.coverage import ANSWERER, article, edition
from tests.answering.modes import kept_answer

BRIDGE = article(
    "embassy",
    "النرويج تعيد فتح سفارتها",
    "قررت النرويج إعادة فتح سفارتها في مدينة صفاقس بعد غياب دام ثلاثة أعوام.",
)
POLICE = article(
    "police",
    "القبض على مهرب تحف",
    "أعلنت الشرطة الألمانية اليوم القبض على مهرب تحف نادرة في برلين. وأخذت منه تمثالا من البرونز.",
)
COACH = article(
    "coach",
    "مدرب الفريق يستقيل",
    "قرر مدرب فريق المنارة أنيس الجبالي الاستقالة من مهامه لأسباب صحية.",
)
RACE = article(
    "race",
    "عداءة المنارة تحرز المركز الثالث",
    "أحرزت عداءة المنارة المركز الثالث في سباق الجبل الدولي بعد نصف ساعة من الركض.",
)
CHURCH = article(
    "mill",
    "حريق في مطحنة قديمة",
    "اندلع حريق كبير في مطحنة قديمة بمدينة طنطا وأتلف أكياس القمح كلها.",
)
SAILS = article("sails", "شركة الأشرعة", "شركة الأشرعة من أقدم الشركات، تأسست عام 1960 ويوجد مقرها في مدينة الشمال.")
SUSPECT = article("suspect", "القبض على مشتبه به", "أشعل حريق المطحنة شاب أفغاني سلم نفسه للحرس بعد يومين.")
COVERAGE = edition(BRIDGE, POLICE, COACH, RACE, CHURCH, SAILS, SUSPECT)


answer = partial(kept_answer.answer, coverage=COVERAGE)


@pytest.mark.parametrize(
    ("message", "asked", "found"),
    [
        ("صحيح ان السويد هي اللي قررت إعادة فتح سفارتها في مدينة صفاقس؟", "السويد", "النرويج"),
        ("هل صحيح أن الشرطة الفرنسية أعلنت القبض على مهرب تحف نادرة؟", "الفرنسية", "الألمانية"),
        ("صحيح أن النرويج قررت إعادة فتح سفارتها في مدينة سوسة؟", "سوسة", "صفاقس"),
        ("صحيح عداءة المنارة أحرزت المركز الأول في سباق الجبل الدولي؟", "الأول", "الثالث"),
        ("هل صحيح أن عداءة المنارة أحرزت المركز الثالث في سباق الجبل بعد ربع ساعة من الركض؟", "ربع", "نصف"),
        ("صحيح ان حريق كبير اندلع في مطحنة قديمة بمدينة المنصورة؟", "المنصورة", "بمدينة طنطا"),
        ("صحيح أن مدرب فريق المنارة خالد البدوي قرر الاستقالة لأسباب صحية؟", "خالد البدوي", "أنيس الجبالي"),
        # Nothing beside the place is the same.
        ("صحيح أن مقر شركة الأشرعة في نيويورك؟", "نيويورك", "الشمال"),
        ("صحيح أن الذي أشعل حريق المطحنة كان سوري؟", "سوري", "أفغاني"),
    ],
)
def test_another_name_in_the_same_role_is_named_and_marked(message: str, asked: str, found: str) -> None:
    outcome = answer(message)
    assert outcome.statement is Statement.OTHERWISE
    assert [one.asked for one in outcome.differences] == [asked]
    assert outcome.differences[0].found in found
    first = outcome.quotes[0]
    marked = " ".join(first.text[mark.start : mark.end] for mark in first.highlights)
    assert outcome.differences[0].found in marked


@pytest.mark.parametrize(
    "message",
    [
        "صحيح ان السلطات النرويجية قررت إعادة فتح سفارتها في مدينة صفاقس؟",
        "صحيح أن أوسلو قررت إعادة فتح سفارتها في مدينة صفاقس؟",
        "هل صحيح أن ألمانيا أعلنت القبض على مهرب تحف نادرة؟",
        "هل صحيح أن الشرطة أعلنت القبض على مهرب تحف نادرة من فرنسا؟",
        "هل صحيح أن المدرب أنيس الجبالى قرر الاستقالة من فريق المنارة؟",
        "صحيح أن عداءة المنارة شاركت في سباق الجبل الدولي للمرة الأولى؟",
    ],
)
def test_the_same_country_in_other_words_and_other_roles_are_no_difference(message: str) -> None:
    assert answer(message).differences == ()


def test_a_name_that_the_article_has_elsewhere_is_no_difference() -> None:
    coverage = edition(
        article(
            "strike",
            "مصنع الورق يغلق أبوابه",
            "أغلقت الشركة الإيطالية مصنع الورق القديم في الميناء.",
            "وقالت فرنسا إن الشركة الفرنسية شريكة في مصنع الورق.",
        )
    )
    outcome = ANSWERER.answer("صحيح أن الشركة الفرنسية أغلقت مصنع الورق القديم في الميناء؟", coverage)
    assert isinstance(outcome, Answer)
    assert outcome.differences == ()


def test_who_did_it_to_whom_is_not_the_same_the_other_way_round() -> None:
    coverage = edition(article("visit", "زيارة بين جارين", "زار وزير الصيد الياباني سفينة الوزير الكندي في الميناء."))
    told = ANSWERER.answer("هل صحيح أن الوزير الكندي زار سفينة وزير الصيد الياباني في الميناء؟", coverage)
    assert isinstance(told, Answer)
    assert told.statement is not Statement.SAME


def test_a_place_that_is_told_twice_is_one_place() -> None:
    coverage = edition(
        article("shop", "إيقاف صاحب محل", "أوقف أعوان الأمن بمنوبة صاحب محل للرهان الرياضي بمنوبة مساء أمس.")
    )
    outcome = ANSWERER.answer("صحيح أن أعوان الأمن أوقفوا صاحب محل للرهان الرياضي في أريانة؟", coverage)
    assert isinstance(outcome, Answer)
    assert [(one.asked, one.found) for one in outcome.differences] == [("أريانة", "بمنوبة")]


@pytest.mark.parametrize("nationality", ["ألمانية", "إيطالية", "يابانية", "كندية"])
@pytest.mark.parametrize("opening", ["هل", "هل صحيح أن"])
def test_what_the_text_says_of_something_else_is_not_the_same(nationality: str, opening: str) -> None:
    told = (
        "أبرمت ريمال مع وزارة الزراعة الألمانية شراكة لخمسة أعوام.",
        "ريمال هي شركة مغربية تطور البذور. ووقعت شركة ريمال المغربية اتفاقا مع جامعة كندية.",
        "اشترت ريمال من شركة إيطالية آلات لفرز البذور، وسلمتها ريمال لشركة يابانية.",
    )
    coverage = edition(*(article(f"told{number}", "ريمال", text) for number, text in enumerate(told)))
    outcome = ANSWERER.answer(f"{opening} ريمال شركة {nationality}؟", coverage)
    assert not isinstance(outcome, Answer) or outcome.statement is not Statement.SAME


def test_what_is_told_elsewhere_is_no_difference_where_an_article_tells_of_the_place_itself() -> None:
    own = article("own", "اتفاق الصيد", "أكد وزير الصيد نبيل الحداد لدى لقائه نظيره السويدي في صفاقس أن الاتفاق جاهز.")
    other = article("other", "لقاء وزيرين", "التقى اليوم وزير الصيد نبيل الحداد نظيره النرويجي في سوسة.")
    asked = "صحيح أن وزير الصيد نبيل الحداد التقى نظيره السويدي في صفاقس؟"
    assert kept_answer.answer(asked, coverage=edition(own, other)).differences == ()
