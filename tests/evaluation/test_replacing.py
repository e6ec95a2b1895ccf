"""A word gives way to others of its kind, in its form, and only where its kind is known."""

import pytest

from bot.answering.question import analyse
from bot.arabic import normalise
from bot.evaluation.replacing import Replacer
from bot.evaluation.swap_words import SwapWords
from tests.answering.coverage import ANALYSER, BACKGROUND, LEXICON

WORDS = SwapWords.read()
REPLACER = Replacer(WORDS, ANALYSER, BACKGROUND.per_million.keys())


def proposed(question: str, word: str, *held: str) -> set[str]:
    """Return what may be written in the place of a word of a question."""
    term = next(term for term in analyse(question, ANALYSER, LEXICON).terms if term.normal == normalise(word))
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
