"""A message is analysed once: nothing that a step found is found again, and a changed text alone is tokenised anew."""

import re

import pytest

from bot.answering.question import interpret
from bot.arabic import words as words_of
from tests.answering.coverage import ANSWERER, LEXICON, QUESTIONS, TOWN

OPENING = "متى افتتحت بلدية المنارة المكتبة العامة؟"


class Counter:
    """A pattern that notes the texts it is put to."""

    def __init__(self, pattern: re.Pattern[str], texts: list[str]) -> None:
        self._pattern = pattern
        self._texts = texts

    def split(self, text: str) -> list[str]:
        self._texts.append(text)
        return self._pattern.split(text)

    def findall(self, text: str) -> list[str]:
        self._texts.append(text)
        return self._pattern.findall(text)


@pytest.fixture
def tokenised(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that are tokenised in a test, by whichever function."""
    texts: list[str] = []
    module = words_of.__globals__
    monkeypatch.setitem(module, "_WORD", Counter(module["_WORD"], texts))
    return texts


@pytest.fixture
def recognised(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts whose language is recognised in a test."""
    texts: list[str] = []
    recognise = LEXICON.languages.recognise

    def note(_self: object, text: str) -> str | None:
        texts.append(text)
        return recognise(text)

    monkeypatch.setattr(type(LEXICON.languages), "recognise", note)
    return texts


def put(message: str, previous: str | None = None) -> str:
    """Interpret a message as it is answered: first it is told whether the previous question matters."""
    analysed = ANSWERER.analyse(message)
    question = interpret(analysed, previous, TOWN.index, QUESTIONS).question
    return question.text if question else ""


@pytest.mark.parametrize(
    ("message", "previous"),
    [
        (OPENING, None),
        ("المكتبة", None),
        ("شكرا", None),
        ("هذا في ذلك", None),
        ("When was it?", None),
        (f"شكرا، {OPENING}", None),
        ("ماسبب إغلاق الجسر القديم؟", None),
        ("ومن افتتحها؟", OPENING),
        ("ومتى؟", f"{OPENING}\nومن افتتحها؟"),
    ],
)
def test_no_text_is_tokenised_and_none_has_its_language_told_twice(
    message: str, previous: str | None, tokenised: list[str], recognised: list[str]
) -> None:
    put(message, previous)
    assert recognised[0] == message
    for texts in (tokenised, recognised):
        assert len(texts) == len(set(texts))


def test_an_answer_takes_no_other_look_at_the_message(tokenised: list[str], recognised: list[str]) -> None:
    ANSWERER.answer_with_more(ANSWERER.analyse(OPENING), TOWN)
    assert tokenised.count(OPENING) == 1
    assert recognised == [OPENING]
