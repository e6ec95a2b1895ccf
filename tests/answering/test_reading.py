"""The files of config/ that answering reads, and what a maintainer is told about a slip in one."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.answering import Background, EvidenceModel, Lexicon, Risk
from bot.answering.evidence import SIGNAL_NAMES
from bot.answering.knowledge import Glossary, Relation
from bot.answering.reasons import AnswerType
from bot.arabic import light_stem
from bot.settings import CONFIG
from tests.answering.coverage import BACKGROUND, LEXICON, MODEL

Read = Callable[[Path], object]
# Each file that the lexicon is read from beside its own: what reads it, and what the project's own file holds.
PARTS = {
    "names.toml": ("Names.read", LEXICON.known_names),
    "languages.toml": ("Languages.read", LEXICON.languages),
    "courtesies.toml": ("Courtesies.read", LEXICON.courtesies),
    "small_talk.toml": ("SmallTalk.read", LEXICON.small_talk),
    "bot_questions.toml": ("BotTopics.read", LEXICON.bot_topics),
    "dialects.toml": ("Dialects.read", LEXICON.dialects),
    "opposites.toml": ("read_opposites", LEXICON.opposites),
    "polarity.toml": ("PolarityWords.read", LEXICON.polarity),
    "regions.toml": ("Regions.read", LEXICON.regions),
    "modes.toml": ("ModePhrases.read", LEXICON.mode_phrases),
    "answer_words.toml": ("AnswerWords.read", LEXICON.answer_words),
    "name_words.toml": ("NameWords.read", LEXICON.name_words),
    "continuations.toml": ("Continuations.read", LEXICON.continuations),
    "arabizi.toml": ("LatinLetters.read", LEXICON.latin_letters),
    "asked.toml": ("AskedWords.read", LEXICON.asked_words),
    "everyday.tsv": ("Everyday.read", LEXICON.everyday),
    "thesaurus.toml": ("Thesaurus.read", LEXICON.thesaurus),
}


def read_lexicon(file: Path) -> Lexicon:
    """Read the lexicon with one of its files in place of the project's own, and what the others hold as it is."""
    if file.name != "lexicon.toml":
        shutil.copy(CONFIG / "lexicon.toml", file.parent)
    (file.parent / "glossaries").mkdir(exist_ok=True)
    (file.parent / "glossaries" / "names.txt").touch()
    with pytest.MonkeyPatch.context() as monkeypatch:
        for name, (reader, part) in PARTS.items():
            if name != file.name:
                monkeypatch.setattr(f"{Lexicon.__module__}.{reader}", lambda *_, part=part: part)
        return Lexicon.read(file.parent)


def read_glossary(file: Path) -> Glossary:
    return Glossary.read(file, {})


READERS: list[tuple[Read, str]] = [
    (Background.read, "background.tsv"),
    (EvidenceModel.read, "evidence.toml"),
    *((read_lexicon, name) for name in ("lexicon.toml", *PARTS) if name.endswith(".toml")),
    (read_glossary, "en.toml"),
    (read_lexicon, "everyday.tsv"),
]
each_reader = pytest.mark.parametrize(("read", "name"), READERS, ids=[name for _, name in READERS])


def changed(directory: Path, name: str, pattern: str, replacement: str) -> Path:
    """Write the project's own file with one thing changed."""
    text, count = re.subn(pattern, lambda _: replacement, (CONFIG / name).read_text(encoding="utf-8"), count=1)
    assert count == 1
    file = directory / name
    file.write_text(text, encoding="utf-8")
    return file


@each_reader
def test_a_file_that_is_not_there_is_named(read: Read, name: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=re.escape(str(tmp_path / name))):
        read(tmp_path / name)


