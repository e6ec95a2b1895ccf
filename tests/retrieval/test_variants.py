"""What stands in a corpus for a word that none of its passages holds."""

import pytest

from bot.retrieval import Variant
from bot.retrieval.variants import is_slip, phonetic_similarity, typo_similarity
from tests.retrieval.coverage import ANALYSER, article, found, index

TEXT = (
    "افتتحت البلدية المكتبة العامة قرب الجسر، وحضر الوزير بوتين ومدير مايكروسوفت وممثلو شركتي Huawei و Boeing. وغرقت "
    "المراكب بصور قديمة من باريس، ولم يذكر ابرز المدربين محمد ولا محدد ولا السردين. مستشفيات القاهرة"
)
CORPUS = index(article("a", TEXT), article("b", "محدد محدد الجسور"), article("c", "السردين محدد"))


def variants(word: str) -> list[Variant]:
    [term] = ANALYSER.terms(word)
    return list(CORPUS.shortlist([term]).variants[0])


@pytest.mark.parametrize("word", ["المكتبة", "مكتبة", "والجسر", "Huawei", "محمد"])
def test_a_word_that_some_passage_holds_needs_no_other(word: str) -> None:
    assert variants(word) == []


@pytest.mark.parametrize(
    ("word", "stem"),
    [
        ("لمكتبة", "مكتب"),
        ("هالجسر", "جسر"),
        ("المكتتبة", "مكتب"),
        ("امكتبة", "مكتب"),
        ("املكتبة", "مكتب"),
        ("مكتبتهما", "مكتب"),
        ("ومكتباتهم", "مكتب"),
        ("السرذين", "سرد"),
        ("مايكرسوفت", "مايكروسوفت"),
        ("Huawie", "huawei"),
        ("Putin", "بوت"),
        ("Microsoft", "مايكروسوفت"),
        ("Paris", "باريس"),
        ("بوينغ", "boeing"),
        ("المكتبةالعامة", "مكتب"),
    ],
)
def test_the_nearest_word_comes_first(word: str, stem: str) -> None:
    nearest = variants(word)[0]
    assert nearest.stem == stem
    assert 0 < nearest.similarity <= 1


@pytest.mark.parametrize(
    ("word", "stem"),
    [("Serj", "سرج"), ("Elmanar", "منار"), ("Manar", "منار"), ("Almanar", "منار"), ("المنصوره", "mansoura")],
)
def test_a_name_in_other_letters_is_met_with_and_without_its_article(word: str, stem: str) -> None:
    corpus = index(article("a", "معرض السرج في حي المنار قرب Mansoura"), article("b", "خبر"))
    [found_variants] = corpus.shortlist(ANALYSER.terms(word)).variants
    assert found_variants[0].stem == stem


def test_variants_are_words_of_the_corpus_with_their_stems() -> None:
    for word in ("لمكتبة", "املكتبة", "Putin", "المكتبةالعامة"):
        for variant in variants(word):
            assert CORPUS.stems.document_frequency(variant.stem)
            assert ANALYSER.stem(variant.word) in {variant.stem, ANALYSER.stem(variant.stem)}


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("ميكروسفت", ["مايكروسوفت"]),
        ("ميكرسفيت", ["مايكروسوفت"]),
        ("السردنين", ["السردين"]),
        ("الطيران", []),
        ("جسور", []),
        ("1234567", []),
        ("Hawaii", []),
    ],
)
def test_what_may_be_meant_by_a_word_is_two_letters_off_or_has_its_consonants(word: str, meant: list[str]) -> None:
    assert CORPUS.lookalikes(word) == meant


def test_what_is_likeliest_meant_comes_first_and_then_what_more_passages_have() -> None:
    corpus = index(*(article(str(at), text) for at, text in enumerate(["البستان", "البرتقان", "البرتقال", "البرتقال"])))
    assert corpus.lookalikes("البرتقلا") == ["البرتقال", "البرتقان"]
    assert corpus.lookalikes("البرتقاب")[0] == "البرتقال"


def test_of_equally_near_words_those_in_more_passages_come_first() -> None:
    corpus = index(article("a", "بلاد بلاط"), article("b", "بلاط"), article("c", "خبر"))
    assert [variant.stem for variant in corpus.shortlist(ANALYSER.terms("بلاز")).variants[0]] == ["بلاط", "بلاد"]


