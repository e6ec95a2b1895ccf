"""Arabic in Latin letters is read by its consonants, and what is no Arabic is left alone."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering import Answer, Reason, Refusal
from bot.answering.knowledge import ARABIC_IN_LATIN
from bot.answering.knowledge.latin_spellings import LatinLetters, LatinSpellings
from bot.answering.question import analyse_message
from bot.arabic import light_stem
from bot.settings import CONFIG
from tests.answering.coverage import ANSWERER, LEXICON, QUESTIONS, TOWN
from tests.examples import examples

SPELLINGS = QUESTIONS.table.latin_spellings
TWINS = Path(__file__).resolve().parents[2] / "data" / "latin_twins" / "twins.jsonl"


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ("chkoun", "شكون"),
        ("shkon", "شكون"),
        ("ch7al", "شحال"),
        ("kifech", "كيفاش"),
        ("mablagh", "مبلغ"),
        ("magles", "مجلس"),
        ("majles", "مجلس"),
        ("ta7ki9", "تحقيق"),
        ("mostala7", "مصطلح"),
        ("mo5tare3", "مخترع"),
        ("elmo5tare3", "مخترع"),
        ("wazir", "وزير"),
        ("yel3abo", "يلعب"),
        ("fel", "في"),
        ("ism", "اسم"),
        ("ettounsi", "التونسي"),
        ("9imet", "قيمه"),
        ("byertafi3", "يرتفع"),
        ("nazzalo", "نزل"),
        ("2oddam", "قدام"),
        ("laish", "ليش"),
        ("cham", "كم"),
        ("el", ""),
        ("calculatrice", None),
        ("performance", None),
        ("x", None),
    ],
)
def test_a_word_is_read_by_its_sound(typed: str, word: str | None) -> None:
    read = next(iter(SPELLINGS.read(typed)), None)
    # News is counted by stems.
    assert (read and light_stem(read)) == (word and light_stem(word))


def test_of_words_that_sound_alike_the_usual_one_is_meant_unless_the_other_is_written() -> None:
    known = {"كلب": 50.0, "قلب": 400.0, "سيف": 90.0, "صيف": 80.0}
    words = LatinSpellings(LEXICON.latin_letters, lambda word, _: known.get(word, 0.0))
    assert [words.read(typed)[0] for typed in ("9alb", "qalb", "kalb", "klb")] == ["قلب", "قلب", "كلب", "كلب"]
    assert [words.read(typed) for typed in ("sif", "seif", "saif")] == [("سيف", "صيف")] * 3
    assert words.read("3alb") == ()


@examples(200)
@given(st.text("abcdefghijklmnopqrstuvwxyz'0123456789éè", max_size=40))
def test_whatever_is_typed_is_read_as_a_known_word_or_not_at_all(typed: str) -> None:
    assert all(not word or word[0] >= "ء" for word in SPELLINGS.read(typed))


def test_a_question_is_answered_as_in_arabic_letters() -> None:
    typed = ANSWERER.answer("emta fata7et el baladiya el maktaba el 3amma?", TOWN)
    written = ANSWERER.answer("امتى فتحت البلدية المكتبة العامة؟", TOWN)
    assert isinstance(typed, Answer)
    assert isinstance(written, Answer)
    assert [quote.text for quote in typed.quotes][:1] == [quote.text for quote in written.quotes][:1]


@pytest.mark.parametrize(
    ("message", "arabic"),
    [
        ("ch7al men na2eb sawet b na3am?", "شحال من نايب"),
        ("kam qimat safqat palantir", "كم"),
        ("chnowa sar fi mars 2017?", "مارس 2017"),
        ("9addech 3omrou Malek Jaziri?", "Jaziri"),
        ("chnowa 9al el wazir?", "الوزير"),
        ("kam wa7ed 3andhom", "عندهوم"),
        ("shinu sar b wazir il9i77a?", "شنو صار"),
    ],
)
def test_a_message_is_put_into_arabic_with_its_names_and_numbers(message: str, arabic: str) -> None:
    analysed = analyse_message(message, QUESTIONS)
    assert analysed.text.language == ARABIC_IN_LATIN
    assert arabic in analysed.text.text


@pytest.mark.parametrize(("held_out", "least"), [(False, 0.83), (True, 0.83)])
def test_most_words_are_read_as_their_askers_write_them_in_arabic(held_out: bool, least: float) -> None:
    """Of sixty questions in five regions, .77 and .79 before the letters, particles and shapes of words were mended."""
    found = wanted = 0
    for record in map(json.loads, TWINS.read_text(encoding="utf-8").splitlines()):
        if record["held_out"] is not held_out:
            continue
        typed, written = (analyse_message(record[name], QUESTIONS) for name in ("latin", "arabic"))
        assert written.question is not None
        assert typed.question is not None
        assert typed.text.gloss is not None
        read = {light_stem(word) for words in typed.text.gloss.others.values() for word in words if word}
        read |= {form for term in typed.question.terms for form in (term.stem, term.without_proclitic)}
        found += sum(not read.isdisjoint((one.stem, one.without_proclitic)) for one in written.question.terms)
        wanted += len(written.question.terms)
    assert found >= least * wanted


@pytest.mark.parametrize(
    ("typed", "coverage", "word"),
    [
        ("kelb", {"قلب"}, "قلب"),
        ("kelb", {"كلب", "قلب"}, "كلب"),
        ("kelb", set(), "كلب"),
        ("bousfir", {"بوصفير"}, "بوصفير"),
    ],
)
def test_of_likely_words_the_one_that_a_coverage_has_is_meant(typed: str, coverage: set[str], word: str) -> None:
    assert SPELLINGS.read(typed, lambda one: float(one in coverage))[0] == word


@pytest.mark.parametrize(
    "message", ["palantir stock price", "nom du fondateur", "foo bar baz", "hello there general", "prix huawei mate 9"]
)
def test_another_language_is_not_taken_for_arabic(message: str) -> None:
    assert analyse_message(message, QUESTIONS).text.language != ARABIC_IN_LATIN


@pytest.mark.parametrize(("message", "reason"), [("salam 3likom kidayrin lyoum", Reason.GREETING)])
def test_small_talk_is_known_by_its_arabic(message: str, reason: Reason) -> None:
    assert analyse_message(message, QUESTIONS).reason is reason


def test_a_refusal_names_what_is_missing_as_it_was_typed() -> None:
    refusal = ANSWERER.answer("9addech flous el mathaf?", TOWN)
    assert isinstance(refusal, Refusal)
    assert refusal.missing == ("mathaf",)


@pytest.mark.parametrize(("own", "broken"), [("b = ب", "b ب"), ("ط 0.15", "ط much")])
def test_a_broken_line_is_named(own: str, broken: str, tmp_path: Path) -> None:
    file = tmp_path / "arabizi.toml"
    file.write_text((CONFIG / file.name).read_text(encoding="utf-8").replace(own, broken, 1), encoding="utf-8")
    with pytest.raises(ValueError, match=r"arabizi\.toml: .*(ب|much)"):
        LatinLetters.read(file)