@each_reader
def test_a_file_that_is_not_utf_8_is_named(read: Read, name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes("تونس".encode("cp1256"))
    with pytest.raises(ValueError, match=re.escape(name) + ".*utf-8"):
        read(tmp_path / name)


@each_reader
def test_a_directory_in_its_place_is_named(read: Read, name: str, tmp_path: Path) -> None:
    (tmp_path / name).mkdir()
    with pytest.raises(ValueError, match=re.escape(name)):
        read(tmp_path / name)


@pytest.mark.parametrize(("read", "name"), READERS[1:-1], ids=[name for _, name in READERS[1:-1]])
def test_a_mistake_of_toml_is_told_with_its_line(read: Read, name: str, tmp_path: Path) -> None:
    file = tmp_path / name
    file.write_text("threshold = 0.3\n\nthis is no toml\n", encoding="utf-8")
    with pytest.raises(ValueError, match=re.escape(name) + ": .*line 3"):
        read(file)


@pytest.mark.parametrize("line", ["تونس", "تونس 10269.5", "تونس\tكثير", "تونس\t", "", "\t", "تونس\t1\t2"], ids=ascii)
def test_a_bad_line_of_the_background_is_told_with_its_number(line: str, tmp_path: Path) -> None:
    file = tmp_path / "background.tsv"
    file.write_text(f"# stems\nيوم\t10058.2\n{line}\nوطن\t4226.4\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"background\.tsv:3: .*a stem, a tab and a frequency"):
        Background.read(file)


def test_an_empty_background_takes_every_stem_for_rare(tmp_path: Path) -> None:
    (tmp_path / "background.tsv").write_text("# nothing yet\n", encoding="utf-8")
    background = Background.read(tmp_path / "background.tsv")
    assert background.passage_probability("تونس", 50) == background.passage_probability("زقزوقه", 50) > 0


@pytest.mark.parametrize("name", [*SIGNAL_NAMES, *Risk, "intercept"])
def test_a_number_that_the_model_lacks_is_named(name: str, tmp_path: Path) -> None:
    file = changed(tmp_path, "evidence.toml", rf"(?m)^{name} = .*$", "")
    with pytest.raises(ValueError, match=rf"evidence\.toml: the number '{name}' is missing"):
        EvidenceModel.read(file)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("low", "0"),
        ("low", "1"),
        ("normal", "-0.5"),
        ("normal", "0.999"),
        ("high", "nan"),
        ("intercept", "inf"),
        ("gap", "nan"),
        ("unknown", '"much"'),
        ("lead", "[1]"),
        ("lead", "{}"),
    ],
)
def test_a_number_out_of_bounds_is_refused(name: str, value: str, tmp_path: Path) -> None:
    file = changed(tmp_path, "evidence.toml", rf"(?m)^{name} = .*$", f"{name} = {value}")
    with pytest.raises(ValueError, match=r"evidence\.toml: .+"):
        EvidenceModel.read(file)


@pytest.mark.parametrize(
    "name",
    [
        "stop_words",
        "question_words",
        "dialect_question_words",
        "question_phrases",
        "no_question_words",
        "question_fillers",
        "asking_nouns",
        "counted",
        "definitions",
        "synonyms",
        "values",
        "time_units",
        "relations",
    ],
)
def test_a_list_that_the_lexicon_lacks_is_named(name: str, tmp_path: Path) -> None:
    file = changed(
        tmp_path,
        "lexicon.toml",
        rf"(?m)^(\[{name}\]|{name} =)",
        f"[not_{name}]" if name != "stop_words" else "unstopped =",
    )
    with pytest.raises(ValueError, match=rf"lexicon\.toml: the list '{name}' is missing"):
        read_lexicon(file)


@pytest.mark.parametrize(("pattern", "name"), [(r"\[names\]", "names"), (r"\[terms\]", "terms"), ("words =", "words")])
def test_a_list_that_the_names_lack_is_named(pattern: str, name: str, tmp_path: Path) -> None:
    file = changed(tmp_path, "names.toml", f"(?m)^{pattern}", pattern.replace(name, f"not_{name}").replace("\\", ""))
    with pytest.raises(ValueError, match=rf"names\.toml: the list '{name}' is missing"):
        read_lexicon(file)


@pytest.mark.parametrize(
    ("pattern", "replacement", "place"),
    [
        (r"(?m)^\[und\]$", "[xx]", "'und'"),
        (r"(?m)^\[ar-Latn\]$", "[xx]", "'ar-Latn'"),
        (r"(?m)^hint = .*$", "", "'hint'"),
        (r"(?m)^hint = .*$", "hint = 3", "hint"),
        (r"(?s)words = '''.*?'''", "words = 3", "words"),
        (r"(?s)words = '''.*?'''", "", "'words'"),
    ],
)
def test_a_malformed_language_is_told(pattern: str, replacement: str, place: str, tmp_path: Path) -> None:
    file = changed(tmp_path, "languages.toml", pattern, replacement)
    with pytest.raises(ValueError, match=rf"languages\.toml: .*{place}"):
        read_lexicon(file)


