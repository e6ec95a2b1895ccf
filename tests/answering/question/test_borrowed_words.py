"""English and French words in Arabic questions: which are known, what they mean, and what is left alone."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answering.question.borrowed_words import with_borrowed_words
from bot.answering.question.gloss import gloss
from bot.arabic import normalise
from tests.answering.coverage import LEXICON, QUESTIONS

SPOKEN = "شكون متى المكتبة في 2017 le prix du la garde nationale of the prime minister Total ال a ? ، Orange l'équipe"


def known(text: str) -> dict[str, tuple[str, ...]]:
    return dict(with_borrowed_words(QUESTIONS.tokenise(text), LEXICON)[1])


@pytest.mark.parametrize(
    ("text", "meanings"),
    [
        ("شحال studio du قمرت", {"studio": "استوديو", "du": None}),
        ("متى حريق ال warehouse", {"warehouse": "مستودع"}),
        ("شكون حل l'bibliothèque", {"l'bibliothèque": "مكتبة"}),
        ("قداش les cambriolages", {"les": None, "cambriolages": "سطو"}),
        ("شكون بنى le chemin de fer", {"le": None, "chemin": "سكة", "de": None, "fer": "حديد"}),
        ("قداش دفعت la banque mondiale", {"la": None, "banque": "البنك", "mondiale": "الدولي"}),
        ("وين le football", {"le": None, "football": "كرة_القدم"}),
        ("متى la bibliothéque الجديدة", {"la": None, "bibliothéque": "مكتبة"}),
        ("متى la biblioteque الجديدة", {"la": None, "biblioteque": "مكتبة"}),
    ],
)
def test_a_word_has_its_most_usual_meaning_and_none_where_it_is_grammar(
    text: str, meanings: dict[str, str | None]
) -> None:
    assert known(text) == {word: (normalise(one),) if one else () for word, one in meanings.items()}


@pytest.mark.parametrize(
    "text",
    [
        "متى افتتحت المكتبة؟",
        "شكون مدير Orange",
        "وين مقر GOUVERNEMENT",
        "When did the library open?",
        "le prix du carburant",
        "متى zwrtl المدينة",
        "متى 2017",
        "وين راح tunisair",
        "وين مقر apple",
        "متى quand المكتبة",
    ],
)
def test_other_texts_are_left_as_they_are(text: str) -> None:
    whole = QUESTIONS.tokenise(text)
    assert with_borrowed_words(whole, LEXICON) == (whole, {})


def test_what_both_languages_know_has_a_meaning_of_each() -> None:
    english, french = (LEXICON.glossaries[tag].words["coin"][0] for tag in ("en", "fr"))
    assert english != french
    assert known("شنوة coin") == {"coin": (normalise(english), normalise(french))}


@pytest.mark.parametrize(
    ("english", "french", "words", "known"),
    [
        ("bb cc_dd", "aa_bb_cc", "aa_bb_cc dd ee", "aa_bb_cc"),
        ("bb_cc ee", "aa_bb cc", "aa_bb cc dd ee", "aa_bb cc ee"),
        ("aa bb_cc", "aa_bb cc", "aa_bb cc dd ee", "aa_bb cc"),
    ],
)
def test_of_phrases_that_overlap_the_first_and_longest_counts(
    english: str, french: str, words: str, known: str
) -> None:
    glossaries = {
        tag: replace(LEXICON.glossaries[tag], words=dict.fromkeys(phrases.split(), ("معنى",)))
        for tag, phrases in (("en", english), ("fr", french))
    }
    text, meanings = with_borrowed_words(
        QUESTIONS.tokenise("متى aa bb cc dd ee"), replace(LEXICON, glossaries=glossaries)
    )
    assert text.normals[1:] == words.split()
    assert meanings == dict.fromkeys(known.split(), (normalise("معنى"),))


def test_a_text_in_another_language_is_glossed_and_has_no_borrowed_words() -> None:
    glossed = gloss(QUESTIONS.tokenise("Quel est le prix de الخبز dans la warehouse ?"), LEXICON)
    assert glossed.gloss is not None
    assert {"الخبز", "warehouse"} <= set(glossed.text.split())
    assert with_borrowed_words(glossed, LEXICON) == (glossed, {})


def test_without_glossaries_nothing_is_known() -> None:
    text = QUESTIONS.tokenise("متى ال warehouse")
    assert with_borrowed_words(text, replace(LEXICON, glossaries={})) == (text, {})


@given(st.lists(st.sampled_from(SPOKEN.split()), max_size=14).map(" ".join))
def test_the_text_stays_and_its_words_keep_their_places(text: str) -> None:
    before = QUESTIONS.tokenise(text)
    after, meanings = with_borrowed_words(before, LEXICON)
    assert after.text == before.text
    assert sorted({word.start for word in after.words} - {word.start for word in before.words}) == []
    assert all(one.end <= two.start for one, two in zip(after.words, after.words[1:], strict=False))
    assert meanings.keys() <= {word.normal for word in after.words}
    assert "".join(word.normal.replace("_", "") for word in after.words) == "".join(
        word.normal.replace("_", "") for word in before.words
    )


def test_a_phrase_stays_one_word_where_its_words_mean_something_else_as_well() -> None:
    bank = normalise(LEXICON.glossaries["fr"].words["banque"][0])
    assert bank != "البنك"
    before, behind = known("قداش banque و banque mondiale"), known("قداش banque mondiale و banque")
    assert before == {"banque": ("البنك",), "mondiale": (normalise("الدولي"),)}
    assert behind == {"banque_mondiale": (normalise("البنك_الدولي"),), "banque": (bank,)}
