"""Phrases and words that go on from an answer, in every spelling, and files that are wrong."""

from pathlib import Path

import pytest

from bot.answering.knowledge import Continuation, Continuations
from bot.arabic import normal_words
from tests.answering.coverage import LEXICON

FILE = """
[more]
all = "كمل, شو كمان"
[sources]
all = "مصدرك, شو كمان"
[unnamed]
all = "والثاني"
[words]
more = "تفاصيل"
sources = "المصدر"
around = "أكثر"
"""


def read(text: str, directory: Path) -> Continuations:
    file = directory / "continuations.toml"
    file.write_text(text, encoding="utf-8")
    return Continuations.read(file, ["عن", "وين"], ["وين", "شنو"])


@pytest.mark.parametrize(
    ("message", "kind"),
    [
        ("كمل", Continuation.MORE),
        ("وكمّل", Continuation.MORE),
        ("كمللل", Continuation.MORE),
        ("شو كمان", Continuation.MORE),
        ("مصدرك", Continuation.SOURCES),
        ("والثاني", Continuation.UNNAMED),
        ("تفاصيل أكثر", Continuation.MORE),
        ("وين المصدر", Continuation.SOURCES),
        ("تفاصيل", None),
        ("وين تفاصيل", None),
        ("تفاصيل عن الجسر", None),
        ("أكثر عن", None),
        ("تفاصيل أكثر" + " أكثر" * 7, None),
        ("", None),
    ],
)
def test_a_message_is_told_as_a_whole(message: str, kind: Continuation | None, tmp_path: Path) -> None:
    assert read(FILE, tmp_path).recognise(list(normal_words(message))) is kind


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (FILE.replace("[unnamed]", "[others]"), "the list 'unnamed' is missing"),
        (FILE.replace("around", "beside"), "the list 'around' is missing"),
        (FILE.replace('"كمل, شو كمان"', "3"), "more.all must be words"),
        ("[", "continuations.toml"),
    ],
)
def test_a_bad_file_is_named(text: str, fault: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=fault) as raised:
        read(text, tmp_path)
    assert str(tmp_path / "continuations.toml") in str(raised.value)


def test_no_phrase_is_a_question_word_alone() -> None:
    assert {phrase for phrase in LEXICON.continuations.phrases if LEXICON.question_words.keys() >= set(phrase)} == set()
