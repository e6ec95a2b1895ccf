"""The thesaurus: which words stand for which, in whatever person, and files that cannot be read."""

from pathlib import Path

import pytest

from bot.answering.knowledge.thesaurus import Thesaurus
from bot.arabic import Analyser, light_stem, normalise
from tests.answering.coverage import LEXICON

ANALYSER = Analyser()


def read(tmp_path: Path, text: str) -> Thesaurus:
    file = tmp_path / "thesaurus.toml"
    file.write_text(text, encoding="utf-8")
    return Thesaurus.read(file)


def related(thesaurus: Thesaurus, word: str) -> frozenset[str]:
    (term,) = ANALYSER.terms(word)
    return thesaurus.related(term)


@pytest.mark.parametrize(
    "word", ["سرقة", "السرقة", "سرق", "سرقت", "سرقوا", "سرقوه", "يسرق", "تسرق", "يسرقون", "ستسرق", "وسرقت", "لسرقة"]
)
def test_a_word_is_found_in_every_form(word: str, tmp_path: Path) -> None:
    thesaurus = read(tmp_path, '[crime]\ngroups = """\nسرق يسرق سرقة نهب\nراتب أجر\n"""\n')
    assert light_stem(normalise("نهب")) in related(thesaurus, word)
    assert "راتب" not in related(thesaurus, word)


def test_what_stands_for_a_word_is_found_in_every_person(tmp_path: Path) -> None:
    thesaurus = read(tmp_path, '[crime]\ngroups = "سرق يسرق نهب ينهب"\n')
    assert {"نهب", "نهبت", "نهبوا", "ينهب", "تنهب"} <= related(thesaurus, "سرقوا")


def test_an_indefinite_accusative_is_the_same_word(tmp_path: Path) -> None:
    thesaurus = read(tmp_path, '[a]\ngroups = "شاب طفل"\n')
    assert "طفل" in related(thesaurus, "شابا")
    assert "شابا" in related(thesaurus, "طفل")


def test_a_word_of_two_senses_stands_for_those_of_both(tmp_path: Path) -> None:
    thesaurus = read(tmp_path, '[a]\ngroups = """\nحكم قضاء\nحكم سلطة\n"""\n')
    assert {"قضاء", "سلط"} <= related(thesaurus, "حكم")
    assert "سلط" not in related(thesaurus, "قضاء")


@pytest.mark.parametrize("word", ["بالانتير", "س"])
def test_an_unlisted_word_stands_for_nothing(word: str) -> None:
    assert not related(LEXICON.thesaurus, word)


def test_words_of_the_same_groups_share_one_set_in_memory(tmp_path: Path) -> None:
    thesaurus = read(tmp_path, '[crime]\ngroups = "سرق نهب سطا\\nسرق نهب اختلس"\n')
    robbed, stolen, embezzled = (thesaurus.groups[stem] for stem in ("سرق", "نهب", "اختلس"))
    assert robbed is stolen
    assert embezzled < robbed
