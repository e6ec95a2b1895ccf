"""A message is analysed once: nothing that a step found is found again, and a changed text alone is tokenised anew."""

import re
from collections.abc import Iterator

import pytest

from bot.answering.knowledge.languages import Languages
from bot.answering.question import interpret
from bot.arabic import words as words_of
from tests.answering.coverage import ANSWERER, QUESTIONS, TOWN

OPENING = "متى افتتحت بلدية المنارة المكتبة العامة؟"


class Counter:
    """A pattern that notes the texts it is put to."""

    def __init__(self, pattern: re.Pattern[str], texts: list[str]) -> None:
        self._pattern = pattern
        self._texts = texts

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        self._texts.append(text)
        return self._pattern.finditer(text)

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
    recognise = Languages.recognise

    def note(self: Languages, text: str) -> str | None:
        texts.append(text)
        return recognise(self, text)

    monkeypatch.setattr(Languages, "recognise", note)
    return texts


def put(message: str, previous: str | None = None) -> str:
    """Interpret a message as it is answered: first it is told whether the previous question matters."""
    analysed = ANSWERER.analyse(message)
    question = interpret(analysed, previous, TOWN.index, QUESTIONS).question
    return question.text if question else ""


@pytest.mark.parametrize("message", [OPENING, "المكتبة", "شكرا", "ومتى؟", "هذا في ذلك"])
def test_a_message_is_tokenised_and_its_language_told_once(
    message: str, tokenised: list[str], recognised: list[str]
) -> None:
    put(message)
    assert tokenised == recognised == [message]


def test_a_message_in_another_language_is_tokenised_once_more_in_arabic(
    tokenised: list[str], recognised: list[str]
) -> None:
    put("When was it?")
    assert (tokenised, recognised) == (["When was it?", "متى ?"], ["When was it?"])


def test_the_core_of_a_message_is_tokenised_once_more(tokenised: list[str], recognised: list[str]) -> None:
    message = f"شكرا، {OPENING}"
    assert put(message) == OPENING
    assert tokenised == recognised == [message, OPENING]


def test_a_follow_up_tokenises_each_text_once(tokenised: list[str], recognised: list[str]) -> None:
    completed = put("ومن افتتحها؟", OPENING)
    assert completed == "ومن افتتح (افتتحت بلدية المنارة المكتبة العامة)؟"
    assert tokenised == recognised == ["ومن افتتحها؟", OPENING, "ومن افتتح", completed]


def test_of_a_chain_each_question_is_analysed_once(tokenised: list[str]) -> None:
    completed = put("ومتى؟", f"{OPENING}\nومن افتتحها؟")
    assert len(tokenised) == len(set(tokenised))
    assert completed in tokenised


def test_a_text_that_spaces_were_put_into_is_tokenised_anew(tokenised: list[str], recognised: list[str]) -> None:
    glued, spaced = "ماسبب إغلاق الجسر القديم؟", "ما سبب إغلاق الجسر القديم؟"
    assert put(glued) == spaced
    assert [text for text in tokenised if " " in text] == recognised == [glued, spaced]


def test_an_answer_takes_no_other_look_at_the_message(tokenised: list[str], recognised: list[str]) -> None:
    ANSWERER.answer_with_more(ANSWERER.analyse(OPENING), TOWN)
    assert tokenised.count(OPENING) == 1
    assert recognised == [OPENING]
