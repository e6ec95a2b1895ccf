"""Messages at the edges: floods, the longest question, one word, names that an edition has."""

import pytest

from bot.answering import MOST_CHARACTERS, Answer, Reason
from bot.answering.question import analyse_message
from tests.answering.coverage import ANSWERER, LIBRARY, QUESTIONS, TOWN, answered, article, edition, refused
from tests.answering.question.readings import KINDS, rows

QUESTION = "متى افتتحت المكتبة العامة؟"


@pytest.mark.parametrize("kind", KINDS)
def test_a_refusal_returns_the_message_as_it_was_sent(kind: str) -> None:
    for row in rows(kind)[::8]:
        assert ANSWERER.answer(row["message"], TOWN).question == row["message"]


@pytest.mark.parametrize(
    "message",
    [
        "متى افتتحت المكتبة؟ " * 40,
        "ا" * (MOST_CHARACTERS + 1),
        "هل " * 100_000,
        "السلام عليكم " * 100,
        "1" * 100_000,
        "the " * 500,
    ],
    ids=lambda message: message[:12],
)
def test_a_flood_is_too_long(message: str) -> None:
    assert refused(message).reason is Reason.TOO_LONG


def test_a_question_just_short_enough_is_searched_for() -> None:
    assert answered(QUESTION + " " + "؟" * (MOST_CHARACTERS - len(QUESTION) - 1)).quotes
    assert refused(QUESTION + " " + "؟" * (MOST_CHARACTERS - len(QUESTION))).reason is Reason.TOO_LONG


def test_a_flood_of_ligatures_has_no_more_words_in_arabic_than_a_message() -> None:
    question = analyse_message("what is " + "\ufdfa" * 490, QUESTIONS).question
    assert question is not None
    assert len(question.words) <= MOST_CHARACTERS // 2


def test_one_word_names_the_articles_that_have_it() -> None:
    assert [article.id for article in refused("مخطوطة").related] == ["library"]


def test_one_word_that_nobody_mentions_is_missing() -> None:
    outcome = refused("زقزوقة؟")
    assert (outcome.missing, outcome.related) == (("زقزوقة",), ())


def test_a_name_that_the_edition_has_is_no_talk() -> None:
    message = "انت مع زقزوقة والله"
    assert refused(message).reason is Reason.TALK
    named = edition(LIBRARY, article("bird", "عصفور اسمه زقزوقة", "حط العصفور زقزوقة على سطح المكتبة صباح أمس."))
    outcome = ANSWERER.answer(message, named)
    assert isinstance(outcome, Answer) or outcome.reason is not Reason.TALK


# Letters to Unicode, which a normal form leaves out: tatweel, small waw and yeh, high hamza.
@pytest.mark.parametrize("mark", ["\u0640", "\u06e5", "\u06e6", "\u0674"], ids=ascii)
@pytest.mark.parametrize("message", ["what is {} this", "who made {} you", "{} merci {} khouya"])
def test_a_mark_that_stands_alone_is_no_word_of_a_message(message: str, mark: str) -> None:
    plain, marked = refused(message.replace("{} ", "")), refused(message.format(mark, mark))
    assert (marked.reason, marked.missing) == (plain.reason, plain.missing)


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        ("ميرسي ضحكتيني برافو", Reason.THANKS),
        ("برافو ضحكتيني ميرسي", Reason.PRAISE),
        ("والله كلامك ما فاد بشي", Reason.TALK),
    ],
)
def test_of_two_things_that_talk_says_as_often_the_first_counts_and_what_is_denied_gives_no_thanks(
    message: str, reason: Reason
) -> None:
    talk = analyse_message(message, QUESTIONS).talk
    assert talk is not None
    assert talk.reason is reason
