"""Opposites, negations, ordinals and bounds are read whole, and a wrong file by its name."""

from pathlib import Path

import pytest

from bot.answering.knowledge.polarity import PolarityWords, read_opposites
from bot.settings import CONFIG
from tests.answering.coverage import LEXICON


def test_both_sides_of_a_pair_exclude_each_other() -> None:
    sides = {(side.own, side.other) for side in LEXICON.opposites}
    assert all((other, own) in sides for own, other in sides)
    assert any(side.is_weak for side in LEXICON.opposites)
    assert any(side.is_converse for side in LEXICON.opposites)


def test_an_ordinal_is_one_number_in_every_form() -> None:
    ordinals = LEXICON.polarity.ordinals
    assert {ordinals[word] for word in ("ثالث", "الثالثه", "التالت", "بالثالثه")} == {3}


@pytest.mark.parametrize("text", ["", "[negation]\nbefore = 3", "[negation"])
def test_a_malformed_file_is_named(tmp_path: Path, text: str) -> None:
    file = tmp_path / "polarity.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"polarity\.toml"):
        PolarityWords.read(file)


def test_a_malformed_list_of_opposites_is_named(tmp_path: Path) -> None:
    file = tmp_path / "opposites.toml"
    file.write_text("[events]\nopen_close = { a = 'فتح' }", encoding="utf-8")
    with pytest.raises(ValueError, match=r"opposites\.toml"):
        read_opposites(file)
    assert len(read_opposites(CONFIG / "opposites.toml")) > 100
