"""docs/settings.md and .env.example have every setting, no other one, its default, and examples that can be used."""

import re
from pathlib import Path

import pytest

from bot import settings
from bot.console.misspelt_settings import read_env_file
from bot.settings import ENV_FILE, read_settings, setting_names
from tests.e2e.program import ROOT
from tests.machine import forget_machine

_ROW = re.compile(r"^\| `([A-Z_]+)` \| (.+?) \| .+ \| `(.+)` \|$", re.MULTILINE)
ROWS = {row[1]: (row[2], row[3]) for row in _ROW.finditer((ROOT / "docs" / "settings.md").read_text(encoding="utf-8"))}
EXAMPLE = (ROOT / ".env.example").read_text(encoding="utf-8")
UNCOMMENTED = re.sub(r"^#(?=[A-Z_]+=)", "", EXAMPLE, flags=re.MULTILINE)
# Defaults that are folders depend on the machine.
FOLDERS = {"CORPUS_URL", "CORPUS_CACHE"}
# What the page and the guide tell apart from settings: wrong names, and one that a recipe makes up.
NO_SETTINGS = {"CORPUS_PATH", "DISCORD_BOT_TOKEN", "LIMIT_SERVER_PER_MINUTE"}


@pytest.fixture(autouse=True)
def folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    forget_machine(monkeypatch, tmp_path)
    return tmp_path


def defaults() -> dict[str, object]:
    return {
        settings._variable(area, name): field.default
        for area in settings._AREAS.values()
        for name, field in area.model_fields.items()
    }


def written(default: object) -> str:
    return "true" if default is True else "false" if default is False else str(getattr(default, "value", default))


def test_the_page_has_every_setting_and_no_other_one() -> None:
    assert ROWS.keys() == setting_names()


def test_no_page_names_a_setting_that_there_is_not() -> None:
    beginnings = "|".join(sorted({name.partition("_")[0] for name in setting_names()}))
    pages = [*(ROOT / "docs").rglob("*.md"), ROOT / "README.md", ROOT / ".github" / "CONTRIBUTING.md"]
    named = {
        name
        for page in pages
        for name in re.findall(rf"`((?:{beginnings})_[A-Z_]+)(?:=[^`]*)?`", page.read_text(encoding="utf-8"))
    }
    assert len(named) > 40
    assert named - setting_names() == NO_SETTINGS


@pytest.mark.parametrize("name", sorted(ROWS.keys() - FOLDERS))
def test_the_default_on_the_page_is_that_of_the_code(name: str) -> None:
    told, default = ROWS[name][0], defaults()[name]
    if default in {None, ()}:
        assert re.fullmatch(r"`\S+`", told) is None, f"{name} has no default"
    else:
        assert told == f"`{written(default)}`"


def test_the_examples_on_the_page_can_be_used(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, (_, example) in ROWS.items():
        # Parts of secrets are left out.
        if "…" not in example:
            monkeypatch.setenv(name, example)
    assert read_settings().discord.shard_ids == (0, 1)


def test_the_example_file_sets_nothing_as_it_is(folder: Path) -> None:
    unset = read_settings()
    (folder / ENV_FILE).write_text(EXAMPLE, encoding="utf-8")
    assert (read_env_file(), read_settings()) == (([], []), unset)


def test_the_example_file_has_every_setting_and_is_read_where_the_bot_starts(folder: Path) -> None:
    (folder / ENV_FILE).write_text(UNCOMMENTED, encoding="utf-8")
    names, unreadable = read_env_file()
    assert (sorted(names), unreadable) == (sorted(setting_names()), [])
    assert read_settings().ops.port == 8080


@pytest.mark.parametrize("name", sorted(setting_names()))
def test_the_example_file_says_one_line_of_each(name: str) -> None:
    assert re.search(rf"^# .+[.]\n#{name}=", EXAMPLE, re.MULTILINE)


def test_what_the_example_file_shows_of_a_default_is_right() -> None:
    lines = re.findall(r"^([A-Z_]+)=(.*)$", UNCOMMENTED, re.MULTILINE)
    known = {name: written(default) for name, default in defaults().items() if default not in {None, ()}}
    assert {name: value for name, value in lines if name in known.keys() - FOLDERS} == {
        name: default for name, default in known.items() if name not in FOLDERS
    }


def test_the_file_with_secrets_stays_out_of_git_and_of_images() -> None:
    assert ENV_FILE in (ROOT / ".gitignore").read_text(encoding="utf-8").split()
    let_in = [line for line in (ROOT / ".dockerignore").read_text(encoding="utf-8").split() if line.startswith("!")]
    assert not any(ENV_FILE in line for line in let_in)
    assert "\n*\n" in (ROOT / ".dockerignore").read_text(encoding="utf-8")
