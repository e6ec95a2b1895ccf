"""What a claim affirms and a text denies, or the other way round; the particle of a question denies nothing."""

from functools import partial

import pytest

from bot.answering import Answer, Statement
from tests.answering.coverage import ANSWERER, article, edition
from tests.answering.modes import kept_answer

TRAIN = article(
    "train",
    "خروج قطار عن السكة",
    "خرج قطار البضائع عن السكة صباح اليوم. وأضاف المصدر أن الحادث لم يخلف أي أضرار بشرية.",
)
CONTRACT = article(
    "contract",
    "نادي المنارة والمدرب",
    "وقع نادي المنارة عقدا جديدا مع المدرب البرازيلي مساء الأحد.",
)
MATCH = article(
    "match",
    "مباراة ودية في الملعب البلدي",
    "فاز نادي المنارة على نادي الزرقاء بهدفين في مباراة ودية.",
)
PARTY = article("party", "حزب النخيل والحملة", "استنكر حزب النخيل حملة التشويه ضد رئيسه السابق.")
PRICES = article("prices", "أسعار الزيت", "ارتفعت أسعار زيت الزيتون في السوق المركزية هذا الموسم.")
MAYOR = article("mayor", "رئيس البلدية والاستقالة", "نفى رئيس بلدية الزرقاء استقالته من منصبه.")
COVERAGE = edition(TRAIN, CONTRACT, MATCH, PARTY, PRICES, MAYOR)


answer = partial(kept_answer.answer, coverage=COVERAGE)


@pytest.mark.parametrize(
    ("message", "asked", "found"),
    [
        ("هل صحيح أن حادث قطار البضائع خلف أضرارا بشرية؟", "خلف", "لم يخلف"),
        ("صحيح ان نادي المنارة لم يوقع عقدا جديدا مع المدرب البرازيلي؟", "لم يوقع", "وقع"),
        ("صحيح نادي المنارة ما وقعش عقد جديد مع المدرب البرازيلي؟", "ما وقعش", "وقع"),
        ("بيقولوا ان نادي المنارة مش وقع عقد جديد مع المدرب البرازيلي، الكلام ده صح؟", "مش وقع", "وقع"),
        ("صحيح نادي المنارة خسر مباراة ودية مع نادي الزرقاء؟", "خسر", "فاز"),
        ("هل صحيح أن حزب النخيل أشاد بحملة التشويه ضد رئيسه السابق؟", "أشاد", "استنكر"),
        ("صحيح أن أسعار زيت الزيتون انخفضت في السوق المركزية هذا الموسم؟", "انخفضت", "ارتفعت"),
        ("صحيح أن رئيس بلدية الزرقاء أعلن استقالته من منصبه؟", "استقالته", "نفى رئيس بلدية الزرقاء استقالته"),
    ],
)
def test_what_the_text_denies_is_said_with_its_words(message: str, asked: str, found: str) -> None:
    outcome = answer(message)
    assert outcome.statement is Statement.OTHERWISE
    assert [(one.asked, one.found) for one in outcome.differences] == [(asked, found)]


@pytest.mark.parametrize(
    "message",
    [
        "هل صحيح أن حادث قطار البضائع لم يخلف أضرارا بشرية؟",
        "نادي المنارة وقع عقدا جديدا مع المدرب البرازيلي، مش صحيح؟",
        "نادي المنارة وقع عقد جديد مع المدرب البرازيلي موش هكة؟",
        "صحيح نادي المنارة وقع عقد جديد مع المدرب البرازيلي ولا لا؟",
        "صحيح أن نادي الزرقاء خسر مباراة ودية مع نادي المنارة؟",
        "صحيح أن نادي المنارة لم يخسر مباراة ودية مع نادي الزرقاء؟",
        "صحيح أن نادي المنارة لعب ماتش ودي مع نادي الزرقاء؟",
        "صحيح نادي المنارة وقع والا ما وقع عقد جديد مع المدرب البرازيلي؟",
    ],
)
def test_what_says_the_same_or_asks_denies_nothing(message: str) -> None:
    outcome = answer(message)
    assert outcome.statement is not Statement.OTHERWISE
    assert outcome.differences == ()


def test_a_text_that_says_both_says_neither() -> None:
    coverage = edition(
        article(
            "both",
            "نادي المنارة والعقد",
            "وقع نادي المنارة عقدا جديدا مع الحارس. لم يوقع نادي المنارة عقدا جديدا مع المهاجم.",
        )
    )
    outcome = ANSWERER.answer("صحيح أن نادي المنارة لم يوقع عقدا جديدا؟", coverage)
    assert isinstance(outcome, Answer)
    assert outcome.differences == ()


def test_no_longer_denies_the_verb_and_not_who_does_it() -> None:
    coverage = edition(article("laws", "قوانين الصيد", "إن مجمل الدول، على غرار اليابان، لم تعد صياغة قوانين الصيد."))
    outcome = ANSWERER.answer("هل فعلا لم تعد اليابان صياغة قوانين الصيد؟", coverage)
    assert isinstance(outcome, Answer)
    assert outcome.differences == ()


@pytest.mark.parametrize(
    "told",
    [
        "رفض التاجر سليم الحداد التبرع لحملة النخيل هذا العام.",
        "امتنع التاجر سليم الحداد عن التبرع لحملة النخيل هذا العام.",
        "أحبطت البلدية محاولة التاجر سليم الحداد التبرع لحملة النخيل هذا العام.",
    ],
)
def test_what_was_refused_or_only_tried_is_never_the_same(told: str) -> None:
    coverage = edition(article("gift", "التاجر والحملة", told))
    outcome = ANSWERER.answer("صحيح أن التاجر سليم الحداد تبرع لحملة النخيل هذا العام؟", coverage)
    assert isinstance(outcome, Answer)
    assert outcome.statement is not Statement.SAME


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("التاجر والحملة", "لا صحة لما قيل عن أن التاجر سليم الحداد تبرع لحملة النخيل."),
        ("التاجر والحملة", "راجت شائعات عن أن التاجر سليم الحداد تبرع لحملة النخيل."),
        ("التاجر ينفي", "قال التاجر سليم الحداد إن خبر التبرع لحملة النخيل غريب."),
    ],
)
def test_what_a_text_or_its_title_denies_is_said_to_be_denied(title: str, told: str) -> None:
    outcome = ANSWERER.answer("صحيح أن التاجر سليم الحداد تبرع لحملة النخيل؟", edition(article("gift", title, told)))
    assert isinstance(outcome, Answer)
    assert (outcome.statement, outcome.differences) == (Statement.DENIED, ())
