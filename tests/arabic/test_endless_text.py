"""Scraped pages without full stops, and what someone might make up to slow the bot down."""

import pytest

from bot.arabic import sentences

WORDS, CHARACTERS = 100, 1000


def divide(text: str) -> list[str]:
    return [text[span.start : span.end] for span in sentences(text)]


def test_an_endless_sentence_is_divided_between_words() -> None:
    pieces = divide("كلمة " * 350)
    assert [len(piece.split()) for piece in pieces] == [100, 100, 100, 50]


def test_an_endless_sentence_is_divided_at_its_last_comma_within_reach() -> None:
    clause = "وقّعت الوكالة عقدا جديدا مع الشركة، "
    pieces = divide(clause * 30)
    assert len(pieces) > 1
    assert all(piece.endswith("،") for piece in pieces)


@pytest.mark.parametrize(
    "text",
    [
        "ا" * 5000,
        "ا" * 250 + " " + "ب" * 900 + " ج",
        ("ا" * 300 + " ") * 20,
        "abc " * 99 + "z" * 500 + " y" * 10,
        "ا، " * 2000,
    ],
    ids=["one word", "two long words", "long words", "long word last", "commas"],
)
def test_no_piece_is_longer_than_a_quote_may_be_and_no_letter_is_lost(text: str) -> None:
    pieces = divide(text)
    assert all(len(piece.split()) <= WORDS and len(piece) <= CHARACTERS for piece in pieces)
    assert "".join("".join(pieces).split()) == "".join(text.split())
