"""Swapped questions ask the same of something that the corpus lacks."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.arabic import normalise
from bot.articles import Article, Paragraph
from bot.edition import make_edition
from bot.lab.evaluation.question_sets import SWAP, Case, EvaluationSet, PassageId
from bot.lab.evaluation.swap_words import SwapWords
from bot.lab.evaluation.swaps import CorpusVocabulary, Replacer, add_swaps
from tests.answering.coverage import ANALYSER, BACKGROUND, KNOWLEDGE, LEXICON

TEXTS = {
    "mission": "وصلت البعثة إلى منغوليا في ربيع عام 2019، واستقبلها سفير اليابان.",
    "factory": "اشترى مصنع كوداك الجديد آلات بقيمة 40 مليون دينار، وعمل فيه ثلاثمئة عامل.",
    "olives": "بدأ قطف الزيتون قبل موعده بسبب حرارة الصيف.",
    "library": "تضم المكتبة قاعة واسعة للأطفال.",
}
QUESTIONS = {
    "متى وصلت البعثة إلى منغوليا؟": "mission",
    "ماذا حدث في ربيع عام ٢٠١٩؟": "mission",
    "بكم اشترى مصنع كوداك آلاته؟": "factory",
    "لماذا بدأ قطف الزيتون قبل موعده؟": "olives",
    "ماذا تضم المكتبة؟": "library",
}

WORDS = SwapWords.read()
REPLACER = Replacer(WORDS, ANALYSER, BACKGROUND.per_million.keys())

ARTICLE = Article(
    "a",
    "رحلة إلى مونتيفيديو",
    (Paragraph("زار الوزير معرض كوداك عام 2019، وافتتح المتحف والمكتبات.", "أخبار Siemens"),),
)
VOCABULARY = CorpusVocabulary(make_edition([ARTICLE], [], ANALYSER), ANALYSER)
LETTERS = "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"


def made(questions: dict[str, str] = QUESTIONS, *, also: str = "") -> list[str]:
    """Return the swapped questions, on a corpus that holds one more text."""
    articles = [Article(name, "أخبار", (Paragraph(text),)) for name, text in (TEXTS | {"also": also or "نص"}).items()]
    cases = tuple(Case(question, "gold", ("نص",), PassageId(name, 0)) for question, name in questions.items())
    return [
        case.question
        for case in add_swaps(EvaluationSet("set", (), cases), make_edition(articles, [], ANALYSER), KNOWLEDGE).cases
        if (case.kind, case.answers) == (SWAP, ()) and case.place
    ]


def test_the_most_important_word_gives_way_to_one_of_its_kind() -> None:
    assert made() == [
        "متى وصلت البعثة إلى غامبيا؟",
        "ماذا حدث في ربيع عام ٢٠٠٨؟",
        "بكم اشترى مصنع غلينكور آلاته؟",
        "لماذا بدأ قطف الكركم قبل موعده؟",
    ]


def test_a_word_that_stands_anywhere_in_the_corpus_does_not_come() -> None:
    words = SwapWords.read()
    plants = [word for word in words.words["plants"] if word != "السفرجل"]
    question = {"لماذا بدأ قطف الزيتون قبل موعده؟": "olives"}
    assert made(question, also=" ".join(plants)) == ["لماذا بدأ قطف السفرجل قبل موعده؟"]
    assert made(question, also=" ".join([*plants, "والسفرجل"])) == []


def test_names_of_the_lexicon_do_not_come() -> None:
    question = {"متى وصلت البعثة إلى منغوليا؟": "mission"}
    countries = SwapWords.read().words["countries"]
    known = [word for word in countries if ANALYSER.stem(ANALYSER.words(word)[0]) in LEXICON.names]
    unknown = [word for word in countries if word not in known]
    assert "فنلندا" in known
    assert made(question, also=" ".join(unknown)) == []


def test_the_word_replaced_stands_in_the_passage_that_answers() -> None:
    assert made({"متى وصلت البعثة إلى منغوليا؟": "library"}) == []


def test_a_set_that_brings_its_own_gets_no_others() -> None:
    edition = make_edition([Article("mission", "أخبار", (Paragraph(TEXTS["mission"]),))], [], ANALYSER)
    case = Case("متى وصلت البعثة إلى منغوليا؟", "gold", ("ربيع",), PassageId("mission", 0))
    own = Case("متى وصلت البعثة إلى بوتان؟", SWAP, ())
    assert len(add_swaps(EvaluationSet("set", (), (case,)), edition, KNOWLEDGE).cases) == 2
    assert add_swaps(EvaluationSet("set", (), (case, own)), edition, KNOWLEDGE).cases == (case, own)


def test_a_word_that_stands_twice_stays() -> None:
    assert made({"متى وصلت بعثة منغوليا إلى منغوليا؟": "mission"}) == []


@pytest.mark.parametrize("question", ["", "ما؟", "🙂"])
def test_a_question_without_words_makes_none(question: str) -> None:
    assert made({question: "library"}) == []


def proposed(question: str, word: str, *held: str) -> set[str]:
    """Return what may be written in the place of a word of a question."""
    term = next(term for term in KNOWLEDGE.questions.analyse(question).terms if term.normal == normalise(word))
    return {written for _, written in REPLACER.proposals(question, term, held)}


@pytest.mark.parametrize(
    ("question", "word", "others"),
    [
        ("ما عاصمة منغوليا؟", "منغوليا", {"بوتان", "ليتوانيا"}),
        ("ما عاصمة النيجر؟", "النيجر", {"السنغال", "المالديف"}),
        ("كم يبلغ طول نهر النيجر؟", "النيجر", {"الدانوب", "الغانج"}),
        ("أين يقع نهر الخرطال؟", "الخرطال", {"الدانوب", "الغانج"}),
        ("متى تأسست مدينة بلوزداد؟", "بلوزداد", {"ريكيافيك", "تالين"}),
        ("متى تأسست مدينة شفارتس بلوزداد؟", "بلوزداد", {"ريكيافيك", "تالين"}),
        ("ما اقتصاد منغوليا وليتوانيا؟", "وليتوانيا", {"وبوتان", "ومنغوليا"}),
        ("متى استقلت الدولة للنيجر؟", "للنيجر", {"للسنغال", "للمالديف"}),
        ("من الوزير الياباني؟", "الياباني", {"المنغولي", "الفنلندي"}),
        ("كم جامعة يابانية هناك؟", "يابانية", {"منغولية", "فنلندية"}),
        ("ماذا قال اليابانيون؟", "اليابانيون", {"المنغوليون", "الفنلنديون"}),
        ("متى قامت الدولة العباسية؟", "العباسية", {"البيزنطية", "الأيوبية"}),
        ("ما عدد متحدثي اللغة الفرنسية؟", "الفرنسية", {"الفنلندية", "السواحلية"}),
        ("من وزير العدل؟", "العدل", {"الصحة", "الري"}),
        ("ما أعراض مرض السل؟", "السل", {"الكوليرا", "الجذام"}),
        ("من هو روبرت شفارتسبوك؟", "شفارتسبوك", {"هيمنغواي", "فاراداي"}),
        ("من هو القشعمي؟", "القشعمي", {"السياب", "الجواهري"}),
        ("ما هو الخشخاش؟", "الخشخاش", {"المنطاد", "الإسفلت"}),
        ("ما هي الطبرزدة؟", "الطبرزدة", {"المسلة", "المشربية"}),
        ("كم ثمن هاتف Siemens؟", "Siemens", {"Kodak", "Toshiba"}),
        ("كم ثمن هاتف siemens؟", "siemens", {"kodak", "toshiba"}),
        ("ماذا تفعل NATO؟", "NATO", {"OPEC", "ASEAN"}),
        ("ماذا حدث عام ٢٠٠٣؟", "2003", {"٢٠٠٢", "١٩٩٩"}),
    ],
)
def test_words_of_the_same_kind_come(question: str, word: str, others: set[str]) -> None:
    found = proposed(question, word)
    assert others <= found
    assert len(found) < 400


@pytest.mark.parametrize(
    ("question", "word"),
    [
        ("متى استبسل الجنود؟", "استبسل"),  # a verb behind a question word
        ("ما البرامج التي استحدثتها الوزارة؟", "استحدثتها"),
        ("ما أسباب خشخشة المحرك؟", "خشخشه"),  # the first of two nouns
        ("كيف يعمل المحرك البخاري؟", "المحرك"),  # an adjective goes with it
        ("ما هو الخشخاش الذي يزرع؟", "الخشخاش"),
        ("من رئيس الولايات المتحدة الأمريكية؟", "الامريكيه"),
        ("ماذا قال الرسول محمد؟", "محمد"),
        ("من الملك السابق؟", "السابق"),
        ("كم سكان المدينة؟", "المدينة"),
        ("ما هي البرمجيات؟", "البرمجيات"),
    ],
)
def test_a_word_of_no_known_kind_stays(question: str, word: str) -> None:
    assert proposed(question, word) == set()


def test_only_a_word_that_the_passage_has_without_its_first_letter_loses_it() -> None:
    assert "لهيمنغواي" in proposed("كم رواية لشفارتسبوك؟", "لشفارتسبوك", "شفارتسبوك")
    assert "هيمنغواي" in proposed("كم رواية لشفارتسبوك؟", "لشفارتسبوك")


def test_hamza_is_no_article() -> None:
    assert "بوتان" in proposed("ما عاصمة ألمانيا؟", "ألمانيا")
    assert "هيمنغواي" in proposed("من هو ريمون ألشتوخر؟", "ألشتوخر")


def test_the_lists_hold_words_that_can_be_written_into_a_question() -> None:
    lists = [*WORDS.words.values(), *WORDS.origins, WORDS.names, WORDS.abbreviations]
    for words in lists:
        assert len(words) == len(set(words)) > 5
        assert all(len(ANALYSER.terms(word)) == 1 for word in words)


@pytest.mark.parametrize(
    "word",
    [
        "وزير",  # without its article
        "مكتبه",  # in the singular
        "متاحف",  # an edit away
        "مونتفيديو",  # without a weak letter
        "مونتفدو",  # without several
        "kodak",  # in Latin letters
        "سيمنز",  # in Arabic letters
        "siemans",
        "2019",
    ],
)
def test_forms_and_spellings_are_not_lacked(word: str) -> None:
    assert not VOCABULARY.lacks(word)


@pytest.mark.parametrize("word", ["ريكيافيك", "lufthansa", "2018", "طبيب", "سفير"])
def test_other_words_are_lacked(word: str) -> None:
    assert VOCABULARY.lacks(word)


@given(place=st.integers(0, 7), letter=st.sampled_from(LETTERS + string.ascii_lowercase), kind=st.integers(0, 3))
def test_no_single_edit_makes_a_word_lacked(place: int, letter: str, kind: int) -> None:
    name = "مونتيفيدو"
    edited = (
        name[:place] + letter + name[place:],
        name[:place] + letter + name[place + 1 :],
        name[:place] + name[place + 1 :],
        name[:place] + name[place + 1] + name[place] + name[place + 2 :],
    )[kind]
    article = Article("b", name, (Paragraph(name),))
    # The stem is what is compared, so an edit may not make another ending of the word.
    if ANALYSER.stem(edited)[-3:] == name[-3:]:
        assert not CorpusVocabulary(make_edition([article], [], ANALYSER), ANALYSER).lacks(edited)
