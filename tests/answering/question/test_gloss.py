"""Messages in English and French with an Arabic word for each of theirs, and those that are left as they are."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.answering.knowledge import UNDETERMINED
from bot.answering.question import TokenisedText
from bot.answering.question.gloss import gloss
from bot.answering.question.message import MOST_WORDS
from bot.arabic import normalise, words
from tests.answering.coverage import LEXICON, QUESTIONS
from tests.arabic.alphabet import FOREIGN, FORMS, MARKS, POINTS, TEXT, UNSEEN
from tests.examples import examples

MESSAGES = {
    "en": [
        ("When did the library open?", "متى مكتبة مفتوح ?"),
        ("WHERE WAS THE LIBRARY?", "أين مكتبة ?"),
        ("How many books?", "كم كتاب ?"),
        ("Which bridge?", "أي جسر ?"),
        ("who is the director", "مَن هو مدير"),
        ("who was closed", "مَن مغلق"),
        ("who is Ahmed", "مَن هو أحمد"),
        ("what's the price of the tram", "ما هو سعر ترام"),
        ("what’s the price", "ما هو سعر"),
    ],
    "fr": [
        ("Quand la bibliothèque a-t-elle ouvert ?", "متى مكتبة مفتوح ?"),
        ("où est le pont", "أين جسر"),
        ("Combien de livres ?", "كم كتاب ?"),
        ("Qu'est-ce que le ministre a dit ?", "ماذا وزير قال ?"),
        ("qui est le directeur", "مَن هو مدير"),
        ("Pourquoi le pont est-il fermé ?", "لماذا جسر مغلق ?"),
    ],
}
EACH_MESSAGE = [(text, arabic, tag) for tag, messages in MESSAGES.items() for text, arabic in messages]
LETTERS = "abcdeéèçnostuûqlmrhwiGYTE"
ENGLISH = "when who what did is the a of to library bridge open New York ICE US Palantir’s 1st please can you tell me"
FRENCH = "quand qui où est-ce que le la l'église d'Alep bibliothèque a-t-elle été fermé s'il vous plaît"
OTHER = "? ! , … — ' ’ - 10,000 3.5 2026 F-35 متى المكتبة ¿Cuándo 東京 서울"
SPOKEN = st.lists(
    st.one_of(
        st.sampled_from(ENGLISH.split()),
        st.sampled_from(FRENCH.split()),
        st.sampled_from(OTHER.split()),
        st.text(st.sampled_from(LETTERS + FOREIGN + FORMS + MARKS + UNSEEN + POINTS), min_size=1, max_size=8),
    ),
    max_size=12,
).map(" ".join)


def glossed(message: str) -> TokenisedText:
    return gloss(QUESTIONS.tokenise(message), LEXICON)


def in_arabic(message: str) -> str:
    text = glossed(message)
    assert text.gloss is not None, message
    return text.text


def written(message: str) -> dict[str, str]:
    found = glossed(message).gloss
    return dict(found.written) if found else {}


@pytest.mark.parametrize(("message", "arabic", "tag"), EACH_MESSAGE)
def test_each_word_has_one_of_arabic_and_the_language_stays(message: str, arabic: str, tag: str) -> None:
    text = glossed(message)
    assert (text.text, text.language) == (arabic, tag)
    assert text.gloss is not None
    assert text.gloss.source == message


@pytest.mark.parametrize(
    ("message", "arabic"),
    [
        ("What was closed when the library opened?", "ما هو مغلق مكتبة مفتوح ?"),
        ("Which bridge closed when the library opened?", "أي جسر مغلق مكتبة مفتوح ?"),
        ("when was the library opened", "متى مكتبة مفتوح"),
        ("The bridge closed when?", "جسر مغلق متى ?"),
        ("La bibliothèque qui est fermée coûte combien ?", "مكتبة مغلق كلف كم ?"),
        ("Who is the director who was there?", "مَن هو مدير ?"),
        ("Who closed it when the library opened?", "مَن مغلق مكتبة مفتوح ?"),
        ("When the library opened, who closed it?", "مكتبة مفتوح , مَن مغلق ?"),
        ("Qui est le directeur qui a fermé le pont ?", "مَن هو مدير مغلق جسر ?"),
        ("Pourquoi le pont a fermé quand la bibliothèque a ouvert ?", "لماذا جسر مغلق مكتبة مفتوح ?"),
        ("le pont a fermé quand ?", "جسر مغلق متى ?"),
        ("le pont ou la bibliothèque", "جسر مكتبة"),
    ],
)
def test_what_may_join_clauses_asks_where_nothing_else_does(message: str, arabic: str) -> None:
    assert in_arabic(message) == arabic


@pytest.mark.parametrize(
    ("message", "arabic"),
    [
        ("when did the libarry open", "متى مكتبة مفتوح"),
        ("WHEN DID THE LIBARRY OPEN", "متى LIBARRY مفتوح"),
        ("when did the Libarry open", "متى Libarry مفتوح"),
    ],
)
def test_a_slip_in_small_letters_is_mended_and_what_may_be_a_name_is_not(message: str, arabic: str) -> None:
    assert in_arabic(message) == arabic


@pytest.mark.parametrize(
    ("message", "arabic"),
    [
        ("Did the library open?", "هل مكتبة مفتوح ?"),
        ("is the bridge closed", "هل جسر مغلق"),
        ("Hi, did the library open?", "هل مكتبة مفتوح ?"),
        ("Est-ce que le pont est fermé ?", "هل جسر مغلق ?"),
        ("Est-ce que quelqu'un sait quand le pont a fermé ?", "متى جسر مغلق ?"),
        ("Y a-t-il des livres ?", "هل كتاب ?"),
        ("The bridge is closed", "جسر مغلق"),
        ("When was the bridge closed?", "متى جسر مغلق ?"),
        ("Can you tell me about the bridge?", "حدثني عن جسر ?"),
    ],
)
def test_an_auxiliary_asks_at_the_beginning_where_nothing_else_does(message: str, arabic: str) -> None:
    assert in_arabic(message) == arabic


@pytest.mark.parametrize(
    "message",
    [
        "Hello everyone, when did the library open? Thanks in advance!",
        "please tell me when the library opened",
        "does anyone know when the library opened?",
        "Bonjour à tous, quand la bibliothèque a ouvert, s'il vous plaît ? Merci d'avance",
        "quelqu’un sait quand la bibliothèque a ouvert ? svp",
    ],
)
def test_courtesies_are_left_out(message: str) -> None:
    assert in_arabic(message).rstrip(" ?!,") == "متى مكتبة مفتوح"


@pytest.mark.parametrize(
    ("message", "arabic"),
    [
        ("L'église d'Alep est où ?", "كنيسة حلب أين ?"),
        ("L’église d’Alep est où ?", "كنيسة حلب أين ?"),
        ("Qu'est-ce qu'Alep a dit ?", "ماذا حلب قال ?"),
        ("le prix de l'Zwrtl", "سعر Zwrtl"),
        ("What is the library's price?", "ما هو مكتبة سعر ?"),
        ("What is the Zwrtl’s price?", "ما هو Zwrtl سعر ?"),
        ("women's rights in the city", "حقوق المرأة في مدينة"),
        ("the 2nd bridge", "ثان جسر"),
        ("What may the library say in May?", "ماذا مكتبة قال مايو ?"),
    ],
)
def test_what_is_written_onto_a_word_is_taken_off(message: str, arabic: str) -> None:
    assert in_arabic(message) == arabic


@pytest.mark.parametrize(
    ("message", "arabic"),
    [
        ("What did ICE say?", "ماذا ICE قال ?"),
        ("What is the ice?", "ما هو جليد ?"),
        ("WHAT IS THE ICE?", "ما هو جليد ?"),
        ("What's ICE?", "ما هو ICE ?"),
        ("Palantir ICE", "بالانتير ICE"),
        ("when did the LIBRARY open", "متى مكتبة مفتوح"),
        ("What did the U.S. say?", "ماذا الولايات المتحدة . قال ?"),
        ("What did the US say?", "ماذا الولايات المتحدة قال ?"),
        ("What did he tell us?", "ماذا قال ?"),
        ("WHEN did the library open?", "متى مكتبة مفتوح ?"),
        ("Did the library NOT open in the EU?", "هل مكتبة NOT مفتوح في الاتحاد الأوروبي ?"),
        ("Who closed the bridge in New York?", "مَن مغلق جسر في New York ?"),
        ("Who is Émilie Zwrtł?", "مَن هو Emilie Zwrtł ?"),
        ("qui est Gökçe Zwrtl", "مَن هو Gokce Zwrtl"),
        ("When was F35 closed in 2026?", "متى F35 مغلق في 2026 ?"),
    ],
)
def test_abbreviations_names_of_several_words_and_what_is_unknown_stay(message: str, arabic: str) -> None:
    assert in_arabic(message) == arabic


@pytest.mark.parametrize(
    ("message", "arabic"),
    [
        ("pourquoi البلدية أغلقت الجسر القديم", "لماذا البلدية أغلقت الجسر القديم"),
        ("combien من كتاب في المكتبة العامة", "كم من كتاب في المكتبة العامة"),
        ("Who هو مدير المكتبة", "مَن هو مدير المكتبة"),
        ("يا جماعة how many كتاب في المكتبة العامة", "يا جماعة كم كتاب في المكتبة العامة"),
    ],
)
def test_an_arabic_text_that_asks_in_another_language_is_glossed(message: str, arabic: str) -> None:
    assert in_arabic(message) == arabic


@pytest.mark.parametrize(
    "message",
    [
        "المدير qui يعمل في المكتبة العامة",
        "منظمة WHO في المدينة القديمة",
        "متى البلدية pourquoi",
        "متى افتتحت المكتبة؟",
        "What did متى البلدية say about the library?",
        "ما علاقة Palantir Technologies بوكالة ICE؟",
        "emta fata7et el maktaba?",
        "¿Cuándo abrió la biblioteca?",
        "Wann wurde die Bibliothek eröffnet?",
        "Столица России?",
        "図書館はどこですか",
        "Is it?",
        "it is",
        "Est-ce que c'est ça ?",
        "Hello everyone, thanks in advance!",
        "2026",
        "?!",
        "",
    ],
)
def test_another_message_is_left_as_it_is(message: str) -> None:
    text = QUESTIONS.tokenise(message)
    assert gloss(text, LEXICON) is text


@pytest.mark.parametrize(
    ("message", "arabic"),
    [
        ("prix huawei mate 9 tunisie", "سعر هواوي mate 9 تونس"),
        ("library price", "مكتبة سعر"),
        ("bibliothèque", "مكتبة"),
    ],
)
def test_keywords_have_the_words_of_the_glossary_that_knows_most_and_stay_in_no_language(
    message: str, arabic: str
) -> None:
    text = glossed(message)
    assert (text.text, text.language) == (arabic, UNDETERMINED)


@pytest.mark.parametrize("message", ["Zwrtl", "Zwrtl Gxyzt qqq library", "F35"])
def test_words_of_which_few_are_known_are_in_no_language(message: str) -> None:
    assert glossed(message).gloss is None


def test_what_stands_for_a_word_is_known_with_the_further_words_for_it_in_normal_form() -> None:
    own = glossed("Where is the Zwrtl’s library?").gloss
    assert own is not None
    assert dict(own.written) == {"أين": "", "Zwrtl": "Zwrtl’s", "مكتبة": "library"}
    assert dict(own.others) == {"مكتبه": ("مكتبات", "library")}


@pytest.mark.parametrize(
    ("message", "definite"),
    [("Where is the bridge?", {"جسر"}), ("Où est l'hôpital ?", {"مستشفي"}), ("Where are bridges?", set())],
)
def test_what_has_an_article_is_definite(message: str, definite: set[str]) -> None:
    found = glossed(message).gloss
    assert found is not None
    assert found.definite == definite


def test_a_phrase_without_blanks_is_written_whole() -> None:
    assert written("the U.S.")["المتحدة"] == "U.S"


def test_each_word_of_a_name_is_written_as_it_is_and_a_phrase_as_its_longest() -> None:
    assert written("How many books are in New York?") == {
        "كم": "",
        "كتاب": "books",
        "في": "in",
        "New": "New",
        "York": "York",
    }


def test_the_words_of_a_message_in_another_language_are_what_an_arabic_question_has() -> None:
    question = QUESTIONS.analyse_tokenised(glossed("When was the Élan library opened?"))
    assert [question.written(term) for term in question.terms] == ["Élan", "library", "opened"]
    assert {term.normal for term in question.standard_terms[question.terms[-1].stem]} == {"فتح", "opened"}


@pytest.mark.parametrize(
    ("message", "written"),
    [
        ("Is it true that 5 bridges and 5 books burned in New York?", "5 bridges 5 books burned in New York"),
        ("Did the Homeland Security close it?", "Homeland close"),
        ("هل أغلق 5 من 5 جسور؟", "هل أغلق 5 من 5 جسور؟"),
    ],
)
def test_a_place_of_a_question_is_told_as_it_was_written(message: str, written: str) -> None:
    question = QUESTIONS.analyse_tokenised(glossed(message))
    assert written in question.written_at(0, len(question.text))


@examples(300)
@example("when \ufb58\u0301")
@given(st.one_of(SPOKEN, TEXT))
def test_any_text_can_be_glossed_and_what_it_says_stands_in_it(message: str) -> None:
    text = glossed(message)
    assert text.words == tuple(words(text.text))
    for word in text.words:
        assert 0 <= word.start < word.end <= len(text.text)
        assert word.normal in normalise(text.written(word)) or word.normal.replace(".", "").isdecimal()
    if text.gloss:
        source = QUESTIONS.tokenise(message)
        assert {normal for normal in source.normals if "\u0620" <= normal[0] <= "\u08ff"} <= set(text.normals)
        assert all(word in message for word in text.gloss.written.values())
        assert set(text.gloss.others) <= set(text.normals)
        assert {text.written(word) for word in text.words} == text.gloss.written.keys()


@pytest.mark.parametrize(
    ("message", "arabic"),
    [
        ("Was it closed on March 7, 2016?", "هل مغلق على 7 مارس 2016 ?"),
        ("who closed it on March 7th", "مَن مغلق على 7 مارس"),
        ("who closed it on the 7th of March 2016", "مَن مغلق على 7 مارس 2016"),
        ("In March 20 books were where?", "في مارس 20 كتاب أين ?"),
        ("qui l'a fermé le 1er mars ?", "مَن مغلق 1 مارس ?"),
    ],
)
def test_the_day_of_a_date_is_a_number_before_its_month(message: str, arabic: str) -> None:
    assert in_arabic(message) == arabic


@pytest.mark.parametrize(
    ("message", "arabic"),
    [
        ("articles about the library", "مقالات عن مكتبة"),
        ("articles about fake news", "مقالات عن أخبار كاذبة"),
        ("Is there anything on the library?", "مقالات عن مكتبة ?"),
        ("I heard that the library closed", "هل صحيح أن مكتبة مغلق"),
        ("I heard that the library closed, when?", "مكتبة مغلق , متى ?"),
        ("depuis le début, la bibliothèque", "التسلسل الزمني , مكتبة"),
    ],
)
def test_phrases_that_tell_a_mode_stay_so_unless_something_is_asked(message: str, arabic: str) -> None:
    assert in_arabic(message) == arabic


def test_a_flood_of_ligatures_has_no_more_words_in_arabic_than_a_message() -> None:
    found = gloss(QUESTIONS.tokenise("what is " + "\ufdfa" * 490), LEXICON)
    assert found.gloss is not None
    assert len(found.words) <= MOST_WORDS
