from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering import Quote
from bot.articles import Article, Paragraph
from bot.chat.cards.button_ids import (
    ButtonKind,
    StaleButtonError,
    custom_id,
    decode_references,
    encode_references,
    find_quotes,
    quote_reference,
)
from tests.articles.far_articles import with_far_articles
from tests.chat.doubles import edition

TEXTS = ("افتتحت البلدية المكتبة.", "وحضر الافتتاح مئات السكان.", "والإعارة مجانية.")


def article(*texts: str, identity: str = "library") -> Article:
    return Article(identity, "المكتبة", tuple(map(Paragraph, texts)))


def quote(source: Article, paragraph: int, start: int = 0, end: int = 8) -> Quote:
    return Quote(source.paragraphs[paragraph].text[start:end], source, paragraph, start, end, 0.9)


def found(quoted: Quote, *articles: Article) -> Quote | None:
    (one,) = find_quotes(decode_references(encode_references([quote_reference(quoted)])), edition(*articles))
    return one


@given(
    st.lists(st.tuples(st.text(), st.text(min_size=1), st.integers(0, 5)), min_size=1, max_size=3),
    st.integers(0, 10**9),
)
def test_three_places_in_any_articles_fit_into_an_id_and_are_read_back(
    quoted: list[tuple[str, str, int]], far: int
) -> None:
    quotes = [
        replace(quote(article(*[text] * (paragraph + 1), identity=identity), paragraph), start=far, end=far + 1)
        for identity, text, paragraph in quoted
    ]
    places = [quote_reference(one) for one in quotes]
    payload = encode_references(places)
    assert len(custom_id(ButtonKind.CONTEXT, payload)) <= 100
    assert list(decode_references(payload)) == places


def test_a_quote_is_found_again() -> None:
    source = article(*TEXTS)
    quoted = quote(source, 1, 5, 13)
    assert found(quoted, article("غيرها", identity="other"), source) == replace(quoted, score=0)


def test_the_articles_of_all_quotes_are_read_in_one_batch() -> None:
    sources = [article("أغلقت البلدية الجسر.", identity=name) for name in ("bridge", "library", "museum")]
    far, store = with_far_articles(edition(*sources))
    assert find_quotes([quote_reference(quote(one, 0)) for one in sources], far) == [
        replace(quote(one, 0), score=0) for one in sources
    ]
    assert store.batches == [[0, 1, 2]]


def test_a_paragraph_that_moved_is_found_by_its_words() -> None:
    quoted = quote(article(*TEXTS), 0)
    moved = found(quoted, article("مقدمة جديدة.", *TEXTS))
    assert moved is not None
    assert (moved.paragraph, moved.text) == (1, quoted.text)


def test_of_paragraphs_alike_the_nearest_is_meant() -> None:
    source = article("سطر.", TEXTS[0], "سطر.", TEXTS[1], "سطر.")
    again = found(quote(source, 2, 0, 3), source)
    assert again is not None
    assert again.paragraph == 2


@pytest.mark.parametrize("now", [article("بدّلت كلماتها كلها."), article(*TEXTS, identity="other")])
def test_what_has_other_words_now_or_is_gone_is_not_found(now: Article) -> None:
    assert found(quote(article(*TEXTS), 0), now) is None


@pytest.mark.parametrize(("start", "end"), [(3, 3), (5, 2), (0, 10_000), (10_000, 10_001), (2**32 - 1, 0)])
def test_where_nothing_can_have_been_quoted_nothing_is_found(start: int, end: int) -> None:
    source = article(*TEXTS)
    assert found(replace(quote(source, 0), start=start, end=end), source) is None


@pytest.mark.parametrize(
    "payload",
    ["", "A", "AAAA", "*" * 30, "ا" * 30, encode_references([quote_reference(quote(article(*TEXTS), 0))])[:-2]],
)
def test_a_malformed_place_is_stale(payload: str) -> None:
    with pytest.raises(StaleButtonError):
        decode_references(payload)
