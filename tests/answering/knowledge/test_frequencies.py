"""Everyday words: which are listed, and which are verbs in whatever person."""

from pathlib import Path

import pytest

from bot.answering import Everyday
from bot.arabic import light_stem, normalise
from tests.answering.coverage import LEXICON

EVERYDAY = LEXICON.everyday


@pytest.mark.parametrize("word", ["حلمت", "تلبس", "يعطيك", "وتعرفهم", "أخبرني"])
def test_a_verb_is_one_in_every_person(word: str) -> None:
    assert EVERYDAY.is_verb(normalise(word))


@pytest.mark.parametrize("word", ["اليابان", "يوسف", "نيمار", "تويوتا", "كورونا", "الناس", "بيت", "2024", "nato"])
def test_a_name_or_a_noun_is_no_verb(word: str) -> None:
    assert not EVERYDAY.is_verb(normalise(word))


@pytest.mark.parametrize("name", ["تشارلي", "شكسبير", "سراييفو", "أرامكو", "بيكاسو", "هارولد"])
def test_a_name_is_not_listed_however_common(name: str) -> None:
    assert not EVERYDAY.is_listed(light_stem(normalise(name)))


def test_what_is_written_is_read(tmp_path: Path) -> None:
    written = Everyday({"حلمت": 10.4, "غلط": 23.5}, frozenset({"حلمت"}))
    written.write(tmp_path / "everyday.tsv", ["source", "licence"])
    assert (tmp_path / "everyday.tsv").read_text(encoding="utf-8").splitlines() == [
        *("# source", "# licence", "غلط\t23.5", "حلمت\t10.4\tverb")
    ]
    assert Everyday.read(tmp_path / "everyday.tsv") == written
