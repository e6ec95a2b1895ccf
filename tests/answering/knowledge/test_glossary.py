"""The glossaries of other languages: forms and phrases, what is written onto a word, and the project's own lists."""

import re
from pathlib import Path

import pytest

from bot.answering.knowledge import Glossary
from bot.answering.knowledge.languages.glossary import GlossedRun, read_glossaries, read_names, without_accents
from bot.answering.question.question_type import QuestionWordFinder
from bot.arabic import normal_words, normalise
from bot.settings import CONFIG
from tests.answering.coverage import LEXICON, QUESTIONS

LINES = """
prefixes = "l' d'"
endings = "'s s"
inflections = '''
é és = ee
é ais ee = er
'''
auxiliaries = "est est_ce_que"
pronouns = "il elle"
articles = "le la l'"
participles = "é"
abbreviations = "fer = الاتحاد_الحديدي"
dropped = "le la est a ou s'il_vous_plait est_ce_que"
asking = '''
qui_est = مَن_هو
combien combien_de = كم
'''
joining = '''
quand = متى
où = أين
'''
grammar = '''
dans = في
avec = مع
'''
words = '''
étranger étrangers = أجنبي أجانب
élève = تلميذ
eleve = مرتفع
bibliothèque = مكتبة
chemin = طريق
chemin_de_fer = سكة_حديد
gaz = غاز
fermer ferment = أغلق
ferme fermee = مغلق
entre = بين
entrer = دخل
election elections = انتخاب انتخابات
selection = اختيار
bus = حافلة
ice = جليد
fer = حديد
'''
"""
NAMES = """# What this is.

alep = حلب
new_york = نيويورك
ice = آيس
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "names.txt").write_text(NAMES, encoding="utf-8")
    (tmp_path / "fr.toml").write_text(LINES, encoding="utf-8")
    return tmp_path / "fr.toml"


@pytest.fixture
def glossary(file: Path) -> Glossary:
    return Glossary.read(file, read_names(file.with_name("names.txt")))


def runs(glossary: Glossary, text: str, *capitals: str) -> list[GlossedRun]:
    return list(glossary.runs(normal_words(text), capitals))


def glossed(glossary: Glossary, text: str, *capitals: str) -> list[tuple[str, ...] | None]:
    return [run.standard for run in runs(glossary, text, *capitals)]


@pytest.mark.parametrize(
    ("word", "standard"),
    [
        ("étranger", ("أجنبي", "أجانب")),
        ("Étrangers", ("أجنبي", "أجانب")),
        ("etranger", ("أجنبي", "أجانب")),
        ("bibliotheque", ("مكتبة",)),
        ("Alep", ("حلب",)),
        ("dans", ("في",)),
        ("le", ()),
        ("l'élève", ("تلميذ",)),
        ("élevé", ("مرتفع",)),
    ],
)
def test_each_form_of_a_line_has_its_arabic_words(glossary: Glossary, word: str, standard: tuple[str, ...]) -> None:
    assert glossed(glossary, word) == [standard]


@pytest.mark.parametrize("word", ["l'étranger", "l’étranger", "gazs", "étranger's", "d'étrangers", "l'Alep"])
def test_what_is_written_onto_a_word_is_taken_off(glossary: Glossary, word: str) -> None:
    [standard] = glossed(glossary, word)
    assert standard


@pytest.mark.parametrize(
    ("word", "standard"),
    [
        ("fermais", "أغلق"),
        ("fermé", "مغلق"),
        ("fermés", "مغلق"),
        ("entré", "دخل"),
        ("entre", "بين"),
        ("l'entrais", "دخل"),
    ],
)
def test_an_ending_may_be_another_of_the_same_word(glossary: Glossary, word: str, standard: str) -> None:
    assert glossed(glossary, word) == [(standard,)]


@pytest.mark.parametrize(
    ("typed", "standard"), [("sil vous plait", [()]), ("cest ou", [("أين",)]), ("letranger", [None]), ("ou", [()])]
)
def test_a_form_may_lack_its_apostrophe_unless_another_word_is_written_so(
    file: Path, typed: str, standard: list[tuple[str, ...] | None]
) -> None:
    file.write_text(LINES.replace("où = أين", "où c'est_où = أين"), encoding="utf-8")
    glossary = read_glossaries(file.parent)["fr"]
    assert glossed(glossary, typed) == standard
    assert [run.asks for run in runs(glossary, "cest ou")] == [True]


@pytest.mark.parametrize(
    ("typed", "standard"),
    [
        ("bibliotheqeu", ("مكتبة",)),
        ("biblioteque", ("مكتبة",)),
        ("bibliothequue", ("مكتبة",)),
        ("bibliothaque", ("مكتبة",)),
        ("électoin", ("انتخاب", "انتخابات")),
        ("aibliotheque", None),
        ("chmin", None),
        ("bibliotequ", None),
        ("xelection", None),
        ("selectiom", ("اختيار",)),
        ("bibliothèqu3", None),
    ],
)
def test_a_long_word_in_small_letters_may_have_one_slip_behind_its_first_letter(
    glossary: Glossary, typed: str, standard: tuple[str, ...] | None
) -> None:
    assert [run.standard for run in glossary.runs([typed], small={typed})] == [standard]
    assert glossed(glossary, typed) == [None]


def test_a_slip_between_two_words_is_not_mended(file: Path) -> None:
    file.write_text(LINES.replace("gaz = غاز", "gaz = غاز\nvoiture = سيارة\nvoiturs = مركبة"), encoding="utf-8")
    glossary = read_glossaries(file.parent)["fr"]
    assert [run.standard for run in glossary.runs(["voitur"], small={"voitur"})] == [None]
    assert [run.standard for run in glossary.runs(["voitures"], small={"voitures"})] == [("سيارة",)]


@pytest.mark.parametrize("word", ["bu", "letranger", "route", "2026", "gazette", "s", "l'"])
def test_another_word_is_not_known(glossary: Glossary, word: str) -> None:
    assert glossed(glossary, word) == [None]


def test_an_ending_is_no_part_of_a_short_word(glossary: Glossary) -> None:
    assert glossed(glossary, "bus") == [("حافلة",)]
    assert glossed(glossary, "les") == glossed(glossary, "as") == [None]


def test_a_short_word_in_capitals_is_an_abbreviation_or_a_name_unless_it_is_grammar(glossary: Glossary) -> None:
    assert glossed(glossary, "fer gaz Alep chemin est", "fer", "gaz", "alep", "est") == [
        ("الاتحاد_الحديدي",),
        None,
        ("حلب",),
        ("طريق",),
        (),
    ]


def test_the_longest_phrase_comes_first(glossary: Glossary) -> None:
    found = runs(glossary, "le chemin de fer, chemin fer New York combien de gaz")
    assert [(run.first, run.last) for run in found] == [(0, 1), (1, 4), (4, 5), (5, 6), (6, 8), (8, 10), (10, 11)]
    assert found[1].standard == ("سكة_حديد",)
    assert found[4].standard == ("نيويورك",)


def test_a_phrase_that_is_broken_off_is_its_words(glossary: Glossary) -> None:
    assert glossed(glossary, "chemin de") == [("طريق",), None]
    assert glossed(glossary, "s'il vous") == [None, None]
    assert glossed(glossary, "s'il vous plaît") == [()]


def test_what_asks_and_what_may_only_join_is_told(glossary: Glossary) -> None:
    asking, joining, other = runs(glossary, "qui est quand gaz")
    assert (asking.asks, asking.joins) == (True, False)
    assert (joining.asks, joining.joins) == (True, True)
    assert (other.asks, other.joins) == (False, False)


def test_an_accent_may_tell_two_words_apart(glossary: Glossary) -> None:
    asking, other = runs(glossary, "où ou")
    assert (asking.standard, asking.asks) == (("أين",), True)
    assert (other.standard, other.asks) == ((), False)


@pytest.mark.parametrize(
    ("text", "definite"),
    [("le gaz", [False, True]), ("l'étranger", [True]), ("gaz", [False]), ("gaz le", [False, False])],
)
def test_what_has_an_article_is_told(glossary: Glossary, text: str, definite: list[bool]) -> None:
    normals = normal_words(text)
    assert [glossary.is_definite(normals, at) for at in range(len(normals))] == definite


def test_what_can_only_be_a_name_is_no_common_word(glossary: Glossary) -> None:
    assert glossed(glossary, "gaz", "gaz") == [None]
    assert glossed(glossary, "alep", "alep") == [("حلب",)]
    assert glossed(glossary, "ice", "ice") == [("آيس",)]
    assert glossed(glossary, "chemin de fer", "fer") == [("سكة_حديد",)]


def test_a_common_word_that_is_a_name_as_well_is_the_common_word(glossary: Glossary) -> None:
    assert glossed(glossary, "ice") == [("جليد",)]


@pytest.mark.parametrize(
    ("written", "bare"),
    [
        ("l'OMS", "OMS"),
        ("L’OMS", "OMS"),
        ("Émilie", "Emilie"),
        ("d'Élan's", "Elan"),
        ("Ross", "Ross"),
        ("l'", "l'"),
        ("l's", "l's"),
    ],
)
def test_a_name_is_bared_of_accents_and_of_what_is_written_onto_it(glossary: Glossary, written: str, bare: str) -> None:
    assert glossary.bare_name(written) == bare


@pytest.mark.parametrize(
    ("text", "share"), [("", 0.0), ("route", 0.0), ("le gaz", 1.0), ("chemin de fer route", 0.75), ("gaz route", 0.5)]
)
def test_how_much_of_a_text_is_known(glossary: Glossary, text: str, share: float) -> None:
    assert glossary.known_share(normal_words(text)) == share


@pytest.mark.parametrize("text", ["", "plain", "été", "ÉTÉ", "où", "naïve", "ﬁn", "Zoë", "القاهرة", "東京"])
def test_without_accents_a_text_stays_as_long_in_words(text: str) -> None:
    plain = without_accents(text)
    assert plain == without_accents(plain)
    assert len(normal_words(plain)) == len(normal_words(text))


@pytest.mark.parametrize(
    "name",
    [
        "prefixes",
        "endings",
        "inflections",
        "auxiliaries",
        "pronouns",
        "articles",
        "dropped",
        "asking",
        "joining",
        "grammar",
        "words",
    ],
)
def test_a_list_that_a_glossary_lacks_is_named(name: str, file: Path) -> None:
    file.write_text(LINES.replace(f"\n{name} =", f"\nnot_{name} ="), encoding="utf-8")
    with pytest.raises(ValueError, match=rf"fr\.toml: the list '{name}' is missing"):
        read_glossaries(file.parent)


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ("avec = مع", "avec مع", "'avec مع' is not words, = and their Arabic words"),
        ("avec = مع", "avec =", "'avec =' is not words, = and their Arabic words"),
        ("quand = متى", "quand", "'quand' is not words, = and their Arabic words"),
        ("é ais ee = er", "é ais ee er", "'é ais ee er' is not endings, = and the ending instead of them"),
        ("prefixes = \"l' d'\"", "prefixes = 3", "prefixes must be words in quotation marks"),
        ("prefixes =", "prefixes", "line 2"),
    ],
)
def test_a_slip_is_told_with_its_file(right: str, wrong: str, told: str, file: Path) -> None:
    file.write_text(LINES.replace(right, wrong), encoding="utf-8")
    with pytest.raises(ValueError, match=rf"fr\.toml: .*{told}"):
        read_glossaries(file.parent)


@pytest.mark.parametrize("name", ["fr.toml", "names.txt"])
def test_a_file_that_is_not_utf_8_is_told(name: str, file: Path) -> None:
    file.with_name(name).write_bytes("حلب".encode("cp1256"))
    with pytest.raises(ValueError, match=rf"{re.escape(name)}: .*utf-8"):
        read_glossaries(file.parent)


def test_a_slip_among_the_names_is_told(file: Path) -> None:
    file.with_name("names.txt").write_text(f"{NAMES}kyoto\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"names\.txt: 'kyoto' is not words, = and their Arabic words"):
        read_glossaries(file.parent)


def test_a_folder_without_names_is_told(file: Path) -> None:
    file.with_name("names.txt").unlink()
    with pytest.raises(ValueError, match=re.escape(f"{file.with_name('names.txt')}: ")):
        read_glossaries(file.parent)


def test_names_need_no_line_above_them(file: Path) -> None:
    file.with_name("names.txt").write_text("# A note.\nalep = حلب\n\n# Another.\nhoms = حمص\n", encoding="utf-8")
    assert read_names(file.with_name("names.txt")) == {"alep": ("حلب",), "homs": ("حمص",)}


def test_each_file_is_the_glossary_of_a_language(file: Path) -> None:
    file.with_name("it.toml").write_text(LINES, encoding="utf-8")
    assert read_glossaries(file.parent).keys() == {"fr", "it"}


own = pytest.mark.parametrize("tag", LEXICON.glossaries)


def test_the_project_has_glossaries_of_languages_that_it_recognises() -> None:
    assert LEXICON.glossaries.keys() == {file.stem for file in (CONFIG / "glossaries").glob("*.toml")}
    assert LEXICON.glossaries.keys() <= LEXICON.languages.by_tag.keys()
    assert min(len(glossary.words) for glossary in LEXICON.glossaries.values()) > 10_000


@own
def test_every_form_of_the_project_s_own_is_what_words_of_a_question_are(tag: str) -> None:
    def is_read(form: str) -> bool:
        text = form.replace("_", " ")
        # Of most forms their words alone tell, in a fifth of the time.
        is_plain = normal_words(text) == form.split("_")
        return is_plain or "_".join(word.normal for word in QUESTIONS.tokenise(text).words) == form

    assert [form for form in LEXICON.glossaries[tag].words if not is_read(form)] == []


@own
def test_every_arabic_word_of_the_project_s_own_is_one_of_a_passage(tag: str) -> None:
    standard = {word for words in LEXICON.glossaries[tag].words.values() for word in words}
    normal = {"_".join(normal_words(word.replace("_", " "))) for word in standard}
    assert normal == set(map(normalise, standard))
    assert not any(map(str.isascii, normal))


@own
def test_what_asks_has_one_arabic_word_that_the_lexicon_takes_for_a_question_word(tag: str) -> None:
    glossary = LEXICON.glossaries[tag]
    for form in glossary.asking:
        [asking] = glossary.words[form]
        question = QUESTIONS.tokenise(f"{asking.replace('_', ' ')} افتتاح")
        assert QuestionWordFinder(question, LEXICON).find() is not None, form


@own
def test_an_auxiliary_stands_for_no_word_where_it_does_not_ask(tag: str) -> None:
    glossary = LEXICON.glossaries[tag]
    assert [form for form in glossary.auxiliaries if glossary.words.get(form) != ()] == []
