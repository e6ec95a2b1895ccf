from datetime import UTC, date, datetime

import pytest

from bot.answering import Gap, Reason
from bot.chat.news.news_cards import weekly_card
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
    assert within_limits(weekly_card(week, [gap(long, long, 999)] * 5, texts))


@pytest.mark.parametrize("texts", [ARABIC, ENGLISH])
def test_answers_that_turned_out_to_be_none_are_counted_and_those_of_public_questions_named(texts: Texts) -> None:
    week = Week(MONDAY, reopened=2, reopened_questions=["من فاز بكأس المدينة؟"])
    assert not week.is_quiet
    shown = "\n".join(lines(weekly_card(week, [], texts)))
    assert f"**{texts('week.reopened')}**\n{texts('week.reopened_count', count=2)}\n" in shown
    assert "من فاز بكأس المدينة؟" in shown
