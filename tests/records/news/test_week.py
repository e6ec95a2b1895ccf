from collections.abc import Iterator
from datetime import UTC, date, datetime
from functools import partial

import pytest
from sqlalchemy import URL, insert

from bot.records.figures import add_to_figure
from bot.records.news.arrivals import CoverageChange, note_change
from bot.records.news.week import ANSWERED, HELPFUL, REFUSED, Week, claim_weekly_card, read_week, settle_weekly_card
from bot.records.tables import NOBODY, REFUSALS
from tests.records.stores import Store, arrival, open_store

MONDAY = date(2026, 11, 16)
WEDNESDAY = int(datetime(2026, 11, 18, 12, tzinfo=UTC).timestamp())
NOW, CLAIMED_FOR = WEDNESDAY + 600_000, 120


@pytest.fixture
def store(url: URL) -> Iterator[Store]:
    with open_store(url) as store:
        yield store


def refuse(store: Store, message: int, question: str, *, guild: int | None = 7, answered_at: int | None = None) -> None:
    row = {
        "asked_at": 1,
        "guild_id": guild,
        "channel_id": 2,
        "message_id": message,
        "member_id": NOBODY,
        "question": question,
        "scope": "",
        "reason": "unsupported",
        "missing": "[]",
        "answered_at": answered_at,
    }
    store(lambda one: one.execute(insert(REFUSALS), [row]))


def claim(store: Store, at: int) -> tuple[Week, int] | int | None:
    return store(lambda one: claim_weekly_card(one, MONDAY, at, CLAIMED_FOR))


def test_a_week_has_its_own_days(store: Store) -> None:
    for day in ("2026-11-15", "2026-11-16", "2026-11-22", "2026-11-23"):
        for name in (ANSWERED, HELPFUL, "news_channel:7"):
            store(partial(add_to_figure, name=name, day=day))
    store(lambda one: add_to_figure(one, REFUSED, "2026-11-20", 3))
    store(lambda one: note_change(one, CoverageChange(1, None, 0), WEDNESDAY))
    store(lambda one: note_change(one, CoverageChange(2, 1, 0, [arrival("a"), arrival("b")]), WEDNESDAY))
    week = store(lambda one: read_week(one, MONDAY))
    assert dict(week.figures) == {ANSWERED: 2, HELPFUL: 2, REFUSED: 3}
    assert week.outlets == [("صحيفة الضفة", 2)]
    assert (week.last, week.is_quiet) == (date(2026, 11, 22), False)


def test_what_found_its_answer_is_counted_and_only_public_words_are_read(store: Store) -> None:
    refuse(store, 1, "كم كلفة الترام؟", answered_at=WEDNESDAY)
    refuse(store, 2, "كم كلفة الترام؟", answered_at=WEDNESDAY)
    refuse(store, 3, "سؤال خاص", guild=None, answered_at=WEDNESDAY)
    refuse(store, 4, "بلا جواب")
    refuse(store, 5, "في أسبوع آخر", answered_at=WEDNESDAY + 7 * 86_400)
    week = store(lambda one: read_week(one, MONDAY))
    assert (week.found, list(week.questions)) == (3, ["كم كلفة الترام؟"])


def test_votes_that_were_changed_since_an_earlier_week_are_not_owed(store: Store) -> None:
    store(partial(add_to_figure, name=HELPFUL, day="2026-11-17", count=-1))
    assert dict(store(lambda one: read_week(one, MONDAY)).figures) == {HELPFUL: 0}


def test_a_week_without_anything_is_quiet(store: Store) -> None:
    assert store(lambda one: read_week(one, MONDAY)).is_quiet


def test_a_card_is_claimed_by_one_until_it_is_sent(store: Store) -> None:
    first = claim(store, NOW)
    assert isinstance(first, tuple)
    assert first[1] == NOW
    assert claim(store, NOW + 1) == CLAIMED_FOR
    store(lambda one: settle_weekly_card(one, MONDAY))
    assert claim(store, NOW + 10_000) is None


def test_the_claim_of_who_was_stopped_is_taken_over(store: Store) -> None:
    claim(store, NOW)
    for hour in (1, 2):
        again = claim(store, NOW + hour * 3600)
        assert isinstance(again, tuple)
        # Whoever takes it over looks back to the first who may have sent it.
        assert again[1] == NOW
        assert claim(store, NOW + hour * 3600 + 1) == CLAIMED_FOR
