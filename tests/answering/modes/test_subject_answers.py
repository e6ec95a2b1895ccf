"""Definitions, overviews, the latest and lists: which articles are about a subject, in which order they are quoted."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given

from bot.answering import Answer, Mode, Refusal, Statement
from bot.articles import Article
from bot.edition import Edition
from bot.retrieval import Scope
from tests.answering.coverage import ANSWERER, BRIDGE, FISHING, LIBRARY, ORCHARD, TOWN, TRAINING, article, edition
from tests.answering.drawing import EDITION
from tests.answering.modes.kept_answer import answer
from tests.answering.promises import check
from tests.examples import examples

MENTION = article(
    "mention",
    "سكان المنارة يطلبون موقفا للسيارات",
    "قال السكان إن الطريق ضيقة ولا تكفي سيارات الحي، وطلبوا موقفا قرب السوق الكبير.",
    "وبعض زوار المكتبة العامة يأتون بالسيارات من القرى البعيدة.",
)
READERS = article(
    "readers",
    "المكتبة العامة تمدد ساعات القراءة",
    "تفتح المكتبة العامة أبوابها حتى منتصف الليل في موسم الامتحانات، كما أعلنت مديرتها للطلاب.",
)


def dated(one: Article, day: date) -> Article:
    return replace(one, published=day)


MARCH, MAY, DECEMBER = date(2025, 3, 9), date(2025, 5, 2), date(2025, 12, 1)
DATED = edition(
    dated(LIBRARY, MARCH), dated(READERS, MAY), dated(MENTION, DECEMBER), dated(FISHING, DECEMBER), BRIDGE, ORCHARD
)


def quoted(outcome: Answer) -> list[str]:
    return [quote.article.id for quote in outcome.quotes]


@pytest.mark.parametrize(
    "message", ["احكيلي على المكتبة العامة", "المكتبة العامة", "المكتبة", "شو قصة المكتبة العامة؟"]
)
def test_an_overview_begins_with_the_lead_of_the_article_that_is_about_it(message: str) -> None:
    outcome = answer(message, edition(MENTION, BRIDGE, LIBRARY, FISHING, ORCHARD))
    assert (outcome.mode, outcome.statement) == (Mode.OVERVIEW, Statement.OVERVIEW)
    first = outcome.quotes[0]
    assert (first.article.id, first.paragraph, first.start) == ("library", 0, 0)


def test_further_sides_come_from_other_articles() -> None:
    assert set(quoted(answer("احكيلي على المكتبة العامة", edition(LIBRARY, READERS, BRIDGE, ORCHARD)))) == {
        "library",
        "readers",
    }


@pytest.mark.parametrize("message", ["احكيلي على البراكين", "ما آخر الأخبار عن البراكين؟", "مقالات عن البراكين"])
def test_what_the_coverage_lacks_is_refused_with_the_word(message: str) -> None:
    outcome = ANSWERER.answer(message, TOWN)
    assert isinstance(outcome, Refusal)
    assert outcome.missing == ("البراكين",)


def test_a_name_of_which_a_part_is_missing_is_refused() -> None:
    assert isinstance(ANSWERER.answer("احكيلي على سليم البركاني", TOWN), Refusal)


def test_the_latest_is_the_newest_that_is_about_the_subject() -> None:
    outcome = answer("ما آخر الأخبار عن المكتبة العامة؟", DATED)
    assert quoted(outcome)[:2] == ["readers", "library"]
    assert (outcome.statement, outcome.day) == (Statement.LATEST_OLD, MAY)


def test_an_article_that_has_a_part_of_the_subject_in_its_title_is_not_about_it() -> None:
    told = article(
        "told", "رسائل", "وصلت الرسائل في موعدها إلى سكان الحي القديم كلهم.", "وأجرى نادر العوفي محاكمة للبحر."
    )
    other = dated(article("other", "محاكمة اللص", "بدأت صباح اليوم محاكمة اللص الذي سرق الحبال من الميناء."), MAY)
    outcome = answer("ما الجديد في محاكمة نادر العوفي؟", edition(dated(told, MARCH), other, BRIDGE, ORCHARD, FISHING))
    assert quoted(outcome) == ["told"]


def test_the_latest_is_old_only_beside_newer_articles() -> None:
    coverage = edition(dated(LIBRARY, MARCH), dated(READERS, MAY), BRIDGE, FISHING, ORCHARD)
    assert answer("ما الجديد في المكتبة العامة؟", coverage).statement is Statement.LATEST


def test_the_latest_of_a_subject_that_many_articles_are_about() -> None:
    many = [
        dated(
            article(f"old {day}", "المكتبة العامة", f"المكتبة العامة: المكتبة العامة، رسالة رقم {day}."),
            date(2020, 1, day),
        )
        for day in range(1, 29)
    ]
    new = dated(
        article("new", "زيارة إلى المكتبة", "زار تلاميذ القرى المكتبة العامة أمس مع معلميهم، وقرؤوا فيها حتى المساء."),
        MAY,
    )
    assert quoted(answer("ما آخر الأخبار عن المكتبة العامة؟", edition(*many, new, BRIDGE, ORCHARD)))[0] == "new"


def test_a_full_name_is_that_of_the_article_that_has_its_words_side_by_side() -> None:
    other = article("fans", "سليم يقود مناصرة الفريق", "قاد سليم حملة مناصرة لفريق المدينة. وجاء الحداد إلى الملعب.")
    named = article(
        "poet",
        "جائزة الشعر لابن المدينة",
        "منحت لجنة الجائزة جائزتها لشاعر من المدينة أمس.",
        "والفائز هو سليم الحداد الذي نشر ثلاث مجموعات.",
    )
    assert quoted(answer("سليم الحداد", edition(other, named, BRIDGE, FISHING, ORCHARD)))[0] == "poet"


@pytest.mark.parametrize(
    "message",
    [
        "جديد المكتبة العامة؟",
        "فيه جديد عن المكتبة العامة",
        "وين وصلت حكاية المكتبة العامة",
        "اش كاين جديد ف المكتبة العامة",
        "آخر شي نزل عن المكتبة العامة",
        "شو صار بالمكتبة العامة",
    ],
)
def test_the_latest_is_asked_for_in_all_dialects(message: str) -> None:
    outcome = answer(message, DATED)
    assert (outcome.mode, quoted(outcome)[0]) == (Mode.LATEST, "readers")


@pytest.mark.parametrize(
    "message",
    [
        "احكيولي شوية على المكتبة العامة",
        "داير كل شي عندكم عن المكتبة العامة",
        "شصار في المكتبة العامة، احكيلي الحكاية من اولها",
    ],
)
def test_an_overview_is_asked_for_in_all_dialects(message: str) -> None:
    assert answer(message).mode is Mode.OVERVIEW


def test_without_dates_the_latest_is_an_overview() -> None:
    outcome = answer("ما آخر الأخبار عن المكتبة العامة؟")
    assert (outcome.statement, outcome.day, quoted(outcome)[0]) == (Statement.OVERVIEW, None, "library")


def test_without_a_subject_the_newest_articles_are_quoted() -> None:
    outcome = answer("ما الجديد؟", DATED)
    assert (outcome.mode, outcome.statement, outcome.day) == (Mode.LATEST, Statement.NEWEST, DECEMBER)
    assert set(quoted(outcome)) == {"mention", "fishing", "readers"}
    assert answer("ما الجديد؟", DATED, Scope(until=MAY)).quotes[0].article.id == "readers"


def test_a_list_names_the_articles_about_a_subject() -> None:
    outcome = answer("مقالات عن المكتبة العامة", edition(LIBRARY, READERS, MENTION, BRIDGE, TRAINING))
    assert outcome.statement is Statement.LIST
    assert {one.id for one in outcome.articles} == {"library", "readers"}


@examples(60)
@given(EDITION)
def test_the_promises_of_quotes_are_kept(coverage: Edition) -> None:
    for message in ("المكتبة", "احكيلي على المكتبة العامة", "آخر أخبار المكتبة", "مقالات عن المكتبة", "ما الجديد؟"):
        check(ANSWERER.answer(message, coverage), message, coverage)


FIRM = article(
    "firm",
    "زهران: التأسيس والمقر",
    "تأسست شركة زهران في وهران عام 2003، وهي تصنع المراكب الشراعية للصيادين.",
    "قال خصوم شركة زهران إنها تبيع مراكبها للأجانب.",
)
PROFIT = article(
    "profit",
    "أرباح المراكب ترتفع",
    "ارتفعت أرباح المراكب هذا العام، وقالت شركة زهران إن شركة زهران ربحت كما ربحت شركة زهران من قبل.",
)
FOUNDER = article(
    "founder",
    "عن المراكب",
    "أبحر المركب الأول صباح الأحد. ورفض نادر العوفي أن يتحدث، ونادر العوفي قليل الكلام.",
    "كان نادر العوفي، أحد مؤسسي الميناء، يملك عشرة مراكب ورثها عن أبيه.",
)
MAKERS = edition(PROFIT, FIRM, FOUNDER, LIBRARY, BRIDGE, FISHING, ORCHARD)


@pytest.mark.parametrize(
    ("message", "place"),
    [("ما هي شركة زهران؟", ("firm", 0)), ("شنية شركة زهران", ("firm", 0)), ("من هو نادر العوفي؟", ("founder", 1))],
)
def test_the_introducing_passage_is_first(message: str, place: tuple[str, int]) -> None:
    outcome = ANSWERER.answer(message, MAKERS)
    assert isinstance(outcome, Answer)
    check(outcome, message, MAKERS)
    assert (outcome.mode, outcome.statement) == (Mode.DEFINITION, Statement.DEFINITION)
    assert (outcome.quotes[0].article.id, outcome.quotes[0].paragraph) == place
