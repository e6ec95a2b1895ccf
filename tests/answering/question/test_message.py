"""Messages that are no questions, in several spellings and dialects, and the reason that each gets."""

import pytest

from bot.answering import MOST_CHARACTERS, Reason
from tests.answering.coverage import answered, refused

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
        "من أنت؟",
        "مَن أنتَ",
        "انت مين؟",
        "ماذا تعرف؟",
        "who are you?",
        "help",
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
