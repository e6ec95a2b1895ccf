"""Names in all their spellings, of one word and of several."""

import itertools

import pytest

from bot.answering.knowledge import Names
from bot.arabic import light_stem, normal_words
from tests.answering.coverage import LEXICON

NAMES = LEXICON.known_names


def found(text: str) -> list[str]:
    words = normal_words(text)
    return [" ".join(words[named.start : named.end]) for named in NAMES.find(words)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("وافقت الأمم المتحدة على القرار", ["الامم المتحده"]),
        ("وافقت أمم متحدة", ["امم متحده"]),
        ("قرار للأمم المتحدة", ["للامم المتحده"]),
        ("انضمت إلى NATO وبالناتو", ["nato", "وبالناتو"]),
        ("حلف شمال الأطلسي", ["حلف شمال الاطلسي"]),
        ("مجلس الأمن الدولي", ["مجلس الامن الدولي"]),
        ("بلبنان ولقطر", ["بلبنان", "ولقطر"]),
        ("الولايات العربية المتحدة", []),
        ("حلف شمالي", []),
        ("", []),
    ],
)
def test_a_name_is_found_in_each_spelling_the_longest_first(text: str, names: list[str]) -> None:
    assert found(text) == names


def test_every_spelling_is_found_whole() -> None:
    for spelling in itertools.chain.from_iterable(NAMES.groups):
        [named] = NAMES.find(spelling)
        assert (named.start, named.end) == (0, len(spelling))
        assert spelling in named.spellings


def test_names_of_one_word_are_decisive_and_synonyms_of_their_spellings() -> None:
    assert {"مايكروسوفت", "google", "فرنسا"} <= LEXICON.names
    assert not LEXICON.names & {light_stem(word) for word in ("امم", "متحده", "un", "الولايات", "كوفيد")}
    assert LEXICON.synonyms["google"] == LEXICON.synonyms["جوجل"]
    assert LEXICON.synonyms["nato"] == LEXICON.synonyms[light_stem("الناتو")]


def test_a_name_with_a_spelling_of_several_words_is_not_decisive() -> None:
    groups = [(("ناتو",), ("حلف", "الاطلسي")), (("غوغل",), ("google",)), (("نيويورك",), ("new", "york"))]
    names = Names.of(groups, [(("كوفيد",), ("كورونا",))])
    assert names.decisive == {"غوغل", "google", "نيويورك"}


def test_common_words_are_not_decisive() -> None:
    assert not LEXICON.names & {
        light_stem(word) for word in ("مكان", "حديد", "بصر", "كوره", "اوربي", "صلاحيات", "مالي")
    }


@pytest.mark.parametrize(
    ("one", "other"),
    [("الشرطة الألمانية", "ألمانيا"), ("واشنطن", "أمريكيين"), ("وبليبيا", "ليبي"), ("بيونغ يانغ", "كوريا الشمالية")],
)
def test_a_country_is_one_by_name_adjective_and_capital(one: str, other: str) -> None:
    regions = LEXICON.regions
    assert regions.named(normal_words(one)) & regions.named(normal_words(other))


def test_two_countries_and_two_cities_are_two() -> None:
    regions = LEXICON.regions
    named = [regions.named(normal_words(text)) for text in ("السويد", "النرويج", "كوريا الجنوبية", "سوسة", "طنطا")]
    assert all(named)
    assert len(frozenset().union(*named)) == sum(map(len, named))
