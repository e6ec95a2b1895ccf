"""`words`: how each word of a message is read, and which lists have it."""

import json

from hypothesis import given
from hypothesis import strategies as st

from bot.answering.words import WordTable
from bot.arabic import normalise
from bot.console.word_report import list_entries
from tests.answering.coverage import BACKGROUND, LEXICON
from tests.console.command_line import ENGLISH, CommandLine, complaint

TABLE = WordTable(LEXICON, BACKGROUND)
LETTERS = st.text("ابتثجحخدذرزسشصضطظعغفقكلمنهويءةىabcdefghij3579", min_size=1, max_size=12)
MESSAGE = "يا جماعة قداش الكراهب؟ يعيشكم"


def test_each_word_is_shown_with_its_lists_and_what_is_left_to_search_for(isnad: CommandLine) -> None:
    done = isnad("words", MESSAGE, "--language", "en")
    assert (done.code, done.err) == (0, "")
    first, *lines = done.out.splitlines()
    assert first == ENGLISH("words.core", text="قداش الكراهب؟")
    assert [line.split()[0] for line in lines if not line.startswith(" ")] == [
        "يا",
        "جماعة",
        "قداش",
        "الكراهب",
        "يعيشكم",
    ]
    assert any(line.startswith("    dialects.toml") and "سياره" in line for line in lines)
    assert any("lexicon.question_words" in line and "quantity" in line for line in lines)


def test_the_record_has_the_same(isnad: CommandLine) -> None:
    record = json.loads(isnad("words", "--json", MESSAGE).out)
    assert (record["message"], record["language"], record["core"]) == (MESSAGE, "ar", "قداش الكراهب؟")
    words = {word["written"]: word for word in record["words"]}
    assert words["الكراهب"]["normal"] == "الكراهب"
    assert words["الكراهب"]["lists"]["dialects.toml"].split()[0] == "سياره"
    assert words["قداش"]["kind"] == "function"
    assert "asks" in words["قداش"]["roles"]
    assert "courtesies.telling_words" in words["يعيشكم"]["lists"]


def test_a_message_without_words_is_no_use(isnad: CommandLine) -> None:
    assert isnad("words", "؟!", "--language", "en") == complaint("words.none", ENGLISH)


@given(LETTERS)
def test_every_list_that_a_word_is_said_to_be_in_has_it(word: str) -> None:
    known = TABLE[normalise(word)]
    entries = dict(list_entries(known, TABLE))
    assert ("background.tsv" in entries) is known.is_news
    assert ("everyday.tsv" in entries) is known.is_everyday
    assert ("lexicon.stop_words" in entries) is not LEXICON.stop_words.isdisjoint({known.normal, known.spoken})
