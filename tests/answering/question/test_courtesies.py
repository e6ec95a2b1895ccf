"""Courtesies change nothing of a question, whichever are listed; quotations, names and numbers are never taken off."""

import re
import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.question import Question, analyse_message, interpret
from bot.arabic import normal_words
from bot.settings import CONFIG
from tests.answering.coverage import QUESTIONS, TOWN

BARE = [
    "متى افتتحت المكتبة العامة؟",
    "كم كلفة بناء المكتبة",
    "من أهدى المخطوطات النادرة؟",
    "شكون مديرة المكتبة",
    "ليش أغلقوا الجسر القديم؟",
    "ما قيمة اتفاق المغرب مع مايكروسوفت؟",
    "هل الدخول إلى المكتبة مجاني؟",
    "وين يباع السردين",
]
LISTS = tomllib.loads((CONFIG / "courtesies.toml").read_text(encoding="utf-8"))


def phrases(*kinds: str) -> dict[tuple[str, ...], str]:
    """Return the phrases of some kinds by their words, each letter that is repeated once."""
    listed = (phrase.strip() for kind in kinds for text in LISTS[kind].values() for phrase in re.split("[,\n]", text))
    words = {phrase: tuple(re.sub(r"([^\W\d_])\1+", r"\1", word) for word in normal_words(phrase)) for phrase in listed}
    # Arabizi writes digits into its words; joined from words they would stand apart.
    return {
        words: " ".join(phrase.split()) for phrase, words in words.items() if words and not re.search(r"\d", phrase)
    }


AROUND = ("greeting", "vocative", "hedge", "thanks", "prayer", "reason")
CAREFUL = phrases("careful").keys()
BEFORE = sorted(text for words, text in phrases(*AROUND, "connector", "request").items() if words not in CAREFUL)
BEHIND = sorted(text for words, text in phrases(*AROUND, "request_behind").items() if words not in CAREFUL)
COURTESIES = st.lists(st.sampled_from(BEFORE), max_size=3), st.lists(st.sampled_from(BEHIND), max_size=3)
NAMES = ["سليم الحداد", "غوغل", "NATO", "صباح فخري", "حزب الله", "Palantir", "بالانتير", "عبد الله"]


def understood(message: str) -> Question:
    question = interpret(analyse_message(message, QUESTIONS), None, TOWN.index, QUESTIONS).question
    assert question is not None
    return question


def asked(message: str) -> tuple[object, ...]:
    question = understood(message)
    terms, focus = ([term.normal for term in found] for found in (question.terms, question.focus))
    return terms, focus, question.answer_type, question.language


def polite(question: str, before: list[str], behind: list[str]) -> str:
    return "، ".join([*before, f"{question}، " + " ".join(behind)]).removesuffix("، ")


@given(st.sampled_from(BARE), *COURTESIES)
def test_every_listed_courtesy_is_taken_off(question: str, before: list[str], behind: list[str]) -> None:
    assert asked(polite(question, before, behind)) == asked(question)


@given(st.sampled_from(NAMES), st.sampled_from(BEHIND), st.integers(2, 10**6), *COURTESIES)
def test_a_quotation_a_name_and_a_number_are_never_taken_off(
    name: str, quotation: str, number: int, before: list[str], behind: list[str]
) -> None:
    text = understood(polite(f"متى قال {name} «{quotation}» إن العدد {number}؟", before, behind)).text
    assert all(part in text for part in (name, f"«{quotation}»", str(number)))


@pytest.mark.slow
def test_each_listed_courtesy_is_taken_off_by_itself() -> None:
    def core(message: str) -> str | None:
        question = analyse_message(message, QUESTIONS).question
        return question.text if question else None

    kept = [text for text in BEFORE if core(f"{text}، {BARE[0]}") != BARE[0]]
    kept += [text for text in BEHIND if core(f"{BARE[0]} {text}") != BARE[0]]
    assert kept == []


@pytest.mark.parametrize(
    ("message", "core"),
    [
        ("متى بربي افتتحت المكتبة العامة", "متى افتتحت المكتبة العامة"),
        ("كم كلفة ياخي بناء المكتبة", "كم كلفة بناء المكتبة"),
        ("مكتبة المنارة في 2017، دخيلك متى افتتحت؟", "مكتبة المنارة في 2017، متى افتتحت؟"),
        ("يارفاق متى افتتحت المكتبة", "يارفاق متى افتتحت المكتبة"),
        ("ياصحابي متى افتتحت المكتبة", "متى افتتحت المكتبة"),
        ("متى افتتحت المكتبة، ما معنى «بربي»؟", "متى افتتحت المكتبة، ما معنى «بربي»؟"),
        ("كم كلفة بناء المكتبة، إذا ماعليكم أمر", "كم كلفة بناء المكتبة"),
        ("متى افتتحت المكتبة، لو ما عليكن أمر", "متى افتتحت المكتبة"),
        ("معليش سؤال قصير المكتبة العامة متى افتتحت", "المكتبة العامة متى افتتحت"),
        ("بسألكم سؤال كم دفعوا من المال للمكتبة", "كم دفعوا من المال للمكتبة"),
        ("سؤال عن عمر المكتبة العامة", "سؤال عن عمر المكتبة العامة"),
        ("ممكن سؤال يا شباب؟ متى افتتحت المكتبة", "متى افتتحت المكتبة"),
        ("يا جماعة المدرسة العامة متى افتتحت", "المدرسة العامة متى افتتحت"),
        ("ربي يهنيك شكون مديرة المكتبة", "شكون مديرة المكتبة"),
        ("كم واحد من الطلاب زار المكتبة العامة", "كم واحد من الطلاب زار المكتبة العامة"),
        ("متى افتتحت المكتبة العامة منو يجاوبني", "متى افتتحت المكتبة العامة"),
        ("wa9tech 7allou el maktaba ولكم مني جزيل الود", "وقتاش حلو المكتبه"),
        ("متى افتتحت المكتبة العامة؟ ضروري الليلة", "متى افتتحت المكتبة العامة؟"),
        ("متى افتتحت المكتبة العامة، وصاحبها كم دفع معليش", "متى افتتحت المكتبة العامة، وصاحبها كم دفع"),
    ],
)
def test_what_is_said_around_and_within_a_question_is_taken_off_and_nothing_else(message: str, core: str) -> None:
    assert analyse_message(message, QUESTIONS).text.text == core
