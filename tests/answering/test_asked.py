"""What a question asks for, on messages of the sets that it was worked with, and by rule."""

import json
from collections import defaultdict
from pathlib import Path

import pytest

from bot.answering import AskedKind
from bot.answering.asked import Asked
from bot.answering.question import analyse_message
from tests.answering.coverage import QUESTIONS

DATA = Path(__file__).resolve().parents[1] / "data"
# Of messages in Arabic letters.
LEAST = {"asked_news": 0.86, "asked_network": 0.86}
# What the writers of the sets and the bot may name either way: all answer to the same.
ALIKE = (
    {AskedKind.NAMED_THING, AskedKind.ORGANISATION, AskedKind.PLACE, AskedKind.LIST, AskedKind.WHAT_HAPPENED},
    {AskedKind.COUNT, AskedKind.SCORE},
    {AskedKind.YES_NO, AskedKind.ONE_OF_TWO},
)


def asked(message: str) -> Asked:
    question = analyse_message(message, QUESTIONS).question
    assert question is not None
    return question.asked_for


def is_right(message: str, wanted: AskedKind) -> bool:
    question = analyse_message(message, QUESTIONS).question
    kind = question.asked_for.kind if question else None
    return kind is wanted or any({kind, wanted} <= alike for alike in ALIKE)


