"""Which messages depend on a question before them, in standard Arabic and the dialects, and which stand alone."""

import pytest

from bot.answering.question import Dependence, analyse_message, without_pronoun
from tests.answering.coverage import QUESTIONS

DEPENDENT = [
    "ومتى؟",
    "متى",
    "وَمَتَى؟",
    "وين؟",
    "ليش؟",
    "وليه",
    "قديش؟",
    "بكام؟",
    "وينها؟",
    "إمتى ده؟",
    "طيب ومتى؟",
    "و متى",
    "شكرا، ومتى كان ذلك؟",
    "وكم بلغت؟",
    "كم المبلغ؟",
    "وما السبب؟",
    "وكم العدد في 2022؟",
    "ومن وقعها؟",
    "من وقّعها؟",
    "طيب من أسسها؟",
    "طيب وكم عددهم؟",
    "ما اسمها؟",
    "مين سواها؟",
    "كم كلفتها؟",
    "وكم بلغت كلفتها الإجمالية؟",
    "متى سيبدأ تنفيذها؟",
    "ومتى سيبدأ تنفيذها رسميا؟",
    "ومتى سيبدأ تنفيذه؟",
    "متى انتهت؟",
    "وكم شهرا؟",
    "لماذا استقال؟",
    "كيف تعمل؟",
    "وأين تقع؟",
    "ومن وقع؟",
    "وليش أُلغيت؟",
    "فكم كتابا فيها؟",
    "قداش عمرو؟",
    "كمل",
    "زيدني",
    "طيب كمل",
    "والتفاصيل؟",
    "احكيلي أكثر",
    "وبعدين شو صار؟",
    "طب وبعدين؟",
    "ممكن تفاصيل أكثر لو سمحت",
    "طب اشرحلي الموضوع أكتر",
    "والثاني؟",
]
ALONE = [
    "متى افتتحت المكتبة؟",
    "ومتى افتتحت المكتبة؟",
    "وكم بلغت قيمة الصفقة؟",
    "طيب من وقع الصفقة؟",
    "من ترامب؟",
    "ومن ترامب؟",
    "وماذا عن غوغل؟",
    "وما Palantir؟",
    "أين حلب؟",
    "من هو نزار قباني؟",
    "من هو شكسبير؟",
    "كم تبلغ مساحة رومانيا؟",
    "كم عدد سكان غزه؟",
    "أين تقع هضبة التيبت؟",
    "كم سعر سهم تسلا؟",
    "متى باعت هيتاشي أسهمها؟",
    "ومتى وقعت معركة الجمل؟",
    "ما وجه الشبه بينهما؟",
    "المكتبة العامة",
    "المكتبة",
    "ومديرتها",
    "نعم صحيح",
    "شكرا",
    "",
    "وين مقرها بالانتير؟",
    "شكون أسسها بالانتير؟",
    "فين مقرها الشركة؟",
    "قداش عمرو السبسي؟",
    "تفاصيل افتتاح المكتبة",
    "زيد الأمين",
    "مصدرك؟",
    "متأكد؟",
    "سنة 2020 في المنارة",
]
# What may be a sloppy spelling («صقليه») counts for a pronoun («علاجه») only in reply to an answer.
DEPENDENT_IN_REPLY = [
    "متى نشأت صقليه؟",
    "متى سيبدأ تنفيذه؟",
    "كم يستمر إغلاقه؟",
    "كيف يمكن علاجه؟",
    # A verb behind «where» and «who», a noun that belongs to something, and a year alone.
    "وين عايش؟",
    "وين يسكن؟",
    "شنو دار؟",
    "مين فاز؟",
    "وما الهدف؟",
    "شو النتيجة؟",
    "وفي 2020؟",
    "سنة 2020؟",
    "والسبب؟",
    "عمره؟",
    "مقرها",
]


def dependence(text: str) -> Dependence:
    return analyse_message(text, QUESTIONS).dependence


@pytest.mark.parametrize("text", DEPENDENT)
def test_a_question_without_a_subject_depends_on_the_one_before(text: str) -> None:
    assert dependence(text) is Dependence.ALWAYS


@pytest.mark.parametrize("text", ALONE)
def test_a_question_with_a_subject_and_a_message_without_a_question_stand_alone(text: str) -> None:
    assert dependence(text) is Dependence.NONE


@pytest.mark.parametrize("text", DEPENDENT_IN_REPLY)
def test_a_weak_sign_is_enough_in_a_reply_alone(text: str) -> None:
    assert dependence(text) is Dependence.IN_REPLY


@pytest.mark.parametrize(
    ("word", "bare"),
    [
        ("وقعها", "وقع"),
        ("كلفتها", "كلفة"),
        ("كُلفتُها", "كلفة"),
        ("عددهم", "عدد"),
        ("صاحبهما", "صاحب"),
        ("بناؤه", "بناء"),
        ("إغلاقه", "إغلاق"),
        ("المكتبة", None),
        ("سهم", None),
        ("وجه", None),
        ("ما", None),
        ("2022", None),
    ],
)
def test_a_word_without_its_pronoun(word: str, bare: str | None) -> None:
    assert without_pronoun(word) == bare
