"""Messages that are no questions, in several spellings and dialects, and the reason that each gets."""

import pytest

from bot.answering import MOST_CHARACTERS, Reason
from bot.answering.question import clean
from tests.answering.coverage import ANSWERER, answered, refused

MESSAGES = {
    Reason.GREETING: [
        "السلام عليكم",
        "السَّلامُ عَلَيْكُمْ ورحمة الله وبركاته",
        "مرحبا",
        "مرحبـــا!!",
        "اهلا وسهلا 👋",
        "صباح الخير يا بوت",
        "شلونك",
        "ازيك عامل ايه",
        "كيف حالك؟",
        "**هاي**",
        "Hello",
        "good morning!",
        "<@1234567890> مرحبا",
    ],
    Reason.THANKS: [
        "شكرا",
        "شُكْرًا جزيلًا",
        "مشكورين",
        "يعطيك العافية",
        "تسلم",
        "جزاك الله خيرا",
        "thank you",
        "Thx 🙏",
        "merci",
        "||شكرا||",
    ],
    Reason.IDENTITY: [
        "من أنت؟",
        "مَن أنتَ",
        "انت مين؟",
        "who are you?",
        "انت بوت ولا انسان",
        "t'es un robot ?",
        "شنو اسمك",
    ],
    Reason.MAKER: ["من صنعك؟", "شكون عملك", "مين اللي برمجك يا بوت", "منو سواك", "who made you?", "qui t'a créé ?"],
    Reason.HELP: [
        "ماذا تعرف؟",
        "help",
        "مساعدة",
        "عن ماذا يمكنني أن أسأل؟",
        "شنو تعرف تعمل انتي",
        "وش تقدر تسوي",
        "شو فيك تعمل؟",
    ],
    Reason.FAREWELL: ["مع السلامة", "تصبحون على خير شباب", "باي باي", "bonne nuit", "بسلامة"],
    Reason.ACKNOWLEDGEMENT: ["👍👍 تمام", "أوكي", "فهمت", "واخا"],
    Reason.PRAISE: ["برافو عليك ❤️", "جواب رائع", "أحبك", "good bot"],
    Reason.COMPLAINT: ["غلط", "لا لا غلط مش هكا", "الجواب خطأ", "wrong answer"],
    Reason.INSULT: ["انت غبي", "انت غبي اوي ومش بتفهم حاجه", "stupid bot", "يا غبيييي"],
    Reason.TEST: ["تيست 123", "هل تسمعني؟", "تجربة", "test"],
    Reason.JOKE: ["قل نكتة", "هههههههه", "احكيلي نكتة"],
    Reason.EMPTY: [
        "",
        "   ",
        "\n\n\t",
        "\u200b\u200f\u202e\ufeff",
        "<@1234567890>",
        "<#55> <@&77>",
        "@everyone",
        "\x00\x07",
        "\ud800",
    ],
    Reason.ONE_WORD: [
        "مخطوطة",
        "مخطوطة؟",
        "بالانتير",
        "Palantir",
        "2026",
        "٢٠٢٦",
        "> مخطوطة",
        "  مَخْطوطَة  ",
        "زقزوقة",
    ],
    Reason.TOO_LONG: [
        "متى افتتحت المكتبة؟ " * 40,
        "ا" * (MOST_CHARACTERS + 1),
        "هل " * 100_000,
        "السلام عليكم " * 100,
        "1" * 100_000,
    ],
    Reason.EMOJI_ONLY: ["😀", "😀 🎉 ❤", "👨‍👩‍👧‍👦", "👍🏽", "🇵🇸", "<:salam:123456789>", "<a:wave:123456789> 😀", "☺"],
    Reason.CODE_ONLY: ["`متى`", "```py\nprint('متى')\n```", "``x``", "```\nمفتوح", "`a` `b`", "`code` 😀"],
    Reason.LINK_ONLY: [
        "https://news.example/متى-افتتحت",
        "<https://news.example>",
        "www.example.org",
        "discord.gg/abc",
    ],
    Reason.NO_QUESTION: [
        "هذا في ذلك",
        "يعني لو سمحت",
        "دي اللي قالوها كمان",
        "of the in",
    ],
    Reason.INCOMPLETE: [
        "متى",
        "ليش؟",
        "ومتى؟",
        "شنو",
        "وينها؟",
        "متى كم أين؟",
        "هو مين ده؟",
        "شو هاد",
        "وش هذا",
        "ما هو",
        "كيف ولماذا؟",
        "هل هذا في ذلك",
        "شنو هاد",
        "وكم بلغت؟",
        "ومن وقعها؟",
        "طيب وكم عددهم؟",
        "شكرا، ومتى كان ذلك؟",
    ],
}


