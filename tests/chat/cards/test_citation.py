"""Quotes ready to be pasted: every character as it is, with what stands behind them."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering import Quote
from bot.articles import Article
from bot.chat.cards.reading_cards import citation_card
from bot.texts import Texts
from tests.chat.measures import within_limits
from tests.chat.samples import ARABIC, ENGLISH, article


def quoted(source: Article) -> Quote:
    text = source.paragraphs[0].text
    return Quote(text, source, 0, 0, len(text), 0.9)


def test_a_quote_stands_with_outlet_day_and_link() -> None:
    [block] = citation_card([quoted(article(words="افتتحت *البلدية* المكتبة."))], ARABIC).sent_texts[1:]
    assert block == "```\n«افتتحت *البلدية* المكتبة.» (صحيفة الضفة، 9 مارس 2026، https://news.example/library)\n```"


def test_without_an_outlet_the_title_says_where_it_stands() -> None:
    source = article("افتتاح المكتبة", outlet=None, url=None, published=None)
    assert "(افتتاح المكتبة)" in citation_card([quoted(source)], ARABIC).blocks[0]


def test_what_would_end_the_block_comes_as_a_file() -> None:
    card = citation_card([quoted(article(words="اكتب ``` لتبدأ."))], ARABIC)
    assert card.attachment is not None
    assert card.attachment.text.startswith("«اكتب ``` لتبدأ.» (")
    assert "```" not in card.blocks[0]


def test_what_is_gone_is_said() -> None:
    assert citation_card([None], ARABIC).blocks == (ARABIC("context.gone"),)
    assert len(citation_card([quoted(article()), None], ARABIC).blocks) == 2


@pytest.mark.parametrize("texts", [ARABIC, ENGLISH])
@given(st.text(min_size=1, max_size=900), st.integers(1, 3))
def test_any_words_are_shown_as_they_are_within_the_limits(texts: Texts, words: str, count: int) -> None:
    card = citation_card([quoted(replace(article(words=words), title=words[:50]))] * count, texts)
    assert within_limits(card)
    assert words in (card.attachment.text if card.attachment else card.blocks[0])