def test_a_likely_slip_comes_before_an_unlikely_one() -> None:
    assert [variant.stem for variant in variants("محد")] == ["محدد", "محمد"]


def test_at_most_three_stand_for_a_word() -> None:
    corpus = index(article("a", "سلام سلاف سلاط سلاخ سلاح سلاب"))
    assert len(corpus.shortlist(ANALYSER.terms("سلاغ")).variants[0]) == 3


@pytest.mark.parametrize("word", ["2025", "F35", "زقزوقة", "طب", "xyz", "12,000"])
def test_numbers_and_words_like_no_other_have_no_variants(word: str) -> None:
    assert variants(word) == []


def test_a_number_is_not_taken_for_another() -> None:
    corpus = index(article("a", "في عام 2025 بيعت طائرات F16"), article("b", "خبر"))
    assert [list(each) for each in corpus.shortlist(ANALYSER.terms("2024 2052 F61")).variants] == [[], [], []]


@pytest.mark.parametrize("question", ["املكتبة", "مكتبتهما", "Mikrosoft", "الجصر"])
def test_a_question_whose_words_are_all_unknown_finds_what_it_means(question: str) -> None:
    filler = [article(f"filler {number}", f"طقس {number} معتدل") for number in range(150)]
    passages = index(*filler, article("a", TEXT), *filler)
    assert found(passages, question, 1) == [("a", 0)]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("مدررسه", "مدرسه"),
        ("مدرسهه", "مدرسه"),
        ("ممدرسه", "مدرسه"),
        ("محد", "محدد"),
        ("مستشقي", "مستشفي"),
        ("ضفيره", "ظفيره"),
        ("سوره", "صوره"),
        ("املكتبه", "المكتبه"),
        ("مدرهس", "مدرسه"),
        ("gokgle", "gojgle"),
    ],
)
def test_a_frequent_slip_costs_half_a_letter(written: str, meant: str) -> None:
    assert typo_similarity(written, meant) == 1 - 0.5 / max(len(written), len(meant))
    assert typo_similarity(meant, written) == typo_similarity(written, meant)


@pytest.mark.parametrize(
    ("written", "meant"), [("مدسه", "مدرسه"), ("مدبسه", "مدرسه"), ("مدرسهب", "مدرسه"), ("هابه", "ابه"), ("ا", "اب")]
)
def test_another_edit_costs_a_letter(written: str, meant: str) -> None:
    assert typo_similarity(written, meant) == 1 - 1 / max(len(written), len(meant))


@pytest.mark.parametrize(
    ("written", "meant", "is_one"),
    [
        ("المخزبة", "المخبزة", True),
        ("المخببزة", "المخبزة", True),
        ("المخبزة", "المخببزة", True),
        ("المخبسة", "المخبزة", False),
        ("المخبة", "المخبزة", False),
        ("المخبزة", "المخبزة", False),
        ("المزخةب", "المخبزة", False),
    ],
)
def test_a_slip_swaps_two_letters_or_doubles_one(written: str, meant: str, is_one: bool) -> None:
    assert is_slip(written, meant) is is_one


@pytest.mark.parametrize(("written", "meant"), [("مدرسه", "مدرسه"), ("مدسره", "مدرسات"), ("سردين", "مكتبه"), ("", "")])
def test_no_edit_and_two_edits_are_no_slip(written: str, meant: str) -> None:
    assert typo_similarity(written, meant) == 0


@pytest.mark.parametrize(
    ("latin", "arabic", "other"),
    [
        ("putin", "بوتين", "بطن"),
        ("peter", "بيتر", "بدور"),
        ("london", "لندن", "نادي"),
        ("paris", "باريس", "ابرز"),
        ("macron", "ماكرون", "مقارن"),
        ("israel", "اسراييل", "زرل"),
        ("boeing", "بوينغ", "بنجاح"),
        ("shakespeare", "شكسبير", "سكسبر"),
        ("serj", "السرج", "السراج"),
        ("elmanar", "المنار", "المنابر"),
    ],
)
def test_a_name_sounds_more_like_itself_than_like_another_word(latin: str, arabic: str, other: str) -> None:
    assert phonetic_similarity(latin, arabic) == phonetic_similarity(arabic, latin) > phonetic_similarity(latin, other)
    assert phonetic_similarity(latin, arabic) >= 0.6


def test_nothing_sounds_like_nothing() -> None:
    assert 0 <= phonetic_similarity("'", "ء") <= 1
