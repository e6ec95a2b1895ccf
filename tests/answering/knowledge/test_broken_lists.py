"""A list that is missing or malformed stops a start with its file and what is wrong in it."""

import re
import shutil
from pathlib import Path

import pytest

from bot.answering import Risk
from bot.errors import ConfigError
from bot.settings import CONFIG, read_config

# The first line of a long list is enough to break one.
LONG = re.compile(r"(= '''\n.*\n)(?:(?!''').*\n)*(?=''')")


@pytest.fixture(scope="module")
def short(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The lists of the project with few lines each, which are read in no time."""
    folder = tmp_path_factory.mktemp("lists") / "config"
    shutil.copytree(CONFIG, folder, ignore=shutil.ignore_patterns("texts"))
    for file in (file for file in folder.rglob("*.*") if file.is_file()):
        text = LONG.sub(r"\1", file.read_text(encoding="utf-8"))
        is_table = file.suffix == ".toml"
        file.write_text(text if is_table else "".join(text.splitlines(keepends=True)[:50]), encoding="utf-8")
    read_config(folder, Risk.NORMAL)
    return folder


@pytest.fixture
def folder(short: Path, tmp_path: Path) -> Path:
    shutil.copytree(short, tmp_path / "config")
    return tmp_path / "config"


def check_fault(folder: Path, name: str, told: str) -> None:
    with pytest.raises(ConfigError, match=told) as raised:
        read_config(folder, Risk.NORMAL)
    assert str(folder / name) in str(raised.value)


@pytest.mark.parametrize(
    ("name", "right", "wrong", "told"),
    [
        ("continuations.toml", r"^\[unnamed\]", "[others]", "the list 'unnamed' is missing"),
        ("continuations.toml", "^around =", "beside =", "the list 'around' is missing"),
        ("continuations.toml", r"\A", "[", "line 1"),
        ("dialects.toml", r"^verbs = '''\n(.*) = .*", r"verbs = '''\n\1", "is not dialect words, « = »"),
        ("dialects.toml", r"^words = '''\n(.*) = .*", r"words = '''\n\1 = ", "is not dialect words, « = »"),
        ("dialects.toml", r"^words = '''\n", "words = '''\nكر'هبة = سيارة\n", "is not one word"),
        ("dialects.toml", r"^verbs = '''\n", "verbs = '''\nهز_و | هز = نقل\n", "is not one word"),
        ("dialects.toml", r"^ambiguous = '''\n", "ambiguous = '''\nحلو_مر ", "is not one word"),
        ("dialects.toml", r"^fillers =", "filler =", "the list 'fillers' is missing"),
        ("dialects.toml", r"^auxiliaries = .*", "auxiliaries = 3", "auxiliaries must be words"),
        ("everyday.tsv", r"^([^#\t]*)\t.*", r"\1", r"everyday\.tsv:\d+: "),
        ("everyday.tsv", r"^([^#\t]*)\t.*", r"\1 23.5", r"everyday\.tsv:\d+: "),
        ("everyday.tsv", r"^([^#\t]*)\t.*", r"\1\tكثير", r"everyday\.tsv:\d+: "),
        ("background.tsv", r"^([^#\t]*)\t.*", "", r"background\.tsv:\d+: "),
        ("polarity.toml", r"^before = '''[^']*'''", "before = 3", "must be words"),
        ("polarity.toml", r"\A", "[negation\n", "line 1"),
        ("opposites.toml", r", b = \"", ', c = "', "the list 'b' is missing"),
        ("regions.toml", r"^(مصر) :.*", r"\1", "is not names, adjectives and capitals"),
        ("thesaurus.toml", r"^groups = '''(?:.*\n)*?'''", "groups = 3", "groups must be words"),
        ("thesaurus.toml", r"^groups = ", "other = ", "the list 'groups' is missing"),
        ("thesaurus.toml", r"\A", "[a", "line 1"),
        *(
            ("glossaries/fr.toml", rf"^{name} =", f"not_{name} =", f"the list '{name}' is missing")
            for name in (
                *("prefixes", "endings", "inflections", "auxiliaries", "pronouns", "articles"),
                *("dropped", "asking", "joining", "grammar", "words"),
            )
        ),
        ("glossaries/fr.toml", r"^grammar = '''\n", "grammar = '''\navec مع\n", "'avec مع' is not words, = and"),
        ("glossaries/fr.toml", r"^grammar = '''\n", "grammar = '''\navec =\n", "'avec =' is not words, = and"),
        ("glossaries/fr.toml", r"^joining = '''\n", "joining = '''\nquand\n", "'quand' is not words, = and"),
        ("glossaries/fr.toml", r"^inflections = '''\n", "inflections = '''\né er\n", "'é er' is not endings, = and"),
        ("glossaries/fr.toml", r"^prefixes = .*", "prefixes = 3", "prefixes must be words in quotation marks"),
        ("glossaries/names.txt", r"\Z", "\nkyoto\n", "'kyoto' is not words, = and their Arabic words"),
    ],
)
def test_a_broken_list_is_named(name: str, right: str, wrong: str, told: str, folder: Path) -> None:
    file = folder / name
    text, count = re.subn(right, wrong, file.read_text(encoding="utf-8"), count=1, flags=re.MULTILINE)
    assert count == 1
    file.write_text(text, encoding="utf-8")
    check_fault(folder, name, told)


@pytest.mark.parametrize("name", ["glossaries/fr.toml", "glossaries/names.txt", "dialects.toml", "everyday.tsv"])
def test_a_file_that_is_not_utf_8_is_named(name: str, folder: Path) -> None:
    (folder / name).write_bytes("حلب".encode("cp1256"))
    check_fault(folder, name, "utf-8")


@pytest.mark.parametrize("name", ["glossaries/names.txt", "dialects.toml", "background.tsv"])
def test_a_file_that_is_missing_is_named(name: str, folder: Path) -> None:
    (folder / name).unlink()
    check_fault(folder, name, "No such file")


def test_each_file_is_the_glossary_of_a_language(folder: Path) -> None:
    shutil.copy(folder / "glossaries" / "fr.toml", folder / "glossaries" / "it.toml")
    _, knowledge = read_config(folder, Risk.NORMAL)
    assert knowledge.lexicon.glossaries.keys() == {"en", "fr", "it"}
