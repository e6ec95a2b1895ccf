import pytest

from bot.arabic import Analyser, analysis, grams, normal_words

STOP_WORDS = ("في", "من", "على", "هذا", "التي", "THE")


@pytest.fixture
def analyser() -> Analyser:
    return Analyser(STOP_WORDS)


@pytest.mark.parametrize("text", ["في", "وفي", "ففي", "عَلَى", "علي", "وهذا", "فالتي", "ومن", "The", "the"])
def test_stop_words_make_no_terms_in_any_spelling_or_behind_a_conjunction(analyser: Analyser, text: str) -> None:
    assert analyser.terms(text) == []
    assert analyser.words(text) == []


@pytest.mark.parametrize("text", ["فيل", "منزل", "وطن", "فن", "بمن", "لهذا"])
def test_words_that_only_resemble_stop_words_stay(analyser: Analyser, text: str) -> None:
    assert len(analyser.terms(text)) == 1


def test_terms_tell_normal_form_stem_grams_and_place(analyser: Analyser) -> None:
    text = "في الشَّرِكَةِ"
    [term] = analyser.terms(text)
    assert (term.normal, term.stem) == ("الشركه", "شرك")
    assert term.grams == ("الشر", "لشرك", "شركه")
    assert text[term.start : term.end] == "الشَّرِكَةِ"


def test_words_are_the_normal_forms_of_the_terms(analyser: Analyser) -> None:
    text = "بلغت قيمة الصفقة ٣٠ مليون دولار في عقد من Palantir ﷺ"
    assert analyser.words(text) == [term.normal for term in analyser.terms(text)]


@pytest.mark.parametrize(
    ("normal", "expected"),
    [
        ("حق", ("حق",)),
        ("عقود", ("عقود",)),
        ("عقوده", ("عقود", "قوده")),
        ("2025", ("2025",)),
        ("palantir", ("pala", "alan", "lant", "anti", "ntir")),
    ],
)
def test_grams_are_all_runs_of_four_characters(normal: str, expected: tuple[str, ...]) -> None:
    assert grams(normal) == expected


def test_a_clitic_leaves_most_grams_in_common() -> None:
    bare, prefixed = set(grams("بالانتير")), set(grams("لبالانتير"))
    assert bare < prefixed


@pytest.mark.parametrize(
    ("text", "words", "written"),
    [
        ("في كانون الثاني", ["يناير"], ["كانون الثاني"]),
        ("وكانون الأول", ["ديسمبر"], ["وكانون الأول"]),
        ("بتِشرينَ الأوّل", ["اكتوبر"], ["بتِشرينَ الأوّل"]),
        ("تشرين التاني", ["نوفمبر"], ["تشرين التاني"]),
        ("12 أبريل/نيسان 2025", ["12", "ابريل", "2025"], ["12", "أبريل/نيسان", "2025"]),
        ("كانون الأول (ديسمبر) الماضي", ["ديسمبر", "الماضي"], ["كانون الأول (ديسمبر", "الماضي"]),
        ("5 جوان", ["5", "يونيو"], ["5", "جوان"]),
        ("شهر أوت", ["شهر", "اغسطس"], ["شهر", "أوت"]),
        ("نيسان الماضي", ["ابريل", "الماضي"], ["نيسان", "الماضي"]),
    ],
)
def test_a_month_is_one_term_with_one_name(analyser: Analyser, text: str, words: list[str], written: list[str]) -> None:
    assert analyser.words(text) == words
    assert [text[term.start : term.end] for term in analyser.terms(text)] == written


@pytest.mark.parametrize("text", ["أب روحي", "أبي طالب", "تيريزا ماي", "سيارة نيسان", "كانون النار", "كانون", "تشرين"])
def test_what_may_be_no_month_stays_as_it_is(analyser: Analyser, text: str) -> None:
    assert analyser.words(text) == normal_words(text)


def test_without_stop_words_every_word_is_a_term() -> None:
    assert Analyser().words("في من") == ["في", "من"]


def test_the_same_text_makes_the_same_terms_however_much_was_analysed_before(analyser: Analyser) -> None:
    text = "وقّعت الوكالة العقد"
    before = analyser.terms(text)
    for number in range(1000):
        analyser.terms(f"كلمة{number} word{number}")
    assert analyser.terms(text) == before == Analyser(STOP_WORDS).terms(text)


def test_a_stream_of_made_up_words_fills_no_memory(analyser: Analyser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(analysis, "_CACHE_SIZE", 100)
    for number in range(1000):
        analyser.terms(f"كلمة{number} word{number}")
        assert len(analyser._known) <= 100
