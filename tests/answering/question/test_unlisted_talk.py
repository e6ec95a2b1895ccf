"""Talk that no phrase of small talk foresees, and questions that speak to the bot as well."""

import pytest

from bot.answering import Answer, Reason, Refusal
from tests.answering.coverage import ANSWERER, LIBRARY, TOWN, article, edition, refused

TALK = {
    Reason.TALK: [
        "هههههه والله قتلتني بالضحك",
        "انت مخك تقيل اوي",
        "متزعلش مني يا صاحبي",
        "روح نام أحسن",
        "انتي عبد ولا ماكينة",
        "يا راجل ملا مصيبة عليك",
        "bruh you're trippin",
        "هههههه شنوة هالهبال",
    ],
    Reason.THANKS: [
        "ربي يخليك ويطول في عمرك وليدي",
        "الله يحفظك ويخليك لأهلك",
        "rabbi y5allik w ytawel 3omrek",
    ],
    Reason.MAKER: [
        "انت مين اللي عاملك يا عم",
        "شكون اللي مصممك انتي",
        "من الذي قام بتطويرك",
        "chkoun eli 3amlek",
        "who the hell made you",
    ],
    Reason.IDENTITY: ["وين ساكن انت", "انت عايش فين"],
    Reason.INSULT: ["تي برا عاد راك ما تفهم شي يا بهيم", "ترى انك غبي"],
}


@pytest.mark.parametrize("message", ["earthquake in turkey", "EARTHQUAKE IN TURKEY", "turkey earthquake news"])
def test_a_word_that_a_glossary_has_is_no_arabic_in_latin_letters(message: str) -> None:
    assert refused(message).reason is not Reason.TALK


@pytest.mark.parametrize(("reason", "message"), [(reason, one) for reason, all_ in TALK.items() for one in all_])
def test_talk_is_met_as_what_it_says(reason: Reason, message: str) -> None:
    assert refused(message).reason is reason


# Letters to Unicode, which a normal form leaves out: tatweel, small waw and yeh, high hamza.
@pytest.mark.parametrize("mark", ["\u0640", "\u06e5", "\u06e6", "\u0674"], ids=ascii)
@pytest.mark.parametrize("message", ["what is {} this", "who made {} you", "{} merci {} khouya"])
def test_a_mark_that_stands_alone_is_no_word_of_a_message(message: str, mark: str) -> None:
    plain, marked = refused(message.replace("{} ", "")), refused(message.format(mark, mark))
    assert (marked.reason, marked.missing) == (plain.reason, plain.missing)


@pytest.mark.parametrize(
    "message",
    [
        "عندك شي على المكتبة العامة",
        "قلي انت شكون افتتح المكتبة العامة",
        "يعيشك قداش كلفة المكتبة",
        "هههه شكون مديرة المكتبة هدى البستاني",
        "ربي يحفظكم متى افتتحت المكتبة",
        "حب الزيتون",
        "who made the bridge",
    ],
)
def test_a_question_about_the_news_is_no_talk(message: str) -> None:
    outcome = ANSWERER.answer(message, TOWN)
    assert isinstance(outcome, Answer) or outcome.reason in {Reason.UNSUPPORTED, Reason.OFF_TOPIC}


def test_a_name_that_the_edition_has_is_no_talk() -> None:
    message = "انت مع زقزوقة والله"
    assert refused(message).reason is Reason.TALK
    named = edition(LIBRARY, article("bird", "عصفور اسمه زقزوقة", "حط العصفور زقزوقة على سطح المكتبة صباح أمس."))
    outcome = ANSWERER.answer(message, named)
    assert not isinstance(outcome, Refusal) or outcome.reason is not Reason.TALK
