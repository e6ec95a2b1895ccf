"""The language of a question, and the hint to ask in Arabic that goes with it."""

import pytest

from tests.answering.coverage import KNOWLEDGE, LEXICON, answered, article, refused

PALANTIR = article(
    "palantir",
    "Palantir Technologies و ICE",
    "Palantir Technologies sign ICE: وقعت Palantir Technologies اتفاقا مع ICE.",
)
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
    "fr": [
        "Quand la bibliothèque a-t-elle été inaugurée ?",
        "Combien coûte le livre ?",
        "Qui est le directeur ?",
        "Tu es sûr ?",
        "Vous êtes sûr ?",
        "chronologie : journal",
    ],
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
    assert KNOWLEDGE.questions.analyse(text).language == tag


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
        ("What's the price after it didn’t open?", ["price", "open"]),
        ("هل وقعت WHO؟", ["وقعت", "WHO"]),
    ],
)
def test_the_grammar_of_another_language_is_not_searched_for(text: str, searched: list[str]) -> None:
    assert [text[term.start : term.end] for term in KNOWLEDGE.questions.analyse(text).terms] == searched


@pytest.mark.parametrize(
    ("text", "tag", "missing"),
    [
        ("What's the price of the tram, and who’s the foreman?", "en", ("foreman",)),
        ("Wann wurde die Seilbahn in Kyoto gebaut?", "de", ("Seilbahn", "Kyoto", "gebaut")),
        ("Qui est-ce ?", "fr", ()),
        ("What is it about?", "en", ()),
        ("hello", "en", ()),
        ("Kyoto", "und", ("Kyoto",)),
        ("Столица России?", "und", ("Столица", "России")),
        ("kam el se3r", "ar-Latn", ("se3r",)),
    ],
)
def test_a_refusal_asks_for_arabic_in_the_asker_s_language(text: str, tag: str, missing: tuple[str, ...]) -> None:
    refusal = refused(text)
    assert refusal.hint == LEXICON.languages.hint(tag)
    assert refusal.missing == missing


@pytest.mark.parametrize("text", ["merci", "thank you", "thanks a lot", "bye"])
def test_who_thanks_or_leaves_in_another_language_is_not_told_how_to_ask(text: str) -> None:
    assert refused(text).hint is None


@pytest.mark.parametrize(
    "text", ["من اخترع الهاتف؟", "شكرا", "ماذا قال Elon Musk عن النفق؟", "؟", "2025", "وهل؟", "the " * 500]
)
def test_an_arabic_question_and_what_is_too_long_are_refused_without_a_hint(text: str) -> None:
    assert refused(text).hint is None


def test_a_question_in_another_language_is_answered_where_its_evidence_holds() -> None:
    assert answered("What did Palantir Technologies sign with ICE?", PALANTIR).quotes[0].article == PALANTIR