@pytest.mark.parametrize(
    ("pattern", "replacement", "place"),
    [
        (r"(?s)stop_words = '''.*?'''", 'stop_words = ["في", "من"]', "stop_words"),
        (r'(?m)^person = "من .*$', "person = 3", r"question_words\.person"),
        (r'(?m)^time = "متى.*$', 'hour = "متى"', "hour"),
        (r'(?m)^money = "بكم .*$', 'price = "بكم سعر"', "price"),
        (r"(?m)^birth = .*$", "birth = { asked = [], said = '' }", r"relations\.birth\.asked"),
        (r"(?m)^birth = .*$", "birth = { asked = '' }", "said"),
    ],
)
def test_a_malformed_list_is_named(pattern: str, replacement: str, place: str, tmp_path: Path) -> None:
    file = changed(tmp_path, "lexicon.toml", pattern, replacement)
    with pytest.raises(ValueError, match=rf"lexicon\.toml: .*{place}"):
        read_lexicon(file)


def test_a_malformed_list_of_names_is_named(tmp_path: Path) -> None:
    file = changed(tmp_path, "names.toml", r"(?s)states = '''.*?'''", "states = ['مصر']")
    with pytest.raises(ValueError, match=r"names\.toml: names\.states"):
        read_lexicon(file)


@pytest.mark.parametrize("line", ["counted = 'دولار'", "values = 'يناير'"])
def test_words_in_place_of_a_table_are_refused(line: str, tmp_path: Path) -> None:
    name = line.split(maxsplit=1)[0]
    text = re.sub(rf"(?ms)^\[{name}\].*?(?=^\[|\Z)", "", (CONFIG / "lexicon.toml").read_text(encoding="utf-8"))
    (tmp_path / "lexicon.toml").write_text(f"{line}\n{text}", encoding="utf-8")
    with pytest.raises(ValueError, match=r"lexicon\.toml: "):
        read_lexicon(tmp_path / "lexicon.toml")


def test_the_project_s_own_files_are_sound() -> None:
    assert set(LEXICON.question_words.values()) == set(AnswerType) - {AnswerType.DEFINITION, AnswerType.SHARE}
    assert len(BACKGROUND.per_million) > 10_000
    assert 0 < BACKGROUND.unlisted < min(BACKGROUND.per_million.values())
    assert MODEL.weights.shape == (len(SIGNAL_NAMES),)


def test_lists_are_read_in_normal_form() -> None:
    assert {"الي", "ان", "هذه"} <= LEXICON.stop_words
    assert LEXICON.question_words["امتي"] is AnswerType.TIME
    assert LEXICON.synonyms["ice"] == LEXICON.synonyms["ايس"]


def test_synonyms_reach_each_other_and_themselves() -> None:
    for stem, group in LEXICON.synonyms.items():
        assert stem in group
        assert all(stem in LEXICON.synonyms[other] for other in group)


@pytest.mark.parametrize("relation", LEXICON.relations, ids=lambda relation: min(relation.question_words))
def test_what_asks_for_a_relation_also_says_it(relation: Relation) -> None:
    assert set(map(light_stem, relation.question_words)) <= relation.passage_stems


@pytest.mark.parametrize("unit", ["(", "(1902 ", "( 1000", "1000 ", "1111-", "(1111   ", "(1902 - "])
@pytest.mark.parametrize("first", ["", "(", "(1000 "])
def test_no_pattern_goes_over_a_long_passage_again_from_each_place(first: str, unit: str) -> None:
    # Minutes would pass if one did.
    for relation in LEXICON.relations:
        assert relation.pattern is None or relation.pattern.search(first + unit * (50_000 // len(unit))) is None


def test_shares_grow_with_frequency_and_length_and_stay_between_nothing_and_certainty() -> None:
    lengths = [0.0, 1.0, 50.0, 5_000.0, 1e9]
    for stem in ("تونس", "زقزوقه"):
        shares = [BACKGROUND.passage_probability(stem, length) for length in lengths]
        assert shares == sorted(shares)
        assert 0 < shares[0] <= shares[-1] < 1
    assert BACKGROUND.passage_probability("تونس", 50) > BACKGROUND.passage_probability("زقزوقه", 50)
