from collections.abc import Awaitable, Callable
from typing import Any, cast

import pytest

from bot.chat.buttons.privacy import CONFIRM, ERASE, KEEP, Privacy, confirmation_card, deleted_card, privacy_card
from bot.chat.cards.button_ids import ButtonKind, StaleButtonError, parse_button_id
from bot.chat.cards.card import Card
from bot.records.member_rows import Follow, MemberRows, MemberVote, MemberWait
from bot.texts import Texts
from tests.chat.hostile_text import PIECES
from tests.chat.measures import lines, within_limits
from tests.chat.samples import ARABIC, ENGLISH

DAY = 24 * 60 * 60
# 25 November 2026, at noon in UTC.
AT = 1795608000
URL = "https://discord.com/channels/1234567890123456789/1234567890123456789/1234567890123456789"
ROWS = MemberRows(
    [MemberVote(AT, True, URL, "متى افتتحت المكتبة؟"), MemberVote(AT - DAY, False, URL, None)],
    [
        MemberWait(AT, "كم كلفة المتحف؟", None, is_direct=True, channel_id=8),
        MemberWait(AT - DAY, "ومتى؟", "من بنى المتحف؟", is_direct=False, channel_id=8),
        MemberWait(AT - DAY, "كم عمر السفينة؟", None, is_direct=False, channel_id=8, is_told=True),
    ],
    answers=1,
    follows=[
        Follow(1, 1, "متحف البحر", None, "ar", 8, is_direct=True, followed_at=AT, seen_until=AT),
        Follow(2, 1, "ومتى؟", "من بنى المتحف؟", "ar", 8, is_direct=False, followed_at=AT, seen_until=AT),
    ],
    has_digest=True,
)
LANGUAGES = pytest.mark.parametrize("texts", [ARABIC, ENGLISH])


def many(question: str) -> MemberRows:
    return MemberRows(
        [MemberVote(AT, number % 2 == 0, URL, question) for number in range(300)],
        [MemberWait(AT, question, None, number % 2 == 0, 8) for number in range(40)],
        follows=[Follow(number, 1, question, None, "ar", 8, number % 2 == 0, AT, AT) for number in range(10)],
    )


def steps(card: Card) -> list[str]:
    pressed = [parse_button_id(button.custom_id) for row in card.rows for button in row]
    assert all(kind is ButtonKind.ERASE for kind, _ in pressed)
    return [payload for _, payload in pressed]


def test_a_member_s_rows_are_listed_with_links_days_and_places() -> None:
    card = privacy_card(ROWS, 90, ARABIC)
    shown = lines(card)
    day, before = "25 نوفمبر 2026", "24 نوفمبر 2026"
    for line in (
        (
            "أحذف الآراء بعد 90 يوماً. وأحذف الأسئلة بعد 90 يوماً. وأحذف مواضع الأجوبة بعد 14 يوماً. "
            "وتنتهي المتابعات بعد 30 يوماً."
        ),
        "**لك رأيان**",
        f"👍 [متى افتتحت المكتبة؟]({URL})، {day}",
        f"👎 [جواب]({URL})، {before}",
        "**لك 3 أسئلة ضغطت تحتها 🔔**",
        "**أحفظ موضع جواب خاص واحد ومقالته**",
        f"سؤالك «كم كلفة المتحف؟»، {day}. أخبرك في رسالة مباشرة.",
        f"سؤالك «من بنى المتحف؟ / ومتى؟»، {before}. أخبرك في <#8>.",
        f"سؤالك «كم عمر السفينة؟»، {before}. أخبرتك بجوابه، وأحفظ هذا أياماً لئلّا يضيع إن تبيّن أنه ليس الجواب.",
        "**تتابع موضوعين**",
        "«متحف البحر»: أخبرك في رسالة مباشرة حتى 25 ديسمبر 2026.",
        "«من بنى المتحف؟ / ومتى؟»: أخبرك في <#8> حتى 25 ديسمبر 2026.",
        "وأحفظ وقت آخر موجز طلبته.",
    ):
        assert line in shown
    assert steps(card) == [CONFIRM]
    assert card.attachment is None


@LANGUAGES
def test_who_has_nothing_kept_is_told_so_and_has_nothing_to_press(texts: Texts) -> None:
    card = privacy_card(MemberRows(), 1, texts)
    assert texts("privacy.nothing") in lines(card)
    assert not card.rows


@LANGUAGES
def test_records_that_are_away_are_not_taken_for_empty(texts: Texts) -> None:
    card = privacy_card(None, 90, texts)
    assert texts("privacy.away") in lines(card)
    assert texts("privacy.nothing") not in lines(card)
    days = {"votes": 90, "refusals": 90, "quotes": 14, "follows": 30}
    assert " ".join(texts(f"privacy.days.{name}", count=count) for name, count in days.items()) in lines(card)
    assert not card.rows


@LANGUAGES
@pytest.mark.parametrize("question", ["كم كلفة المتحف؟", "س" * 4000, "".join(PIECES)])
def test_of_many_rows_the_newest_are_shown_and_all_are_in_a_file(texts: Texts, question: str) -> None:
    card = privacy_card(many(question), 90, texts)
    assert within_limits(card)
    assert card.attachment is not None
    assert card.attachment.text.count(URL) == 300
    assert card.attachment.text.count("\n") == 350


@LANGUAGES
def test_deletion_is_asked_about_with_its_counts_and_may_be_left(texts: Texts) -> None:
    card = confirmation_card(ROWS, texts)
    assert within_limits(card)
    assert steps(card) == [ERASE, KEEP]
    assert texts("privacy.confirm", votes=2, waits=3, answers=1, follows=2).strip() == card.blocks[0].strip()


@LANGUAGES
def test_what_was_deleted_is_counted(texts: Texts) -> None:
    vote, wait, follow = ROWS.votes[0], ROWS.waits[0], ROWS.follows[0]
    for rows in (
        MemberRows(votes=[vote] * 2),
        MemberRows(answers=3),
        MemberRows(waits=[wait], follows=[follow] * 4),
        MemberRows(has_digest=True),
    ):
        counts = {"votes": len(rows.votes), "waits": len(rows.waits), "follows": len(rows.follows)}
        told = texts("privacy.deleted", **counts, answers=rows.answers)
        assert told.strip() in "\n".join(lines(deleted_card(rows, texts)))
    assert texts("privacy.nothing") in lines(deleted_card(MemberRows(), texts))


@pytest.mark.parametrize("payload", ["YES", "yes ", "1", "yes:5"])
async def test_a_payload_of_no_step_is_stale(payload: str) -> None:
    class Handler:
        async def show(self, _: object, page: Callable[[object], Awaitable[Card]], *, in_place: bool) -> None:
            assert in_place
            await page(None)

    privacy = Privacy(cast("Any", Handler()), cast("Any", None), cast("Any", None), 90)
    with pytest.raises(StaleButtonError):
        await privacy.press(cast("Any", None), payload)
