"""Which kind of answer a message asks for, and about what."""

import tomllib

import pytest

from bot.answering.knowledge.word_lists import phrase_list
from bot.answering.modes import choose_mode
from bot.answering.question import Interpretation, analyse_message, interpret
from bot.answering.reasons import Mode
from bot.settings import CONFIG
from tests.answering.coverage import QUESTIONS, TOWN

MESSAGES = {
    Mode.FACT: [
        "متى افتتحت المكتبة العامة؟",
        "سمعت إنو المكتبة العامة تحلت، وقتاش تحلت؟",
        "احكيلي على المكتبة، كم كتابا فيها؟",
        "صحيح إنو فتحوا المكتبة؟ قديش كلفتها؟",
        "سعر السردين في السوق",
        "عدد كتب المكتبة العامة",
        "هل افتتحت المكتبة العامة؟",
        'من هو مؤلف كتاب "رحلة البحار الأخير إلى الميناء"؟',
        "ما آخر كتاب اشترته المكتبة؟",
        "ما قيمة اتفاق المغرب مع مايكروسوفت؟",
    ],
    Mode.DEFINITION: [
        "ما هو السردين؟",
        "من هي هدى البستاني؟",
        "شكون هو سليم الحداد",
        "ما هي شركة مايكروسوفت؟",
        "ما معنى السردين؟",
    ],
    Mode.OVERVIEW: [
        "احكيلي على المكتبة العامة",
        "شو قصة الجسر القديم؟",
        "يا جماعة حدثوني، ماذا تعرف عن الجسر القديم؟",
        "وش سالفة الجسر القديم",
        "السردين",
        "السردين؟",
        "المكتبة العامة",
        "everything about السردين",
        "اعطني كل ما لديك عن الزيتون",
    ],
    Mode.LATEST: [
        "ما آخر الأخبار عن السردين؟",
        "شنوة الجديد في المكتبة؟",
        "ما الجديد؟",
        "آخر الأخبار",
        "وش الاخبار",
        "شو في بالجسر القديم",
        "شنو صاير بالميناء",
        "ماذا يجري في الميناء؟",
        "ايه الاخبار",
        "شو الاخبار اليوم؟",
        "ما أهم الأخبار؟",
        "شو صار بالجسر القديم؟",
        "وش آخر أخبار الجسر",
    ],
    Mode.CLAIM: [
        "صحيح أن المكتبة أغلقت؟",
        "هل فعلاً أغلق الجسر القديم؟",
        "سمعت إنو الجسر القديم أغلق، صحيح؟",
        "أغلقت وزارة النقل الجسر القديم، صحيح ولا لا؟",
        "هل بلغت كلفة البناء 15 مليون دينار؟",
        "«أغلقت وزارة النقل الجسر القديم فوق نهر الزرقاء»",
    ],
    Mode.TIMELINE: [
        "كيف تطورت قضية الجسر القديم؟",
        "شلون تطورت سالفة الجسر القديم من البداية للحين",
        "كيفاش تطورت حكاية الجسر القديم من الأول لتوة",
        "الجسر القديم اتطور ازاي من الأول لحد دلوقتي؟",
        "ما الذي حصل في قضية الجسر القديم من البداية إلى الآن؟",
        "من البداية إلى الآن ما الذي حصل في الجسر القديم؟",
        "ممكن تعطوني التسلسل الزمني لأحداث الجسر القديم لو سمحتم",
        "تسلسل الجسر القديم",
        "شو صار بالجسر القديم من الأول لهلق؟",
        "timeline of الجسر القديم",
        "أريد أن أعرف كيف تطورت قضية الجسر القديم من البداية",
        "كيف تطورت أخبار الجسر القديم حتى الآن؟",
        "هل عندكم تسلسل زمني لقضية الجسر القديم؟",
    ],
    Mode.LIST: ["مقالات عن السردين", "شنوة كتبتو على الجسر القديم؟", "do you have articles about السردين"],
}


def test_what_stands_before_a_subject_is_no_part_of_it() -> None:
    for message in MESSAGES[Mode.TIMELINE]:
        question = chosen(message).question
        assert question is not None
        assert {term.stem for term in question.terms} <= {"جسر", "قديم", "بجسر", "بالجسر", "الجسر", "القديم"}, message


def chosen(message: str) -> Interpretation:
    return choose_mode(interpret(analyse_message(message, QUESTIONS), None, TOWN.index, QUESTIONS), QUESTIONS)


@pytest.mark.parametrize(("message", "mode"), [(message, mode) for mode, own in MESSAGES.items() for message in own])
def test_the_mode_of_a_message(message: str, mode: Mode) -> None:
    assert chosen(message).mode is mode


@pytest.mark.parametrize(
    ("message", "subject"),
    [
        ("احكيلي على المكتبة العامة، عندي بحث", ["المكتبه", "العامه"]),
        ("خاوتي وش قصة الجسر القديم", ["الجسر", "القديم"]),
        ("ما الجديد في قضية الجسر؟", ["الجسر"]),
        ("سمعت إنو الجسر أغلق، صحيح؟", ["الجسر", "اغلق"]),
        ("شنو آخر الأخبار على السردين؟ غلا ولا رخص", ["السردين"]),
    ],
)
def test_the_subject_is_what_the_phrase_leaves(message: str, subject: list[str]) -> None:
    question = chosen(message).question
    assert question is not None
    assert [term.normal for term in question.terms] == subject


def test_each_english_and_french_phrase_tells_its_mode() -> None:
    lists = tomllib.loads((CONFIG / "modes.toml").read_text(encoding="utf-8"))
    subjects = {"english": "Adam left the library", "french": "Adam a quitté la bibliothèque"}
    phrases = [
        (mode, f"{' '.join(phrase)} {subject}")
        for mode, regions in lists.items()
        for region, subject in subjects.items()
        for phrase in phrase_list(regions[region])
    ]
    assert [message for mode, message in phrases if chosen(message).mode != mode] == []


def test_a_follow_up_asks_for_a_fact() -> None:
    message = analyse_message("وهل بلغت كلفتها 15 مليونا؟", QUESTIONS)
    interpretation = interpret(message, "متى افتتحت المكتبة العامة؟", TOWN.index, QUESTIONS)
    assert interpretation.completed_from is not None
    assert choose_mode(interpretation, QUESTIONS) == interpretation
