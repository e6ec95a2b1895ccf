import pytest
from hypothesis import given, settings

from bot.arabic import normalise, skeleton
from tests.arabic.alphabet import TEXT


@pytest.mark.parametrize(
    ("latin", "arabic"),
    [
        ("Palantir", ["بالانتير", "بلانتير", "بالنتير"]),
        ("Peter", ["بيتر"]),
        ("Karp", ["كارب"]),
        ("Trump", ["ترامب", "ترمب"]),
        ("Microsoft", ["مايكروسوفت", "ميكروسوفت"]),
        ("Snowden", ["سنودن"]),
        ("Anduril", ["أندوريل"]),
        ("Chicago", ["شيكاغو"]),
        ("Phoenix", ["فينيكس"]),
        ("Alex", ["أليكس", "ألكس"]),
    ],
)
def test_spellings_of_a_name_have_one_skeleton(latin: str, arabic: list[str]) -> None:
    assert skeleton(normalise(latin)) != ""
    assert {skeleton(normalise(name)) for name in arabic} == {skeleton(normalise(latin))}


@pytest.mark.parametrize("name", ["Obama", "أوباما", "Thiel", "", "ICE"])
def test_too_few_consonants_tell_no_names_apart(name: str) -> None:
    assert skeleton(normalise(name)) == ""


@settings(max_examples=100, deadline=None)
@given(text=TEXT)
def test_any_word_has_a_skeleton_or_none(text: str) -> None:
    assert len(skeleton(normalise(text))) != 1
