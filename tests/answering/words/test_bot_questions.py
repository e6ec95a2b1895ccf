"""What members say of an answer, and what they ask the bot itself, told from questions about the news."""

import pytest

from bot.answering import Reason, Refusal
from bot.texts import refusal_lines
from tests.answering.coverage import ANSWERER, TOWN
from tests.console.command_line import ARABIC


def reason(message: str) -> Reason | None:
    outcome = ANSWERER.answer(message, TOWN)
    return outcome.reason if isinstance(outcome, Refusal) else None


@pytest.mark.parametrize(
    "message",
    [
        "إجابتك يا صديقي غير صحيحة",
        "ردك ما له دخل بسؤالي",
        "مش عن هيك كان سؤالي",
        "جاوبتني بشي تاني",
        "ماشي هادا لي سولت عليه",
        "لم أطلب هذا بل سألت عن شيء آخر",
        "كل كلامك مو مضبوط",
        "you gave me a wrong answer",
        "ta réponse est vraiment fausse",
        "زهقتني يا بوت والله",
        "كل مرة أكتبلك تقولي ما لقيت شي",
        "البوت هذا كل شوي ويقولي ما عندي جواب",
        "كل سؤال تقلي مو موجود",
        "ردك قبل شوي ما نفعني",
    ],
)
def test_a_complaint_in_a_whole_sentence_is_one(message: str) -> None:
    assert reason(message) is Reason.COMPLAINT


@pytest.mark.parametrize(
    "message",
    ["هو حكينا هون بيتسجل عندك؟", "رسايلنا محفوظة عندكم؟", "الأسئلة بتتخزن ولا لا", "are our messages saved?"],
)
def test_whether_what_is_said_is_kept_is_asked_of_the_bot(message: str) -> None:
    assert reason(message) is Reason.PRIVACY


@pytest.mark.parametrize(
    ("message", "expected"),
    [
        ("هالبوت شنو يعرف يسوي بالضبط", Reason.HELP),
        ("البوت ده بيعمل ايه يا جماعة", Reason.HELP),
        ("منو مسوي هالبوت", Reason.MAKER),
        ("البوت ده تبع الحكومة؟", Reason.MAKER),
        ("هذا البوت يحفظ كلامنا؟", Reason.PRIVACY),
        ("what can this bot do", Reason.HELP),
        ("وين البوت ليش ما يرد", Reason.COMPLAINT),
        ("متى يغلق البوت قناة الوزارة؟", None),
        ("ليش الوزير يقول ما لقيت حلا للأزمة", None),
        ("البوت الصيني يتجسس على من؟", None),
        ("كم بوت تم حذفه في الانتخابات", None),
        ("المدرب بوت شنو قال", None),
    ],
)
def test_what_is_said_of_the_bot_to_others_is_said_to_it(message: str, expected: Reason | None) -> None:
    found = reason(message)
    assert found is expected if expected else found in {Reason.OFF_TOPIC, Reason.UNSUPPORTED, None}


@pytest.mark.parametrize("message", ["رسائل الوزير مسجلة عند الشرطة؟", "وين محفوظة مخطوطات المكتبة؟"])
def test_what_others_keep_is_asked_of_the_coverage(message: str) -> None:
    assert reason(message) is not Reason.PRIVACY


@pytest.mark.parametrize(
    ("message", "first", "second"),
    [
        ("منو صنعك؟ وتحفظ رسائلنا؟", Reason.MAKER, Reason.PRIVACY),
        ("شكون انت وتفهم الدارجة المغربية", Reason.IDENTITY, Reason.LANGUAGES),
        ("كم مقال عندك وتترجم؟", Reason.ARTICLES, Reason.TRANSLATION),
        ("who made you and what can you do?", Reason.MAKER, Reason.HELP),
    ],
)
def test_both_halves_of_what_is_asked_about_the_bot_are_answered(message: str, first: Reason, second: Reason) -> None:
    outcome = ANSWERER.answer(message, TOWN)
    assert isinstance(outcome, Refusal)
    assert (outcome.reason, outcome.also) == (first, second)
    said = list(refusal_lines(outcome, ARABIC, ", ".join))
    assert said[:2] == [ARABIC(f"refusal.{reason}") for reason in (first, second)]


@pytest.mark.parametrize("message", ["شكون انت ومتى افتتحت المكتبة العامة؟", "ما اسمك ومن أهدى المخطوطات؟"])
def test_a_question_about_the_news_beside_one_about_the_bot_is_no_second_one(message: str) -> None:
    outcome = ANSWERER.answer(message, TOWN)
    assert not isinstance(outcome, Refusal) or outcome.also is None


@pytest.mark.parametrize(
    ("message", "asked"),
    [
        ("هل أثق بجوابك؟", Reason.SOURCES),
        ("كيفاش تخدم انتي", Reason.HELP),
        ("شلون نستعملك", Reason.HELP),
        ("هلا بوت ايش تقدر تقدم لنا بالضبط", Reason.HELP),
        ("نفعتني كثير والله", Reason.THANKS),
        ("تفهم السودانية؟", Reason.LANGUAGES),
        ("tu comprends le dialecte algérien ?", Reason.LANGUAGES),
    ],
)
def test_a_question_about_the_bot_is_answered_as_one(message: str, asked: Reason) -> None:
    assert reason(message) is asked


@pytest.mark.parametrize(
    "message",
    [
        "من رد على سؤال النائبة عن المكتبة؟",
        "ما جاوب رئيس البلدية على سؤال المكتبة ليش",
        "شكوى ضد بلدية المنارة",
        "غلط الحكم في مباراة المنارة",
        "إجابة البلدية عن المكتبة خاطئة حسب من؟",
        "from whom did the mayor get a wrong answer?",
        "من مالك المكتبة التي استولى عليها الجيران؟",
        "شنو تقدر تعمل البلدية للمكتبة",
    ],
)
def test_a_question_about_a_complaint_is_a_question(message: str) -> None:
    assert reason(message) in {None, Reason.UNSUPPORTED, Reason.OFF_TOPIC}
