from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.articles import Rejection, RejectionReason
from bot.articles.sources import SourceError, SourceProblem
from bot.chat.moderation.reload_cards import ReloadFailure
from bot.chat.moderation.status_card import BotStatus, status_card
from bot.edition import FailingSource, GateError, HeldBack, Hold, Resumed, Running, StaleOutlet
from bot.ops.search_watch import SearchState
from bot.records import Fault, RecordsState
from bot.records.member_rows import VoteTally
from bot.retrieval import SearchDeniedError
from bot.texts import Texts
from tests.chat.doubles import AT, FIGURES, edition, reloaded, rolled_back
from tests.chat.measures import lines, within_limits
from tests.chat.samples import ARABIC, ENGLISH, article

STATE = BotStatus("corpus/", timedelta(hours=51, minutes=3, seconds=9), 0.0421)


def test_status_shows_counts_time_and_fingerprint() -> None:
    shown = lines(status_card(edition(article()), STATE, ARABIC))
    for words in (
        "المصدر: \u2068corpus/\u2069",
        "منشور في 9 مارس 2026",
        "عدد المقالات: 1",
        "عدد الفقرات: 1",
        "24 نوفمبر 2026، الساعة 15:30",
        "صحيفة الضفة: 1",
        "مارس 2026: 1",
        "لغة لم تُذكر: 1",
        "يومان",
        "42",
    ):
        assert any(words in line for line in shown), words


@pytest.mark.parametrize(
    ("tally", "expected"),
    [
        (None, "آراء الأعضاء منذ بدء التشغيل: 👍 1 و👎 2"),
        (VoteTally(30, 7, 1795608000), "آراء الأعضاء منذ 25 نوفمبر 2026: 👍 30 و👎 7"),
        (VoteTally(0, 0, None), None),
    ],
)
def test_status_counts_the_votes_that_are_kept_or_else_those_of_this_process(
    tally: VoteTally | None, expected: str | None
) -> None:
    state = replace(STATE, votes={"helpful": 1, "unhelpful": 2}, tally=tally)
    told = [line for line in lines(status_card(edition(article()), state, ARABIC)) if "آراء" in line]
    assert told == ([expected] if expected else [])


def test_status_leaves_out_what_is_not_known() -> None:
    bare = BotStatus("corpus/", timedelta(0))
    shown = lines(status_card(edition(article(published=None, outlet=None)), bare, ARABIC))
    for words in ("زمن الوصول", "الذاكرة", "آخر تجديد", "بحسب الشهر", "بحسب جهة النشر", "أحدث ما فيها"):
        assert not any(words in line for line in shown), words


def test_status_counts_the_first_few_and_what_is_left() -> None:
    articles = [article(f"خبر {n}", outlet=f"صحيفة {n % 9}", published=date(2025, 1 + n % 8, 1)) for n in range(72)]
    shown = lines(status_card(edition(*articles), STATE, ARABIC))
    assert "أغسطس 2025: 9" in shown
    assert [line for line in shown if line.startswith("غير ذلك")] == ["غير ذلك: 32", "غير ذلك: 27"]


def test_status_tells_of_the_last_reload_of_what_failed_since_and_of_a_source_that_is_away() -> None:
    failure = ReloadFailure("تعذّر كل شيء.", None, datetime(2026, 11, 24, 17, 0, tzinfo=UTC))
    away = SourceError("source.busy", url="https://host.example/a.zip")
    state = replace(
        STATE,
        last=reloaded(by="<@7>"),
        failure=failure,
        source_error=away,
        memory={"anonymous": 3 << 20, "file": 5 << 20},
    )
    shown = "\n".join(lines(status_card(edition(article()), state, ARABIC)))
    for words in (
        "آخر تجديد: 24 نوفمبر 2026، الساعة 16:45 بتوقيت غرينتش، بأمر من \u2068<@7>\u2069",
        "الساعة 17:00 بتوقيت غرينتش، بأمر من البوت نفسه",
        "تعذّر كل شيء.",
        "لم تأتِ من المصدر نسخة جديدة",
        "يُسأل أكثر مما يحتمل",
        "3 للبرنامج، و5 لملفات",
    ):
        assert words in shown, words


@pytest.mark.parametrize("texts", [ARABIC, ENGLISH])
def test_status_tells_a_rollback_from_a_reload_and_what_it_holds_back(texts: Texts) -> None:
    state = replace(STATE, last=rolled_back(by="<@7>"), hold=Hold.STATE)
    shown = lines(status_card(edition(article()), state, texts))
    when = texts("status.moment", date=texts.day(date(2026, 11, 24)), time="16:45")
    place = shown.index(texts("status.rolled_back", when=when, who="\u2068<@7>\u2069"))
    assert shown[place + 2] == f"**{texts('rollback.held')}**"
    assert texts("status.last", when=when, who="\u2068<@7>\u2069") not in shown
    state = replace(STATE, last=HeldBack(serving=FIGURES, by=None))
    assert texts("reload.held_back") in lines(status_card(edition(article()), state, texts))
    state = replace(STATE, last=HeldBack(serving=FIGURES, by=None, hold=Hold.ALL), hold=Hold.ALL)
    assert lines(status_card(edition(article()), state, texts)).count(texts("rollback.held_all")) == 1
    # After a restart nothing else says so.
    state = replace(STATE, last=Resumed(serving=FIGURES, by=None, at=AT), hold=Hold.ALL)
    assert f"**{texts('rollback.held_all')}**" in lines(status_card(edition(article()), state, texts))


