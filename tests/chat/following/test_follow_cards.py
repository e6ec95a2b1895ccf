from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.cards.button_ids import ButtonKind, parse_button_id, quote_reference
from bot.chat.cards.card import Card
from bot.chat.cards.card_text import size
from bot.chat.following.follow_cards import FollowedNews, follow_list_card, followed_card
from bot.chat.following.follow_desk import MOST_FOLLOWS
from bot.chat.open_refusals.corrected_cards import Correction, corrected_card, shown_references, shown_words
from bot.records.member_rows import Follow
from bot.texts import Texts
from tests.chat.hostile_text import PIECES
from tests.chat.open_refusals.test_corrected_cards import shown
from tests.chat.samples import ARABIC, ENGLISH, answer, article

SUBJECT = "متحف البحر"
LANGUAGES = pytest.mark.parametrize("texts", [ARABIC, ENGLISH])
words = st.sampled_from(["متحف البحر", "س" * 500, "".join(PIECES)[:500], "Le musée de la mer"])


def follow(number: int, subject: str = SUBJECT) -> Follow:
    return Follow(number, 2**60, subject, None, "ar", 2**60, is_direct=False, followed_at=1, seen_until=1)


def news(number: int, subject: str, quotes: int, text: str = "افتتح متحف البحر أبوابه أمس. ") -> FollowedNews:
    day = date(2026, 11, 24)
    sources = [article(f"خبر {number} {at} {text}", words=text * 20, published=day) for at in range(quotes)]
    return FollowedNews(follow(number, subject), answer(*sources).quotes)


def is_taken(card: Card) -> bool:
    """Whether Discord takes a card: 4000 characters, none of the texts empty, forty parts in all."""
    parts = list(card.layout().walk_children())
    return all(map(str.strip, card.texts)) and sum(map(size, card.sent_texts)) <= 4000 and len(parts) <= 40


def payloads(card: Card, kind: ButtonKind) -> list[str]:
    parsed = [parse_button_id(button.custom_id) for row in card.rows for button in row]
    return [payload for each, payload in parsed if each is kind]


@LANGUAGES
@given(words, st.lists(st.integers(1, 8), min_size=1, max_size=MOST_FOLLOWS), st.integers(0, MOST_FOLLOWS))
def test_what_came_fits_a_card_with_a_button_to_end_each(
    texts: Texts, subject: str, quotes: list[int], ending: int
) -> None:
    told = [news(number, subject, count) for number, count in enumerate(quotes)]
    ends = [follow(number, subject) for number in range(ending)]
    card = followed_card(told, ends, 1795608000, texts, 2**60)
    assert is_taken(card)
    numbers = range(max(len(quotes), ending))
    assert sorted(payloads(card, ButtonKind.UNFOLLOW)) == sorted(f"{number}.1795608000" for number in numbers)
    assert payloads(card, ButtonKind.RENEW) == [".".join(map(str, range(ending)))] * bool(ending)


@LANGUAGES
@given(words, st.lists(st.integers(1, 8), min_size=1, max_size=MOST_FOLLOWS), st.data())
def test_a_card_is_corrected_quote_by_quote(texts: Texts, subject: str, quotes: list[int], data: st.DataObject) -> None:
    told = [news(number, subject, count) for number, count in enumerate(quotes)]
    card = shown(followed_card(told, [], 1795608000, texts, 2**60))
    most = 3 if len(told) <= 3 else 1
    assert shown_references(card) == tuple(quote_reference(quote) for one in told for quote in one.quotes[:most])
    some = st.sampled_from([None, Correction("gone"), Correction("changed", told[0].quotes[0])])
    count = len(shown_references(card))
    became = data.draw(st.lists(some, min_size=count, max_size=count))
    corrected = corrected_card(card, became, texts, date(2026, 11, 30))
    assert is_taken(corrected)
    assert corrected.above == card.above
    left = sum(one is None or one.quote is not None for one in became)
    assert len(shown_words(corrected)) == len(shown_references(corrected)) == left
    assert len(payloads(corrected, ButtonKind.UNFOLLOW)) == len(told)


def test_a_few_subjects_have_three_quotes_each_and_count_the_others() -> None:
    text = "\n".join(followed_card([news(1, SUBJECT, 5)], [], 1, ARABIC).texts)
    assert text.count("> ") == 3
    assert "وغيرها: 2." in text
    assert f"**{SUBJECT}**" in text


@LANGUAGES
@given(words, st.integers(0, MOST_FOLLOWS))
def test_all_that_is_followed_is_listed_with_a_button_to_end_it(texts: Texts, subject: str, count: int) -> None:
    card = follow_list_card([follow(number, subject) for number in range(count)], texts)
    assert is_taken(card)
    assert payloads(card, ButtonKind.UNFOLLOW) == [str(number) for number in range(count)]
