"""Timelines: which sentences tell a subject's story, in which order, each once; what is said of no story."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering import Answer, Mode, Reason, Refusal, Statement
from bot.answering.modes.timeline import MOST_ENTRIES
from bot.articles import Article
from bot.edition import Edition
from bot.retrieval import Scope
from tests.answering.coverage import ANSWERER, FISHING, LIBRARY, ORCHARD, TOWN, TRAINING, article, edition
from tests.answering.drawing import EDITION
from tests.answering.modes.kept_answer import answer
from tests.answering.promises import check
from tests.examples import examples

JANUARY, MONDAY, FRIDAY, MARCH = date(2026, 1, 5), date(2026, 1, 12), date(2026, 1, 16), date(2026, 3, 2)
ASKED = "كيف تطورت قضية الجسر القديم؟"


def told(name: str, day: date | None, title: str, *paragraphs: str, outlet: str | None = None) -> Article:
    return replace(article(name, title, *paragraphs), published=day, outlet=outlet)


CRACKS = told(
    "cracks",
    JANUARY,
    "تشققات في الجسر القديم",
    "ظهرت تشققات في أعمدة الجسر القديم فوق نهر الزرقاء صباح الاثنين.",
    outlet="صحيفة الضفة",
)
FEARS = told(
    "fears",
    JANUARY,
    "الصيادون ومصير الجسر القديم",
    "يخشى صيادو الميناء أن يطول الطريق إلى السوق إن مُنع المرور على الجسر القديم.",
    outlet="إذاعة الساحل",
)
CLOSED = told(
    "closed",
    MONDAY,
    "إغلاق الجسر القديم",
    "أغلقت وزارة النقل الجسر القديم أمام السيارات والحافلات ثلاثة أشهر لأعمال الصيانة.",
    outlet="صحيفة الضفة",
)
COPY = replace(CLOSED, id="copy", published=FRIDAY, outlet="إذاعة الساحل")
OPENED = told(
    "opened",
    MARCH,
    "الجسر القديم مفتوح من جديد",
    "فُتح الجسر القديم أمام المارة بعد أن أُغلق في 12 يناير 2026 لأعمال الصيانة.",
)
MENTION = told(
    "mention",
    MARCH,
    "معرض للزهور في حديقة البلدية",
    "افتتح معرض الزهور السنوي في حديقة البلدية بحضور مئات من الزوار والأطفال والطلبة قرب الجسر القديم.",
)
HISTORY = told("history", None, "تاريخ الجسر القديم", "بنى أهل المدينة الجسر القديم من حجارة الوادي قبل قرنين كاملين.")
STORY = edition(OPENED, COPY, MENTION, CLOSED, FEARS, HISTORY, CRACKS, LIBRARY, FISHING, ORCHARD, TRAINING)


def quoted(outcome: Answer) -> list[str]:
    return [quote.article.id for quote in outcome.quotes]


@pytest.mark.parametrize(
    "message",
    [
        ASKED,
        "تسلسل أحداث الجسر القديم",
        "شلون تطورت سالفة الجسر القديم",
        "الجسر القديم من البداية إلى الآن",
        "timeline of الجسر القديم",
    ],
)
def test_a_story_is_told_from_its_first_day_to_its_last(message: str) -> None:
    outcome = answer(message, STORY)
    assert (outcome.mode, outcome.statement, outcome.is_timeline) == (Mode.TIMELINE, Statement.TIMELINE, True)
    assert [quote.article.published for quote in outcome.quotes] == [JANUARY, JANUARY, MONDAY, MARCH]
    assert {*quoted(outcome)} == {"cracks", "fears", "closed", "opened"}
    assert (outcome.shown_quotes, outcome.found) == (outcome.quotes, 4)


def test_a_copy_is_told_once_with_the_day_of_the_first_and_named_as_another_source() -> None:
    closed = next(quote for quote in answer(ASKED, STORY).quotes if quote.article.id == "closed")
    assert [other.article.id for other in closed.other_sources] == ["copy"]


def test_a_day_has_a_second_side_where_that_says_something_else() -> None:
    words = "قالت البلدية إن تشققات ظهرت في أعمدة الجسر القديم فوق نهر الزرقاء صباح الاثنين."
    again = told("again", JANUARY, "الجسر القديم", words)
    outcome = answer(ASKED, edition(CRACKS, again, CLOSED, FISHING, ORCHARD, TRAINING))
    assert quoted(outcome) in (["cracks", "closed"], ["again", "closed"])


def test_an_article_that_only_mentions_the_subject_tells_nothing_of_it() -> None:
    assert "mention" not in quoted(answer(ASKED, STORY))


def test_a_sentence_without_the_subject_is_not_quoted_under_its_title() -> None:
    title = told("title", FRIDAY, "وزير النقل والجسر القديم", "زار الوزير المدرسة وتحدث إلى تلاميذها عن عطلة الربيع.")
    assert "title" not in quoted(answer(ASKED, edition(CRACKS, CLOSED, title, FISHING, ORCHARD, TRAINING)))


def test_of_a_subject_of_few_words_none_is_missing() -> None:
    dismissed = told("dismissed", JANUARY, "إقالة الوزير سالم", "قررت الحكومة إقالة وزير النقل سالم الحداد صباح اليوم.")
    visited = told("visited", MONDAY, "الوزير سالم يزور القرى", "زار وزير النقل سالم الحداد قرى الوادي مع مرافقيه.")
    back = told("back", MARCH, "بعد إقالة الوزير سالم", "عاد الجدل حول إقالة وزير النقل سالم الحداد إلى البلدية.")
    outcome = answer("تسلسل إقالة الوزير سالم", edition(dismissed, visited, back, FISHING, ORCHARD))
    assert quoted(outcome) == ["dismissed", "back"]


def test_a_unit_of_a_sum_is_no_subject() -> None:
    fell = told("fell", JANUARY, "تراجع سعر الدولار", "تراجع سعر الدولار في السوق صباح اليوم إلى أدنى ما بلغه.")
    shoe = told("shoe", MONDAY, "حذاء بسعر 7 دولارات", "باع المصنع حذاء جديدا في السوق اليوم بسعر 7 دولارات لا أكثر.")
    rose = told("rose", MARCH, "ارتفاع سعر الدولار", "ارتفع سعر الدولار في السوق صباح اليوم بعد قرار البنك.")
    assert quoted(answer("كيف تطور سعر الدولار؟", edition(fell, shoe, rose, FISHING, ORCHARD))) == ["fell", "rose"]


def test_articles_without_a_day_are_named_apart() -> None:
    outcome = answer(ASKED, STORY)
    assert [one.id for one in outcome.unquoted_articles] == ["history"]


def test_full_dates_other_than_the_day_of_publication_are_marked() -> None:
    [marked] = [quote for quote in answer(ASKED, STORY).quotes if quote.highlights]
    assert marked.article.id == "opened"
    assert [marked.text[mark.start : mark.end] for mark in marked.highlights] == ["12 يناير 2026"]


def test_a_scope_bounds_the_story() -> None:
    assert quoted(answer(ASKED, STORY, Scope(since=MONDAY))) == ["closed", "opened"]
    assert quoted(answer(ASKED, STORY, Scope(outlet="صحيفة الضفة"))) == ["cracks", "closed"]
    refused = ANSWERER.answer(ASKED, STORY, scope=Scope(since=date(2027, 1, 1)))
    assert isinstance(refused, Refusal)
    assert refused.reason is Reason.OUT_OF_SCOPE


def test_of_one_day_there_is_no_timeline_but_what_was_published_then() -> None:
    outcome = answer("تسلسل أحداث الجسر القديم", edition(CRACKS, FEARS, FISHING, ORCHARD, TRAINING))
    assert (outcome.statement, outcome.day) == (Statement.ONE_DAY, JANUARY)
    assert {*quoted(outcome)} == {"cracks", "fears"}


def test_that_all_is_of_one_day_is_said_of_mentions_too() -> None:
    outcome = answer("تسلسل أحداث الجسر القديم", edition(CRACKS, FEARS, MENTION, FISHING, ORCHARD, TRAINING))
    assert outcome.statement is Statement.OVERVIEW


def test_a_sentence_that_announces_a_list_is_not_quoted() -> None:
    words = "أعلنت البلدية أسماء المهندسين الذين يعملون في صيانة الجسر القديم وهم:"
    names = told("names", FRIDAY, "مهندسو الجسر القديم", words, "سليم وهدى وياسر ونادر.")
    assert "names" not in quoted(answer(ASKED, edition(CRACKS, CLOSED, names, FISHING, ORCHARD, TRAINING)))


def test_without_days_there_is_an_overview() -> None:
    undated = (replace(one, published=None) for one in (CRACKS, CLOSED))
    outcome = answer("تسلسل أحداث الجسر القديم", edition(*undated, FISHING, ORCHARD, TRAINING))
    assert (outcome.mode, outcome.statement) == (Mode.TIMELINE, Statement.UNDATED)


@pytest.mark.parametrize("message", ["كيف تطورت قضية البراكين؟", "تسلسل أحداث البراكين"])
def test_what_the_coverage_lacks_is_refused_with_the_word(message: str) -> None:
    outcome = ANSWERER.answer(message, TOWN)
    assert isinstance(outcome, Refusal)
    assert "البراكين" in outcome.missing


def long_story(count: int) -> Edition:
    """Tell each day of a subject's story in words of its own."""
    letters = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"
    spelled = [(n % 28, n // 28 % 28, n * 7 % 28, n * 3 % 28) for n in range(count)]
    names = ["".join(letters[place] for place in places) for places in spelled]
    return edition(
        *(
            told(
                f"{number:03}",
                JANUARY + timedelta(number),
                f"الجسر القديم: {name}اد",
                f"وصل {name}ون إلى الجسر القديم حاملين {name}ات من قرية {name}ستان إلى سوق {name}وان.",
            )
            for number, name in enumerate(names)
        ),
        FISHING,
        ORCHARD,
    )


def test_of_a_longer_story_the_best_of_each_stretch_is_told_and_how_many_there_are() -> None:
    outcome = answer(ASKED, long_story(190))
    assert (outcome.statement, outcome.found, len(outcome.quotes)) == (Statement.TIMELINE_PART, 190, MOST_ENTRIES)
    assert (quoted(outcome)[0], quoted(outcome)[-1]) == ("000", "189")
    numbers = [int(name) for name in quoted(outcome)]
    assert max(other - one for one, other in pairwise(numbers)) <= 8


def test_what_one_search_does_not_find_is_found_in_parts_of_its_days() -> None:
    inside = Scope(since=JANUARY + timedelta(10), until=JANUARY + timedelta(160))
    outcome = answer(ASKED, long_story(190), inside)
    assert (outcome.found, quoted(outcome)[0], quoted(outcome)[-1]) == (151, "010", "160")


def test_beside_another_question_a_story_has_no_room() -> None:
    outcome = answer("كيف تطورت قضية الجسر القديم؟ وكم كتابا تضم المكتبة العامة؟", STORY)
    assert (outcome.is_timeline, outcome.statement, len(outcome.quotes) <= 3) == (False, Statement.MATTER, True)


@pytest.mark.parametrize("before", ["متى أغلق الجسر القديم؟", "ما آخر أخبار الجسر القديم؟", "الجسر القديم", ASKED])
@pytest.mark.parametrize("message", ["وكيف تطورت القضية؟", "كيف تطورت؟", "شلون تطورت الأحداث بعدها", "تسلسل الأحداث"])
def test_the_story_of_what_was_asked_about_before_is_told(message: str, before: str) -> None:
    outcome = ANSWERER.answer(message, STORY, before)
    check(outcome, message, STORY, before)
    assert isinstance(outcome, Answer)
    assert outcome.completed_from == before
    assert {*quoted(outcome)} == {"cracks", "fears", "closed", "opened"}


@pytest.mark.parametrize(
    "message", ["كيف تطورت القضية؟", "كيف تطورت الأزمة من البداية؟", "تسلسل الأحداث", "كيف تطور الوضع إلى الآن"]
)
def test_a_story_of_nothing_that_is_named_is_refused_as_incomplete(message: str) -> None:
    outcome = ANSWERER.answer(message, STORY)
    assert isinstance(outcome, Refusal)
    assert outcome.reason is Reason.INCOMPLETE


def test_more_is_asked_for_behind_a_story() -> None:
    assert isinstance(ANSWERER.answer("المزيد", STORY, ASKED), Answer | Refusal)


NEWS = [
    "ظهرت تشققات في أعمدة {subject} فوق نهر الزرقاء صباح الاثنين.",
    "أغلقت وزارة النقل {subject} أمام السيارات والحافلات ثلاثة أشهر كاملة.",
    "قال مدير الأشغال إن كلفة صيانة {subject} بلغت تسعة ملايين دينار. ولم يحدد موعدا.",
    "وقف الصيادون عند {subject} في 3 يناير 2024 يطلبون عودة الحافلات إلى السوق؟ ولم يجبهم أحد.",
    "زار وفد من المهندسين {subject} والتقط صورا لأعمدته الحجرية وسقفه.",
    "خرجت مراكب الصيد من الميناء قبل الفجر بعد أسبوعين من العواصف.",
]
DAY = st.none() | st.dates(date(2024, 1, 1), date(2024, 1, 6))
TOLD = st.lists(
    st.tuples(DAY, st.lists(st.sampled_from(NEWS), min_size=1, max_size=3), st.booleans()), min_size=4, max_size=12
)


@examples(80)
@given(TOLD)
def test_whatever_is_told_in_whatever_order_is_told_once_and_in_order(
    drawn: list[tuple[date | None, list[str], bool]],
) -> None:
    subject = "الجسر القديم"
    coverage = edition(
        *(
            told(
                f"{number}",
                day,
                subject if is_titled else "من أخبار المدينة",
                *(one.format(subject=subject) for one in news),
            )
            for number, (day, news, is_titled) in enumerate(drawn)
        ),
        ORCHARD,
        TRAINING,
    )
    outcome = ANSWERER.answer(ASKED, coverage)
    check(outcome, ASKED, coverage)
    assert ANSWERER.answer(ASKED, coverage) == outcome
    if isinstance(outcome, Answer) and outcome.is_timeline:
        assert all(subject in quote.text for quote in outcome.quotes)


@examples(40)
@given(EDITION, st.lists(st.none() | st.dates(date(2024, 1, 1), date(2024, 1, 9)), min_size=5, max_size=5))
def test_the_promises_of_quotes_are_kept(coverage: Edition, days: list[date | None]) -> None:
    dated = [replace(one, published=day) for one, day in zip(coverage.articles.values(), days, strict=False)]
    drawn = edition(*dated)
    for message in ("تسلسل أحداث المكتبة", "كيف تطورت قضية الجسور؟", "تسلسل البلدية من البداية إلى الآن"):
        outcome = ANSWERER.answer(message, drawn)
        check(outcome, message, drawn)
        assert ANSWERER.answer(message, drawn) == outcome
