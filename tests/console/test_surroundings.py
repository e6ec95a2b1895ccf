"""What `check` says of sources and folders."""

import json
from pathlib import Path

import pytest

from tests.articles.sources.archives import tar_gz
from tests.articles.sources.web_server import reply, web_server
from tests.console.command_line import ARABIC, CommandLine
from tests.console.conftest import LIBRARY

ARCHIVE = tar_gz({"library.md": LIBRARY}, "town-main/")


def test_folders_that_can_be_written_are_fine_and_stay_as_they_are(
    isnad: CommandLine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    cache, kept = tmp_path / "not" / "yet", tmp_path / "kept"
    kept.mkdir()
    monkeypatch.setenv("CORPUS_CACHE", str(cache))
    monkeypatch.setenv("CORPUS_KEEP", str(kept))
    done = isnad("check")
    assert done.code == 0
    assert ARABIC("check.folders_fine", variables="CORPUS_CACHE, CORPUS_KEEP") in done.out
    assert [*kept.iterdir()] == []
    assert not cache.exists()


@pytest.mark.parametrize("variable", ["CORPUS_CACHE", "CORPUS_KEEP"])
def test_a_folder_that_cannot_be_written_is_a_problem(
    isnad: CommandLine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, variable: str
) -> None:
    file = tmp_path / "file"
    file.write_text("no folder")
    monkeypatch.setenv(variable, str(file / "cache"))
    done = isnad("check", "--json")
    gathered = json.loads(done.out)
    assert done.code == gathered["code"] == 2
    [told] = [finding for finding in gathered["findings"] if finding["key"] == "check.folder_unwritable"]
    assert told["level"] == "warning"
    assert variable in told["text"]
    writable = {folder["variable"]: folder["writable"] for folder in gathered["folders"]}
    assert writable == {"CORPUS_CACHE": True} | {variable: False}


def test_a_source_that_was_reached_is_named_and_one_that_is_away_is_not(
    isnad: CommandLine, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CORPUS_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("CORPUS_ALLOW_PRIVATE", "true")
    with web_server() as there, web_server() as away:
        there.answers, away.answers = [reply(200, ARCHIVE)], [reply(403)]
        monkeypatch.setenv("CORPUS_URL", f"{there.url}, {away.url}")
        done = isnad("check")
        assert ARABIC("check.source_reached", source=there.url) in done.out
        assert ARABIC("check.source_reached", source=away.url) not in done.out
        assert away.url in done.err
        assert done.code == 2
        gathered = json.loads(isnad("check", "--json").out)
    assert gathered["sources"] == [
        {"source": there.url, "reached": True},
        {"source": away.url, "reached": False},
    ]


def test_a_coverage_on_this_machine_has_no_source_to_reach(isnad: CommandLine) -> None:
    assert json.loads(isnad("check", "--json").out)["sources"] == []
