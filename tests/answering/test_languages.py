"""The language of a question, and the hint to ask in Arabic that goes with it."""

import pytest

from bot.answering.question import analyse
from tests.answering.coverage import ANALYSER, LEXICON

QUESTIONS = {
    "ar": [
        "متى افتتحت المكتبة؟",
        "مَتَى افتُتِحَتِ المَكْتَبَةُ؟",
        "ما علاقة Palantir Technologies بوكالة ICE؟",
        "ما هي Palantir Technologies Inc",
        "چم كتاب بالمكتبة؟",
        "چان شنو گال المدير؟",
        "کم كتابا في المكتبة؟",
        "المكتبة",
    ],
    "en": [
        "When did the library open?",
        "who is Alex Karp",
        "How much did it cost?",
        "What did البلدية say about the library?",
        "WHAT IS THE PRICE",
    ],
    "fr": ["Quand la bibliothèque a-t-elle été inaugurée ?", "Combien coûte le livre ?", "Qui est le directeur ?"],
    "es": ["¿Cuándo abrió la biblioteca?", "¿Cuánto costó?", "quién es el director"],
    "tr": ["Kütüphane ne zaman açıldı?", "Müdür kim?", "Kütüphane nerede?"],
    "de": ["Wann wurde die Bibliothek eröffnet?", "Wie viel kostet das Buch?", "Wer ist der Direktor?"],
    "fa": ["کتابخانه کی باز شد و مدیر آن کیست؟", "پایتخت ایران کجاست؟"],
    "ur": ["لائبریری کب کھلی ہے؟", "پاکستان کا وزیر اعظم کون ہے؟"],
    "ckb": ["کتێبخانەکە لە کوێیە؟", "سەرۆک کێیە؟"],
    "ar-Latn": ["emta fata7et el maktaba?", "kam el se3r", "meen el modeer", "shu isem el maktabe"],
    "und": ["Palantir ICE", "Столица России?", "図書館はどこですか", "F35"],
}


@pytest.mark.parametrize(("text", "tag"), [(text, tag) for tag, texts in QUESTIONS.items() for text in texts])
def test_the_language_of_a_question(text: str, tag: str) -> None:
    assert analyse(text, ANALYSER, LEXICON).language == tag


@pytest.mark.parametrize("text", ["", "؟", "2025", "😀", "... !"])
def test_what_holds_no_letter_is_in_no_language(text: str) -> None:
    assert LEXICON.languages.recognise(text) is None


def test_the_hint_is_in_the_asker_s_language() -> None:
    languages = LEXICON.languages
    hints = {tag: languages.hint(tag) for tag in QUESTIONS if tag != "ar"}
    assert all(hints.values())
    for tag in set(hints) - {"und"}:
        assert languages.recognise(hints[tag] or "") == ("ar" if tag == "ar-Latn" else tag)
    assert languages.hint("xx") == languages.hint("und")


@pytest.mark.parametrize("tag", ["ar", None])
def test_an_arabic_question_gets_no_hint(tag: str | None) -> None:
    assert LEXICON.languages.hint(tag) is None


@pytest.mark.parametrize(
    ("text", "searched"),
    [
        ("When did the library open?", ["library", "open"]),
        ("Quand la bibliothèque a été inaugurée ?", ["bibliothèque", "inaugurée"]),
        ("Did the US tell us who won?", ["US", "won"]),
        ("هل وقعت WHO؟", ["وقعت", "WHO"]),
    ],
)
def test_the_grammar_of_another_language_is_not_searched_for(text: str, searched: list[str]) -> None:
    assert [text[term.start : term.end] for term in analyse(text, ANALYSER, LEXICON).terms] == searched
