"""The language of a question, and the hint to ask in Arabic that goes with it."""

import pytest

from tests.answering.coverage import LEXICON, answered, article, refused
from tests.answering.question.readings import rows

PALANTIR = article(
    "palantir",
    "Palantir Technologies و ICE",
    "Palantir Technologies sign ICE: وقعت Palantir Technologies اتفاقا مع ICE.",
)
TAGS = {row["language"] for row in rows("languages") if "language" in row}


@pytest.mark.parametrize("text", ["", "؟", "2025", "😀", "... !"])
def test_what_holds_no_letter_is_in_no_language(text: str) -> None:
    assert LEXICON.languages.recognise(text) is None


def test_the_hint_is_in_the_asker_s_language() -> None:
    languages = LEXICON.languages
    hints = {tag: languages.hint(tag) for tag in TAGS if tag != "ar"}
    assert all(hints.values())
    for tag in set(hints) - {"und"}:
        assert languages.recognise(hints[tag] or "") == ("ar" if tag == "ar-Latn" else tag)
    assert languages.hint("xx") == languages.hint("und")


@pytest.mark.parametrize("tag", ["ar", None])
def test_an_arabic_question_gets_no_hint(tag: str | None) -> None:
    assert LEXICON.languages.hint(tag) is None


@pytest.mark.parametrize(
    ("text", "tag"),
    [("What's the price of the tram, and who’s the foreman?", "en"), ("Wann wurde die Seilbahn gebaut?", "de")],
)
def test_a_refusal_asks_for_arabic_in_the_asker_s_language(text: str, tag: str) -> None:
    assert refused(text).hint == LEXICON.languages.hint(tag)


@pytest.mark.parametrize("text", ["merci", "thank you", "thanks a lot", "bye"])
def test_who_thanks_or_leaves_in_another_language_is_not_told_how_to_ask(text: str) -> None:
    assert refused(text).hint is None


@pytest.mark.parametrize(
    "text", ["من اخترع الهاتف؟", "شكرا", "ماذا قال Elon Musk عن النفق؟", "؟", "2025", "وهل؟", "the " * 500]
)
def test_an_arabic_question_and_what_is_too_long_are_refused_without_a_hint(text: str) -> None:
    assert refused(text).hint is None


def test_a_question_in_another_language_is_answered_where_its_evidence_holds() -> None:
    assert answered("What did Palantir Technologies sign with ICE?", PALANTIR).quotes[0].article == PALANTIR
