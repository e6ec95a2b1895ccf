from datetime import UTC, date, datetime

import pytest

from bot.answering import Gap, Reason
from bot.articles.sources import SourceError
from bot.chat.news.news_cards import source_card, weekly_card
from bot.edition import FailingSource, StaleOutlet
from bot.records.news.week import ANSWERED, HELPFUL, REFUSED, Week
from bot.texts import Texts
from tests.chat.measures import lines, within_limits
from tests.chat.samples import ARABIC, ENGLISH

MONDAY = date(2026, 11, 16)
AT = datetime(2026, 11, 20, tzinfo=UTC)


def gap(topic: str, example: str, count: int = 3) -> Gap:
    return Gap(topic, Reason.OFF_TOPIC, count, (example,), AT)


def test_a_week_tells_questions_votes_gaps_answers_and_arrivals() -> None:
    week = Week(
        MONDAY,
        {ANSWERED: 12, REFUSED: 3, HELPFUL: 4},
        [("صحيفة الضفة", 5), (None, 2)],
        2,
        ["كم بلغت كلفة الترام؟"],
    )
    assert lines(weekly_card(week, [gap("متحف البحر", "متى افتتح متحف البحر؟")], ARABIC)) == [
        "الأسبوع من 16 نوفمبر 2026 إلى 22 نوفمبر 2026",
        "الأسئلة: 15. أُجيب عن 12، ولم يُجب عن 3.",
        "آراء الأعضاء: 👍 4 و👎 0",
        "**أكبر النواقص حتى الآن**",
        ARABIC("gaps.subject", count=3, subject="متحف البحر", example="متى افتتح متحف البحر؟"),
        "**رُفضت من قبل، وأُجيب عنها الآن**",
        "سؤالان وجدا جوابيهما في ما وصل.",
        "السؤال: «كم بلغت كلفة الترام؟»",
        "**المقالات الجديدة: 7**",
        "صحيفة الضفة: 5",
        "جهة لم تُذكر: 2",
    ]


def test_what_there_was_none_of_is_left_out() -> None:
    assert lines(weekly_card(Week(MONDAY, {ANSWERED: 1}), (), ENGLISH))[1:] == [
        "Questions: 1. Answered: 1. Refused: 0."
    ]


@pytest.mark.parametrize("texts", [ARABIC, ENGLISH], ids=["ar", "en"])
def test_the_longest_week_stays_within_the_limits(texts: Texts) -> None:
    long = "كلمة **طويلة** <@1> " * 60
    week = Week(MONDAY, {ANSWERED: 10**9, HELPFUL: 1}, [(long + str(n), 10**6) for n in range(30)], 999, [long] * 5)
    stale = [StaleOutlet(f"{number}{long}", MONDAY) for number in range(200)]
    assert within_limits(weekly_card(week, [gap(long, long, 999)] * 5, texts, stale))


@pytest.mark.parametrize("texts", [ARABIC, ENGLISH])
def test_answers_that_turned_out_to_be_none_are_counted_and_those_of_public_questions_named(texts: Texts) -> None:
    week = Week(MONDAY, reopened=2, reopened_questions=["من فاز بكأس المدينة؟"])
    assert not week.is_quiet
    shown = "\n".join(lines(weekly_card(week, [], texts)))
    assert f"**{texts('week.reopened')}**\n{texts('week.reopened_count', count=2)}\n" in shown
    assert "من فاز بكأس المدينة؟" in shown


@pytest.mark.parametrize("texts", [ARABIC, ENGLISH], ids=["ar", "en"])
@pytest.mark.parametrize("is_back", [False, True])
def test_as_many_sources_as_fail_are_named_as_fit(texts: Texts, is_back: bool) -> None:
    error = SourceError("source.status", url="u" * 5000, status="*" * 5000)
    sources = [FailingSource(f"https://news{number}.example/" + "s" * 5000, 1795000000, error) for number in range(200)]
    card = source_card(sources, texts, is_back=is_back)
    assert within_limits(card)
    assert "news0.example" in card.blocks[0]


def test_outlets_that_are_silent_are_news_of_a_week() -> None:
    shown = lines(weekly_card(Week(MONDAY), (), ARABIC, [StaleOutlet("صحيفة الضفة", date(2026, 10, 1))]))
    assert shown[2:] == [f"**{ARABIC('stale.title', count=1)}**", "آخر ما نشرته صحيفة الضفة: 1 أكتوبر 2026"]