@pytest.mark.parametrize("texts", [ARABIC, ENGLISH])
def test_status_tells_a_start_that_kept_what_served_from_a_reload(texts: Texts) -> None:
    when = texts("status.moment", date=texts.day(date(2026, 11, 24)), time="16:45")
    gate = GateError("shrunk", before=900, after=12, percent=50)
    reason = texts("gate.shrunk", before=900, after=12, percent=50)
    kept = Resumed(serving=FIGURES, by=None, at=AT, failed_gate=gate)
    shown = lines(status_card(edition(article()), replace(STATE, last=kept), texts))
    place = shown.index(texts("status.resumed", when=when))
    assert shown[place + 1].startswith(texts("status.not_taken", reason=reason)[:60])
    assert texts("reload.unchanged") not in shown
    state = replace(STATE, last=replace(reloaded(), failed_gate=gate))
    taken = "\n".join(lines(status_card(edition(article()), state, texts)))
    assert texts("status.not_passed", reason="") in taken


@pytest.mark.parametrize("texts", [ARABIC, ENGLISH])
def test_status_says_of_what_another_process_did_that_it_did(texts: Texts) -> None:
    when = texts("status.moment", date=texts.day(date(2026, 11, 24)), time="16:45")
    who = texts("audit.elsewhere")
    for last, line in (
        (replace(reloaded(), is_followed=True), texts("status.last", when=when, who=who)),
        (replace(rolled_back(), is_followed=True), texts("status.rolled_back", when=when, who=who)),
        (Resumed(serving=FIGURES, by=None, at=AT, is_followed=True), texts("status.taken_over", when=when)),
    ):
        assert line in lines(status_card(edition(article()), replace(STATE, last=last), texts))


def test_status_tells_of_a_reload_under_way() -> None:
    running = Running("<@7>", datetime.now(UTC) - timedelta(minutes=2, seconds=1), "indexing", 30, 120)
    shown = lines(status_card(edition(article()), replace(STATE, running=running), ARABIC))
    begun = shown.index("تجري الآن إعادة بناء التغطية، بدأها \u2068<@7>\u2069، ومدّتها حتى الآن: دقيقتان")
    assert shown[begun + 1] == "وهي في هذه المرحلة: فهرسة المقالات، 25%"


def test_status_tells_of_a_reload_that_outlives_its_limit() -> None:
    running = Running(None, datetime.now(UTC) - timedelta(minutes=2), limit=80.0)
    shown = lines(status_card(edition(article()), replace(STATE, running=running), ARABIC))
    assert ARABIC("status.overdue") in shown
    running = replace(running, limit=300.0)
    assert ARABIC("status.overdue") not in lines(
        status_card(edition(article()), replace(STATE, running=running), ARABIC)
    )


@pytest.mark.parametrize("key", ["source.disk_full", "source.corrupt"])
def test_a_source_that_gave_nothing_new_is_not_said_to_be_away(key: str) -> None:
    shown = "\n".join(lines(status_card(edition(article()), replace(STATE, source_error=SourceError(key)), ARABIC)))
    assert f"السبب: {ARABIC(key)}" in shown
    assert "تعذّر الوصول" not in shown


@pytest.mark.parametrize("texts", [ARABIC, ENGLISH])
def test_status_names_what_could_not_be_had_and_why(texts: Texts) -> None:
    problem = SourceProblem(
        "https://a.example/feed", SourceError("source.busy", url="https://a.example/feed"), is_away=True
    )
    shown = "\n".join(lines(status_card(edition(article()), replace(STATE, problems=(problem,)), texts)))
    assert texts("reload.away", count=1) in shown
    assert shown.count("a.example/feed") == 1
    fine = "\n".join(lines(status_card(edition(article()), STATE, texts)))
    assert not any(texts(key, count=0) in fine for key in ("reload.away", "reload.problems"))


