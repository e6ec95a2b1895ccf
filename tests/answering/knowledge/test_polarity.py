"""Opposites, negations, ordinals and bounds are read whole, and a wrong file by its name."""

from tests.answering.coverage import LEXICON


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
