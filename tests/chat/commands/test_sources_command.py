from datetime import UTC, date, datetime
from unittest.mock import patch

import pytest

from bot.chat.cards.button_ids import decode_scope, encode_scope
from bot.chat.cards.source_lines import outlet_names, scope_text
from bot.chat.chat_errors import ReplyError
from bot.chat.commands import sources_command
from bot.chat.commands.sources_command import read_scope
from bot.retrieval import Scope
from tests.chat.samples import ARABIC, ENGLISH

TODAY = date(2026, 11, 24)
OUTLETS = ("صحيفة الضفة", "إذاعة الساحل", "The Coast Times", "صحيفة")


def read(since: str | None = None, until: str | None = None, outlet: str | None = None) -> Scope | None:
    noon = datetime(TODAY.year, TODAY.month, TODAY.day, 12, tzinfo=UTC)
    with patch.object(sources_command, "datetime") as clock:
        clock.now.return_value = noon
        return read_scope(OUTLETS, ARABIC, since, until, outlet)


@pytest.mark.parametrize(
    ("typed", "scope"),
    [
        ((None, None, None), None),
        ((" ", "", "\n"), None),
        (("2024", None, None), Scope(since=date(2024, 1, 1))),
        ((None, "2024", None), Scope(until=date(2024, 12, 31))),
        (("مارس 2024", "آذار 2024", None), Scope(date(2024, 3, 1), date(2024, 3, 31))),
        (("الأسبوع الماضي", None, None), Scope(since=date(2026, 11, 14))),
        (("yesterday", "today", None), Scope(date(2026, 11, 23), TODAY)),
        ((None, None, "صحيفه الضفه"), Scope(outlet="صحيفة الضفة")),
        ((None, None, "إذاعة السحل"), Scope(outlet="إذاعة الساحل")),
        ((None, None, "coast times"), Scope(outlet="The Coast Times")),
        ((None, None, "صحيفة"), Scope(outlet="صحيفة")),
    ],
)
def test_bounds_are_read_as_people_type_them(
    typed: tuple[str | None, str | None, str | None], scope: Scope | None
) -> None:
    assert read(*typed) == scope


@pytest.mark.parametrize(
    ("typed", "key", "words"),
    [
        (("قريباً", None, None), "scope.no_date", "«قريباً»"),
        ((None, "31 فبراير 2024", None), "scope.no_date", "9 مارس 2026"),
        (("2025", "2024", None), "scope.backwards", "31 ديسمبر 2024"),
        ((None, None, "قناة الجبل"), "scope.no_outlet", "إذاعة الساحل"),
        ((None, None, "*@everyone*"), "scope.no_outlet", r"\*\@everyone\*"),
    ],
)
def test_what_is_not_clear_is_told_to_the_asker_alone(
    typed: tuple[str | None, str | None, str | None], key: str, words: str
) -> None:
    with pytest.raises(ReplyError) as caught:
        read(*typed)
    assert (caught.value.key, caught.value.private) == (key, True)
    assert words in ARABIC(key, **caught.value.values)


def test_where_no_outlet_is_known_that_is_told() -> None:
    with pytest.raises(ReplyError, match="without_outlets"):
        read_scope((), ARABIC, None, None, "صحيفة")


def test_a_scope_is_said_in_words() -> None:
    scope = Scope(date(2026, 3, 1), date(2026, 5, 31), "The Coast Times")
    words = "منذ 1 مارس 2026 حتى 31 مايو 2026 في \u2068The Coast Times\u2069"
    assert scope_text(scope, ARABIC) == words
    assert scope_text(scope, ENGLISH) == "since March 1, 2026 until May 31, 2026 by The Coast Times"


def test_many_outlets_are_named_in_a_line_that_fits() -> None:
    assert outlet_names(("أ", "ب"), ARABIC) == "أ، ب"
    assert len(outlet_names(tuple(f"صحيفة {number} " + "طويلة " * 50 for number in range(40)), ARABIC)) <= 900


@pytest.mark.parametrize("since", [None, date(1000, 2, 3)])
@pytest.mark.parametrize("until", [None, date(2026, 12, 31)])
@pytest.mark.parametrize("outlet", [None, *OUTLETS])
def test_a_code_holds_a_scope(since: date | None, until: date | None, outlet: str | None) -> None:
    code = encode_scope(Scope(since, until, outlet))
    assert len(code) <= 26
    assert decode_scope(code, OUTLETS) == Scope(since, until, outlet)


def test_all_of_the_coverage_has_no_code() -> None:
    assert encode_scope(None) == ""
    assert decode_scope("", OUTLETS) is None


def test_a_code_of_an_outlet_that_is_gone_says_so() -> None:
    with pytest.raises(ReplyError, match="outlet_gone"):
        decode_scope(encode_scope(Scope(outlet="صحيفة أخرى")), OUTLETS)