@pytest.mark.parametrize("texts", [ARABIC, ENGLISH])
def test_what_came_and_is_to_be_noted_is_not_said_to_be_away(texts: Texts) -> None:
    source = "https://a.example/feed"
    away = SourceProblem(source, SourceError("source.busy", url=source), is_away=True)
    moved = SourceProblem(source, SourceError("feed.moved", link=source, target="https://b.example/feed"))
    shown = "\n".join(lines(status_card(edition(article()), replace(STATE, problems=(moved,)), texts)))
    assert texts("reload.problems", count=1) in shown
    assert texts("reload.away", count=1) not in shown
    shown = "\n".join(lines(status_card(edition(article()), replace(STATE, problems=(moved, away)), texts)))
    assert shown.index(texts("reload.away", count=1)) < shown.index(texts("reload.problems", count=1))
    assert "b.example/feed" in shown.partition(texts("reload.problems", count=1))[2]


@pytest.mark.parametrize("texts", [ARABIC, ENGLISH])
def test_the_largest_status_fits(texts: Texts) -> None:
    rejections = tuple(Rejection("p" * 4000, reason, 3, "d" * 4000) for reason in RejectionReason)
    articles = [article(f"خبر {n}", outlet=f"{n} " + "صحيفة" * 90, published=date(2000 + n, 11, 1)) for n in range(20)]
    away = SourceError("source.store", url="u" * 5000, words="*" * 5000)
    failure = ReloadFailure("و" * 900, "<@" + "9" * 19 + ">", datetime(2026, 11, 24, 17, 0, tzinfo=UTC))
    running = Running("<@" + "9" * 19 + ">", datetime(2026, 11, 24, tzinfo=UTC), "indexing", 1, 3)
    last = replace(reloaded(), serving=replace(FIGURES, version="v" * 999))
    state = BotStatus("s" * 5000, timedelta(1), 9.0, away, last, failure, running, {"file": 1 << 40})
    ill = [FailingSource("s" * 5000, 1795000000, away)] * 200
    stale = [StaleOutlet("صحيفة" * 90, date(2026, 10, 1))] * 200
    state = replace(state, problems=[SourceProblem("s" * 5000, away, is_away=True)] * 200, ill=ill, stale=stale)
    assert within_limits(status_card(edition(*articles, rejections=rejections), state, texts))


def test_status_tells_whether_the_records_are_there_what_waits_and_what_was_lost() -> None:
    def shown(state: RecordsState, texts: Texts = ARABIC) -> str:
        return "\n".join(lines(status_card(edition(article()), replace(STATE, records=state), texts)))

    fine = shown(RecordsState("SQLite", None, 0, 0))
    assert ARABIC("records.is_there", kind="\u2068SQLite\u2069") in fine
    assert "تغييرات" not in fine
    for fault in Fault:
        for texts in (ARABIC, ENGLISH):
            away = shown(RecordsState("PostgreSQL", fault, 7, 3, datetime(2026, 11, 24, 15, 30, tzinfo=UTC)), texts)
            assert texts(f"records.fault.{fault}") in away
            assert texts("records.waiting", count=7) in away
            assert texts("records.dropped", count=3) in away
    assert "كان ملفّ السجلات تالفاً (24 نوفمبر 2026، الساعة 15:30 بتوقيت غرينتش)" in shown(
        RecordsState("SQLite", None, 0, 0, datetime(2026, 11, 24, 15, 30, tzinfo=UTC))
    )


def test_a_builder_names_its_source_and_the_cluster_that_it_publishes_on() -> None:
    state = replace(STATE, cluster="https://search.example (news)")
    _, first, second, *_ = "\n".join(lines(status_card(edition(article()), state, ENGLISH))).splitlines()
    assert (first, second) == ("Source: corpus/", "Index: https\\://search.example (news)")


@pytest.mark.parametrize("texts", [ARABIC, ENGLISH])
def test_status_tells_why_questions_are_not_answered(texts: Texts) -> None:
    state = replace(STATE, search=SearchState(SearchDeniedError("401 of isnad"), AT, 0.0))
    shown = "\n".join(lines(status_card(edition(article()), state, texts)))
    assert texts("search.denied", cause="") in shown
    assert "401 of isnad" in shown
    assert f"{AT:%H:%M}" in shown


def test_status_names_sources_that_fail_for_long_and_outlets_that_are_silent() -> None:
    since = int(datetime(2026, 11, 23, 9, 5, tzinfo=UTC).timestamp())
    ill = [FailingSource("https://news.example/feed", since, SourceError("source.unreachable", url="feed"))]
    state = replace(STATE, ill=ill, stale=[StaleOutlet("صحيفة الضفة", date(2026, 10, 1))])
    shown = lines(status_card(edition(article()), state, ARABIC))
    assert f"**{ARABIC('alarm.ill', count=1)}**" in shown
    assert any("news.example/feed" in line and "23 نوفمبر 2026، الساعة 09:05" in line for line in shown)
    assert f"**{ARABIC('stale.title', count=1)}**" in shown
    assert any("صحيفة الضفة" in line and "1 أكتوبر 2026" in line for line in shown)
    bare = lines(status_card(edition(article()), STATE, ARABIC))
    assert not any(words in line for line in bare for words in ("لا يجيب", "عادتها"))
