"""Words that stand for each other, exclude each other or deny."""

from pathlib import Path

import pytest

from bot.answering.knowledge.word_relations import Thesaurus
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
    assert set(embezzled) < set(robbed)


def test_both_sides_of_a_pair_exclude_each_other() -> None:
    sides = {(side.own, side.other) for side in LEXICON.opposites}
    assert all((other, own) in sides for own, other in sides)
    assert any(side.is_weak for side in LEXICON.opposites)
    assert any(side.is_converse for side in LEXICON.opposites)


def test_an_ordinal_is_one_number_in_every_form() -> None:
    ordinals = LEXICON.polarity.ordinals
    assert {ordinals[word] for word in ("ثالث", "الثالثه", "التالت", "بالثالثه")} == {3}


def test_there_are_opposites_of_all_kinds() -> None:
    assert len(LEXICON.opposites) > 100