@pytest.mark.parametrize("name", LEAST)
def test_the_kind_is_read_of_most_messages(name: str) -> None:
    lines = (DATA / name / "questions.jsonl").read_text(encoding="utf-8").splitlines()
    records = [record for record in map(json.loads, lines) if record["asked"] and record["kind"] in {"gold", "near"}]
    right = defaultdict[str, list[bool]](list)
    for record in records:
        right[record["lang"]].append(is_right(record["question"], AskedKind(record["asked"]["kind"])))
    assert sum(right["ar"]) / len(right["ar"]) >= LEAST[name]


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("قداش الوزن متاع الفيل؟", AskedKind.WEIGHT),
        ("كم مرة أغلقوا الجسر؟", AskedKind.TIMES),
        ("قداش من مرة ربحوا الماتش", AskedKind.TIMES),
        ("شحال من خطرة تسد الجسر", AskedKind.TIMES),
        ("عدد المرات اللي أغلق فيها الجسر", AskedKind.TIMES),
        ("how many times was the bridge closed?", AskedKind.TIMES),
        ("كم قتيلا سقط لأول مرة هناك؟", AskedKind.COUNT),
        ("گداش من واحد جرح في الجسر", AskedKind.COUNT),
        ("ڨديش سعر الكتاب", AskedKind.MONEY),
        ("وكتاش يفتح الجسر", AskedKind.DATE),
        ("وينتى يفتح الجسر", AskedKind.DATE),
        ("وينهي المكتبة الجديدة", AskedKind.PLACE),
        ("منهي اللي أهدت المخطوطات", AskedKind.PERSON),
        ("اشكثر كتاب في المكتبة", AskedKind.COUNT),
        ("كم طول الجسر الجديد؟", AskedKind.LENGTH),
        ("مساحة الحديقة كم؟", AskedKind.AREA),
        ("كم متر مربع حديقة البلدية؟", AskedKind.AREA),
        ("كم بلغت درجة الحرارة في المدينة؟", AskedKind.TEMPERATURE),
        ("كم كانت درجة الحرارة يوم 31 ماي؟", AskedKind.TEMPERATURE),
        ("درجة الحرارة كم وصلت يوم العاصفة؟", AskedKind.TEMPERATURE),
        ("قداش الفائض من البرتقال بالطن؟", AskedKind.WEIGHT),
        ("الحديقة قداش كبرها بالهكتار؟", AskedKind.AREA),
        ("شحال من عام حكموا على اللص؟", AskedKind.DURATION),
        ("كم كان عمرو؟", AskedKind.AGE),
        ("قداااش سوم الزيت في السوق؟", AskedKind.MONEY),
        ("شكد مساحة الحديقة بالمتر المربع", AskedKind.AREA),
        ("كم طنا من القمح اشترت قطر؟", AskedKind.WEIGHT),
        ("فريق المدينة طلع الكام في البطولة؟", AskedKind.RANK),
        ("شنو أسامي العمال اللي انقذوهم؟", AskedKind.LIST),
        ("ما القرى الثلاث التي غرقت؟", AskedKind.LIST),
        ("بماذا وصف الوزير الحريق؟", AskedKind.STATEMENT),
        ("شصار لسائق الحافلة؟", AskedKind.WHAT_HAPPENED),
        ("كلمة بردي معناها ايه؟", AskedKind.DEFINITION),
        ("رجعوا البحارة ولا لسه؟", AskedKind.YES_NO),
        ("how much did the mill pay for the bridge?", AskedKind.MONEY),
        ("how much does the new phone cost?", AskedKind.MONEY),
        ("قداش قعد الجسر مسكر؟", AskedKind.DURATION),
        ("كم سنة سجن حكموا على اللص؟", AskedKind.DURATION),
        ("كم سنة عمر السائق؟", AskedKind.AGE),
        ("المكتبة افتتحت الساعة كام؟", AskedKind.TIME_OF_DAY),
        ("مع قداش تفتح المكتبة؟", AskedKind.TIME_OF_DAY),
        ("متى افتتحت المكتبة؟", AskedKind.DATE),
        ("شقد غرموا السائق؟", AskedKind.MONEY),
        ("بقداش التذكرة؟", AskedKind.MONEY),
        ("كم سعر الهاتف؟", AskedKind.MONEY),
        ("كم سعر سهم شركة الوادي؟", AskedKind.MONEY),
        ("سعر السهم كم اليوم؟", AskedKind.MONEY),
        ("ثمن الأونصة كم كان يوم العاصفة؟", AskedKind.MONEY),
        ("والبرتقال بكام الكيلو؟", AskedKind.MONEY),
        ("بكم تنباع ساعة الجدار؟", AskedKind.MONEY),
        ("How much money did the mill raise?", AskedKind.MONEY),
        ("combien d'argent ont ils levé ?", AskedKind.MONEY),
        ("بكم هدفا فاز الفريق؟", AskedKind.COUNT),
        ("شحال د السوايع تخدم في النهار؟", AskedKind.DURATION),
        ("كم قنطار جمعوا من الزيتون؟", AskedKind.WEIGHT),
        ("الخبز بقى بكام دلوقتي؟", AskedKind.MONEY),
        ("ارتفع الخطر بنسبة كام حسب الدراسة؟", AskedKind.SHARE),
        ("نسبة النجاح كم السنة دي؟", AskedKind.SHARE),
        ("المدينة ترتيبها كم بالعالم بالنظافة؟", AskedKind.RANK),
        ("كم بالمئة من الطلاب نجحوا؟", AskedKind.SHARE),
        ("الانفلاسيون قداش ولات؟", AskedKind.SHARE),
        ("كم خلصت مباراة النجم؟", AskedKind.SCORE),
        ("قداش خلصت الشركة على الإعلان؟", AskedKind.MONEY),
        ("ما ترتيب المنتخب في المجموعة؟", AskedKind.RANK),
        ("شنوا النومرو متاع اللوحة؟", AskedKind.IDENTIFIER),
        ("كم قتيلا في الحادث؟", AskedKind.COUNT),
        ("كم واحد جرح في الحادث؟", AskedKind.COUNT),
        ("چم وحدة انجرحت بالسيارة مال البلدية؟", AskedKind.COUNT),
        ("كم من المال جمعوا؟", AskedKind.MONEY),
        ("ليش تسكر الجسر؟", AskedKind.REASON),
        ("وين صار الحادث؟", AskedKind.PLACE),
        ("شو اسم الشركة اللي بنت الجسر؟", AskedKind.ORGANISATION),
        ("شنو سمّاو السفينة؟", AskedKind.NAMED_THING),
        ("شسمه المدرب؟", AskedKind.PERSON),
        ("اشمعنى اختار المدرب التشكيلة دي", AskedKind.REASON),
        ("شن قال الوزير على الجسر؟", AskedKind.STATEMENT),
        ("شو صار بالجسر؟", AskedKind.WHAT_HAPPENED),
        ("بيجو ولا كيا كانت السيارة؟", AskedKind.ONE_OF_TWO),
        ("فتحو الجسر ولا لا؟", AskedKind.YES_NO),
    ],
)
def test_the_kind_is_told_by_the_words_around_the_question_word(message: str, kind: AskedKind) -> None:
    assert asked(message).kind is kind


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("ما شهرة المغني؟", AskedKind.DATE),
        ("ما مصادر تمويل المنظمة؟", AskedKind.MONEY),
        ("كم من بطولة فاز بها النادي؟", AskedKind.LENGTH),
        ("أين يقع مركز الأبحاث؟", AskedKind.RANK),
    ],
)
def test_what_only_looks_like_a_word_of_a_kind_is_none(message: str, kind: AskedKind) -> None:
    assert asked(message).kind is not kind


def test_an_amount_without_a_word_of_its_kind_is_not_sure() -> None:
    assert asked("قداش خذا اللاعب؟") == Asked(AskedKind.COUNT, is_sure=False)
    assert not asked("كم كيلو مشت القافلة؟").is_sure
    # «كفر» is a verb as well, but not behind «in».
    assert asked("السمك بقى بكام في كفر الزيت؟").is_sure


def test_a_counted_noun_is_told_by_its_place() -> None:
    found = asked("كم قتيلا في حادث الجسر؟")
    assert found == Asked(AskedKind.COUNT, 1)


@pytest.mark.parametrize(
    "message", ["كم آخر سعر للقمح؟", "شحال الدولار دابا؟", "ما أحدث رقم للضحايا؟", "Who is the mayor now?"]
)
def test_the_newest_is_asked_for(message: str) -> None:
    assert asked(message).is_newest


@pytest.mark.parametrize("message", ["كم سعر القمح في بلد آخر؟", "من افتتح المكتبة؟", "متى يفتح الباب الآخر؟"])
def test_another_one_is_not_the_newest(message: str) -> None:
    assert not asked(message).is_newest