@pytest.mark.parametrize(
    ("message", "reason"),
    [(message, reason) for reason, messages in MESSAGES.items() for message in messages],
    ids=lambda value: value.value if isinstance(value, Reason) else ascii(value)[:40],
)
def test_the_reason(message: str, reason: Reason) -> None:
    outcome = refused(message)
    assert outcome.reason is reason
    assert outcome.question == message


@pytest.mark.parametrize("message", ["؟", "؟؟؟!!!", "...", "«»", "—", "،", "_ _", "***", "~~~~", "()", "ـ", "\u064b"])
def test_punctuation_alone_is_empty(message: str) -> None:
    assert refused(message).reason is Reason.EMPTY


def test_one_word_names_the_articles_that_have_it() -> None:
    assert [article.id for article in refused("مخطوطة").related] == ["library"]


def test_one_word_that_nobody_mentions_is_missing() -> None:
    outcome = refused("زقزوقة؟")
    assert (outcome.missing, outcome.related) == (("زقزوقة",), ())


@pytest.mark.parametrize(
    "question",
    [
        "السلام عليكم، متى افتتحت المكتبة العامة؟",
        "متى افتتحت المكتبة العامة؟ شكرا جزيلا",
        "**متى** افتتحت __المكتبة__ العامة؟",
        "> متى افتتحت المكتبة العامة؟",
        "<@1234567890> متى افتتحت المكتبة العامة؟ 😀",
        "@everyone متى افتتحت المكتبة العامة؟ @here",
        "متى افتتحت المكتبة العامة؟ https://news.example/library",
        "- متى افتتحت المكتبة العامة؟",
        "متى\nافتتحت\n\nالمكتبة\nالعامة؟",
        "\u202eمتى افتتحت المكتبة العامة؟\u202c",
        "متى افتتحت المكتبة العامة؟ `code`",
    ],
)
def test_a_question_with_trimmings_is_still_a_question(question: str) -> None:
    assert "8 مارس 2026" in answered(question).quotes[0].text


def test_a_question_just_short_enough_is_searched_for() -> None:
    question = "متى افتتحت المكتبة العامة؟"
    assert answered(question + " " + "؟" * (MOST_CHARACTERS - len(question) - 1)).quotes
    assert refused(question + " " + "؟" * (MOST_CHARACTERS - len(question))).reason is Reason.TOO_LONG


@pytest.mark.parametrize(
    ("message", "reply"),
    [
        ("السلام عليكم ورحمة الله", "وعليكم السلام ورحمة الله وبركاته"),
        ("صباح الخير يا جماعة", "صباح النور"),
        ("يعطيك الصحة، بارك الله فيك", "يعطيك الصحة"),
        ("تصبح على خير", "وأنت من أهل الخير"),
        ("من صنعك؟", None),
    ],
)
def test_a_courtesy_is_returned(message: str, reply: str | None) -> None:
    assert refused(message).courtesy_reply == reply


@pytest.mark.parametrize(
    ("message", "reason"),
    [
        ("شكرااااا", Reason.THANKS),
        ("مرحبااا يااا بوووت", Reason.GREETING),
        ("برافوووو", Reason.PRAISE),
        ("يعطيك العافيه", Reason.THANKS),
        ("ماذا تستتطيع أن تفعل", Reason.HELP),
    ],
)
def test_small_talk_may_be_drawn_out_or_mistyped(message: str, reason: Reason) -> None:
    assert refused(message).reason is reason


@pytest.mark.parametrize("message", ["من صنع الجسر القديم؟", "شكون عمل المكتبة العامة", "متى تفتح المكتبة يا بوت؟"])
def test_what_asks_of_the_coverage_is_no_small_talk(message: str) -> None:
    assert ANSWERER.analyse(message).reason is None


@pytest.mark.parametrize(
    "message", ["@Isnad متى افتتحت المكتبة؟", "@إسناد، متى افتتحت المكتبة؟", "متى افتتحت المكتبة؟ @isnad"]
)
def test_the_name_of_the_bot_typed_as_a_mention_is_no_part_of_the_question(message: str) -> None:
    assert clean(message).text == "متى افتتحت المكتبة؟"


@pytest.mark.parametrize(
    "message", ["من كتب @Isnad في الإعلان؟", "@Isnadi متى افتتحت المكتبة؟", "إسناد التهمة إلى من؟"]
)
def test_another_name_and_one_within_a_question_stay(message: str) -> None:
    assert clean(message).text == message
