"""Messages of every kind with marks, joiners and tatweel anywhere: a mark may make a word that is none."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering import Refusal
from bot.chat.cards.answer_card import explanation_card, outcome_buttons, outcome_card
from bot.chat.cards.reading_cards import further_card
from bot.texts import Texts
from tests.answering.coverage import ANSWERER, BRIDGE, LIBRARY, TRAINING, edition
from tests.answering.hostility import PRESENTED
from tests.answering.promises import check
from tests.attacks.markup import check_card
from tests.chat.samples import ARABIC, ENGLISH, FRENCH
from tests.examples import examples

_DAYS = (date(2026, 3, 9), date(2026, 2, 1), date(2025, 6, 30))
COVERAGE = edition(*(replace(one, published=day) for one, day in zip((LIBRARY, BRIDGE, TRAINING), _DAYS, strict=True)))
MESSAGES = {
    "arabic": [
        "متى افتتحت بلدية المنارة المكتبة العامة؟",
        "كم بلغت كلفة البناء؟",
        "لماذا الدخول مجاني",
        "من هي مديرة المكتبة؟",
        "أين تعبر الحافلات؟ ولماذا أغلق الجسر القديم؟",
    ],
    "dialect": [
        "شحال تكلفات المكتبة",
        "إمتى اتفتحت المكتبة العامة يا باشا",
        "وين الجسر القديم وليش سكروه",
        "شكون افتتح المكتبة عافاك",
        "9addech kallfet el maktaba",
        "متزعلش مني هو الجسر اتقفل ليه",
    ],
    "other languages": [
        "what is this",
        "when did the library open in Manara?",
        "how much did the agreement with Microsoft cost",
        "quand la bibliothèque a-t-elle ouvert ?",
        "combien a coûté l'accord entre le Maroc et Microsoft",
        "¿cuándo abrió la biblioteca?",
        "شحال prix du pont القديم",
        "هل Microsoft وقعت accord مع المغرب",
    ],
    "small talk": [
        "مرحبا",
        "السلام عليكم ورحمة الله، كيف حالك",
        "شكرا جزيلا يا بوت",
        "ههههه والله قتلتني بالضحك",
        "who made you",
        "merci khouya",
        "انت مين اللي عاملك",
        "من فضلك، لو سمحت، عندي سؤال: متى افتتحت المكتبة؟ وشكرا مسبقا",
        "ربي يحفظكم قولوا لي وين الجسر",
    ],
    "modes": [
        "احكيلي على المكتبة العامة",
        "ما الجديد؟",
        "ما آخر أخبار الجسر القديم",
        "مقالات عن مايكروسوفت",
        "كيف تطورت قضية الجسر القديم",
        "هل صحيح أن كلفة البناء 20 مليون دينار؟",
        "ما هي شركة مايكروسوفت",
        "latest news about Microsoft",
    ],
    "quoted": [
        "«بلغت كلفة البناء 12 مليون دينار» هل هذا صحيح",
        '"وقعت حكومة المغرب في يونيو 2025 اتفاقا"',
        "> أغلقت وزارة النقل الجسر القديم\nصحيح؟",
        "قال “الدخول مجاني” من؟",
    ],
    "figures": [
        "هل بلغت القيمة 9 ملايين دولار",
        "ماذا حدث في 8 مارس 2026",
        "كم ٨٠٬٠٠٠ كتاب 1,234.5 و12%",
        "الاتفاق 3.5.2026 أم 2025-06-30؟",
        "أخبار شهر يونيو 2025",
        "قبل 3 أشهر في الساعة 10:30",
    ],
}
FOLLOW_UPS = [
    "ومتى؟",
    "المزيد",
    "كمل",
    "المصدر",
    "مصدرك؟",
    "وفي 2020؟",
    "ولماذا؟",
    "كيف تطورت؟",
    "وكلفتها؟",
    "وين هو",
    "and when?",
    "et pourquoi ?",
    "who is their director?",
    "والجسر",
    "لا",
]
# By what they are to the eye and to Unicode: letters that join, marks above letters, what nobody sees, signs.
JOINING = ["\u0640", "\u200c", "\u200d", "\u06e5", "\u06e6", "\u0674"]
ABOVE = [*map(chr, (*range(0x064B, 0x0656), 0x0615, 0x0670, 0x06D6, 0x06DF, 0x08F0, 0x0301, 0x0323, 0x20DD, 0x20E3))]
UNSEEN = [*"\u00ad\u034f\u061c\u200b\u200e\u200f\u202b\u202e\u2060\u2067\u2069\ufe0e\ufe0f\ufeff\U000e0041\U000e0100"]
SIGNS = [*"'’\"«»“؟،.%-_(٪0٣²ﷺﷲﻻﳲﹷ"]
MARKS = st.text(st.sampled_from([*JOINING * 5, *ABOVE * 2, *UNSEEN, *SIGNS]), min_size=1, max_size=3)
WITHIN, ALONE, INSTEAD = "within", "alone", "instead"
_CHANGES = st.lists(
    st.tuples(st.integers(0, 99), st.sampled_from([WITHIN, WITHIN, ALONE, ALONE, INSTEAD]), MARKS), max_size=5
)


def marked(message: str, changes: list[tuple[int, str, str]], *, is_presented: bool) -> str:
    """Put marks into words, between them and in their place."""
    words = (message.translate(PRESENTED) if is_presented else message).split(" ")
    for place, way, marks in changes:
        at = place % len(words)
        if way == INSTEAD:
            words[at] = marks
        elif way == ALONE:
            words.insert(at, marks)
        else:
            inside = place % (len(words[at]) + 1)
            words[at] = words[at][:inside] + marks + words[at][inside:]
    return " ".join(words)


def messages(alike: list[str]) -> st.SearchStrategy[str]:
    return st.builds(marked, st.sampled_from(alike), _CHANGES, is_presented=st.sampled_from([False, False, True]))


ANY_KIND = st.one_of([messages(kind) for kind in MESSAGES.values()])


def goes_all_the_way(message: str, texts: Texts, previous: str | None = None) -> None:
    """Answer a message and lay out its card, with what the buttons on it lead to."""
    outcome, has_more = ANSWERER.answer_with_more(ANSWERER.analyse(message), COVERAGE, previous)
    check(outcome, message, COVERAGE, previous or "")
    card = outcome_card(outcome, texts, COVERAGE.as_of, with_question=True)
    check_card(replace(card, rows=outcome_buttons(outcome, 1, texts, has_more=has_more)))
    if has_more:
        further = ANSWERER.further_quotes(message, COVERAGE, previous)
        check_card(further_card(message, previous, further, 0, texts))
    if isinstance(outcome, Refusal):
        check_card(explanation_card(ANSWERER.explain(message, COVERAGE, previous), texts))


@examples(250)
@given(ANY_KIND, messages(FOLLOW_UPS), st.sampled_from([ARABIC, ENGLISH, FRENCH]))
def test_a_marked_message_and_what_follows_it_are_met(message: str, follow_up: str, texts: Texts) -> None:
    goes_all_the_way(message, texts)
    goes_all_the_way(follow_up, texts, message)


@pytest.mark.parametrize("message", ["who made you", "thanks a lot", "متى افتتحت المكتبة العامة؟"])
@pytest.mark.parametrize("marks", [JOINING, ABOVE[:9], UNSEEN], ids=["joining", "above", "unseen"])
def test_a_mark_that_stands_alone_changes_nothing(marks: list[str], message: str) -> None:
    before, *others = message.split()
    plain = ANSWERER.answer(message, COVERAGE)
    for mark in marks:
        marked = ANSWERER.answer(" ".join([mark, before, mark, *others, mark]), COVERAGE)
        assert replace(marked, question=message) == plain, ascii(mark)
