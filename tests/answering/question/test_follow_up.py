"""Which messages lean on a question before them, in standard Arabic and the dialects, and which stand alone."""

import pytest

from bot.answering.question import text_depends_on_previous, without_pronoun
from tests.answering.coverage import ANALYSER, LEXICON

LEANING = [
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
]
# What may be a sloppy spelling («صقليه») counts for a pronoun («علاجه») only in reply to an answer.
LEANING_IN_REPLY = ["متى نشأت صقليه؟", "متى سيبدأ تنفيذه؟", "كم يستمر إغلاقه؟", "كيف يمكن علاجه؟"]


@pytest.mark.parametrize("is_reply", [False, True])
@pytest.mark.parametrize("text", LEANING)
def test_what_names_no_subject_leans(text: str, is_reply: bool) -> None:
    assert text_depends_on_previous(text, ANALYSER, LEXICON, is_reply=is_reply)


@pytest.mark.parametrize("is_reply", [False, True])
@pytest.mark.parametrize("text", ALONE)
def test_what_names_a_subject_or_asks_nothing_stands_alone(text: str, is_reply: bool) -> None:
    assert not text_depends_on_previous(text, ANALYSER, LEXICON, is_reply=is_reply)


@pytest.mark.parametrize("text", LEANING_IN_REPLY)
def test_a_weak_sign_is_enough_in_a_reply_alone(text: str) -> None:
    assert text_depends_on_previous(text, ANALYSER, LEXICON, is_reply=True)
    assert not text_depends_on_previous(text, ANALYSER, LEXICON, is_reply=False)


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
