import pytest

from bot.answering import Answer, Refusal
from bot.articles import Article
from bot.lab.evaluation.question_sets import Case, EvaluationSet
from tests.answering.ablation import NOTHING, PARTS, lines, measure
from tests.answering.coverage import ANSWERER, BRIDGE, FISHING, KNOWLEDGE, LIBRARY, TOWN, TRAINING, article, edition

FIRM = article("firm", "شركة المنارة", "قالت هدى البستاني، وهي مديرة شركة المنارة، إن المدير السابق بدأ لتنفيذ الخطة.")
DEAL = article("deal", "شراكة المطاحن", "أبرمت شركة المطاحن شراكة مع ميناء المنارة في مايو 2021.")
BUS = article(
    "bus",
    "حادث حافلة الوادي",
    "انقلبت حافلة الوادي على طريق الجبل بعد 12 دقيقة من انطلاقها، ونقل الركاب الجرحى إلى المستشفى.",
)
PHONE = article("phone", "هاتف نوفا الجديد", "يباع هاتف نوفا في أسواق المنارة منذ شهر، ويزن 180 غراما، وسعره معروف.")
TOLL = article(
    "toll",
    "رسوم الجسر",
    "أعلنت البلدية رسوم عبور الجسر الجديد، وقال التجار أمس إن السوق جمع للمحتاجين 40 دينارا.",
    "وسيدفع السائق 3 دنانير رسوم عبور الجسر الجديد كل يوم.",
)
MORE = (FIRM, DEAL, BUS, PHONE)

CLAIM = "هل صحيح أن حكومة فرنسا وقعت اتفاقا مع شركة مايكروسوفت لتدريب المعلمين؟"


@pytest.mark.parametrize(
    ("part", "message", "articles"),
    [
        ("courtesies taken off", "حلمت إني نايم وصحيت، متى افتتحت المكتبة العامة؟", ()),
        ("small talk", "شكراً جزيلاً", ()),
        ("dialect words", "وين يبيعو السردين؟", ()),
        ("thesaurus", "كم ثمن بناء المكتبة العامة؟", ()),
        ("kinds of answers", "ما الجديد في المكتبة العامة؟", ()),
        ("requirement: names", "متى افتتحت بلدية المنارة المكتبة العامة في المغرب؟", ()),
        ("requirement: values", "كم حافلة تعبر من نفق الميناء؟", ()),
        ("of values: what is counted", "كم راكبا أصيب حين انقلبت حافلة الوادي على طريق الجبل؟", MORE),
        ("of values: currency", "بكم يباع هاتف نوفا في أسواق المنارة؟", MORE),
        ("requirement: years", "كم قيمة اتفاق المغرب مع مايكروسوفت لتدريب المعلمين في مارس 2026؟", ()),
        ("requirement: asked names", "ما اسم سائق حافلة الوادي؟", MORE),
        ("requirement: opposites", "متى انتهت شراكة المطاحن مع ميناء المنارة؟", MORE),
        ("all requirements", "من مدير الجسر القديم؟", ()),
        ("fit of what is given", "بكم عبور الجسر الجديد؟", (TOLL,)),
        ("claims: names in another's place", CLAIM, ()),
        ("quotes filled up", "كم كتابا في المكتبة العامة؟", ()),
    ],
)
def test_a_part_that_is_switched_off_is_missed_and_comes_back(
    part: str, message: str, articles: tuple[Article, ...]
) -> None:
    coverage = edition(LIBRARY, BRIDGE, TRAINING, FISHING, *articles)
    whole = ANSWERER.answer(message, coverage)
    with PARTS[part].switched_off(KNOWLEDGE) as partial:
        assert partial.answer(message, coverage) != whole
    assert ANSWERER.answer(message, coverage) == whole


@pytest.mark.parametrize("part", PARTS)
def test_each_part_can_be_switched_off_where_a_word_is_unknown(part: str) -> None:
    with PARTS[part].switched_off(KNOWLEDGE) as partial:
        assert isinstance(partial.answer("متى افتتحت Zorbex المكتبة العامة؟", TOWN), Answer | Refusal)


def test_a_table_has_a_line_for_each_part_and_counts_what_changed() -> None:
    cases = (Case("متى افتتحت المكتبة العامة؟", "gold", ("8 مارس 2026",)), Case("من مدير الجسر القديم؟", "near", ()))
    asked = EvaluationSet("town", (LIBRARY,), cases)
    rows = dict(measure(asked, TOWN, KNOWLEDGE))
    assert list(rows) == list(PARTS)
    assert (rows[NOTHING]["right @1"], rows[NOTHING]["near"], rows[NOTHING]["changed"]) == ("1.00", "1.00", "0")
    assert rows["all requirements"]["near"] == ".00"
    table = list(lines(iter(rows.items())))
    assert len(table) == len(PARTS) + 2
    assert {line.count("|") for line in table} == {len(rows[NOTHING]) + 2}
