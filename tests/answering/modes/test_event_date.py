"""The date of the event that a sentence tells of, and dates in it that are of something else."""

from datetime import date

import pytest

from bot.answering import Answer, Statement
from bot.answering.modes.event_date import event_date
from tests.answering.coverage import FISHING, KNOWLEDGE, ORCHARD, TRAINING, edition
from tests.answering.modes.kept_answer import answer
from tests.answering.modes.test_timeline import told

PUBLISHED = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("تأسست جمعية الجسر القديم عام 1998 في بيت صغير قرب الميناء.", "1998"),
        ("وقّعت البلدية عقد ترميم الجسر في يناير/كانون الثاني 2024 مع شركة محلية.", "2024-01"),
        ("أغلقت وزارة النقل الجسر القديم يوم 12 يناير 2026 أمام السيارات.", "2026-01-12"),
        ("في 3 مايو 2010 انهار جزء من الجسر في النهر.", "2010-05-03"),
        ("وكان المهندس قد رسم الجسر سنة 1931 لأول مرة.", "1931"),
    ],
)
def test_a_sentence_dates_what_it_tells(sentence: str, expected: str) -> None:
    assert event_date(sentence, PUBLISHED, KNOWLEDGE.lexicon) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        # Of a clause, of another's words, of an anniversary, a law, a season.
        "فُتح الجسر القديم أمام المارة بعد أن أُغلق في 12 يناير 2026 لأعمال الصيانة.",
        "زار الوزير الجسر الذي بني عام 1931 قرب الميناء.",
        "قالت المهندسة إن العمل بدأ عام 2024 في الضفة الأخرى.",
        "وتجمع الأهالي في الذكرى العاشرة لفيضان 3 مايو 2010 قرب النهر.",
        "صادق المجلس على ميزانية 2025 في جلسة طويلة.",
        # Of today, of two dates, of none with a year, of a day to come.
        "قررت البلدية اليوم الاثنين 2 مارس 2025 ترميم الجسر.",
        "عمل المهندس هناك من عام 2001 إلى عام 2009 دون انقطاع.",
        "أغلقت الوزارة الجسر يوم 12 يناير أمام السيارات.",
        "تُفتتح الطريق الجديدة في 20 مارس 2026 قرب الجسر.",
        "يبلغ طول الجسر 2003 أمتار في قياس الهيئة.",
        "بلغ عدد العمال هذا العام 122 عاملا في الورشة.",
        "قررت البلدية ترميم الجسر القديم.",
    ],
)
def test_in_doubt_there_is_none(sentence: str) -> None:
    assert event_date(sentence, PUBLISHED, KNOWLEDGE.lexicon) is None


FOUNDED = "بُني الجسر القديم عام 1931 من حجارة الوادي. واتسع الجسر القديم للعربات في مايو 1960 بعد ترميم طويل."
CLOSED = "أغلقت وزارة النقل الجسر القديم أمام السيارات والحافلات ثلاثة أشهر لأعمال الصيانة."


@pytest.mark.parametrize("published", [PUBLISHED, None])
def test_a_story_goes_by_the_dates_of_its_events(published: date | None) -> None:
    history = told("history", published, "تاريخ الجسر القديم", FOUNDED)
    closed = told("closed", date(2025, 6, 1), "إغلاق الجسر القديم", CLOSED)
    outcome = answer("كيف تطورت قضية الجسر القديم؟", edition(closed, history, FISHING, ORCHARD, TRAINING))
    assert isinstance(outcome, Answer)
    assert outcome.statement is Statement.TIMELINE
    assert [quote.event_date for quote in outcome.quotes] == ["1931", "1960-05", None]
    assert [quote.dated for quote in outcome.quotes] == ["1931", "1960-05", "2025-06-01"]
    assert outcome.articles == ()
