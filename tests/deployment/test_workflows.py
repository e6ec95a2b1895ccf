"""What GitHub is told to do can be done: commands that there are, with the rights that they need and no others."""

import re
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from tests.e2e.program import ROOT

WORKFLOWS = {
    file.stem: yaml.safe_load(file.read_text(encoding="utf-8")) for file in (ROOT / ".github/workflows").iterdir()
}
CI, RELEASE = WORKFLOWS["ci"], WORKFLOWS["release"]


def steps(workflow: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for job in workflow["jobs"].values():
        yield from job["steps"]


def commands(workflow: dict[str, Any]) -> str:
    return "\n".join(step["run"] for step in steps(workflow) if "run" in step)


@pytest.mark.parametrize("name", WORKFLOWS)
def test_only_actions_of_github_itself_are_used_each_by_its_major_version(name: str) -> None:
    used = [step["uses"] for step in steps(WORKFLOWS[name]) if "uses" in step]
    assert used
    assert [action for action in used if not re.fullmatch(r"actions/[a-z-]+@v\d+", action)] == []


@pytest.mark.parametrize("name", WORKFLOWS)
def test_every_job_ends_and_every_command_of_make_is_there(name: str) -> None:
    assert all(job["timeout-minutes"] <= 60 for job in WORKFLOWS[name]["jobs"].values())
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    called = re.findall(r"\bmake ([a-z-]+)", commands(WORKFLOWS[name]))
    assert called
    assert set(called) <= targets


def test_whoever_sends_a_change_can_only_have_it_checked() -> None:
    assert CI["permissions"] == {"contents": "read"}
    # YAML takes `on` for a truth value.
    assert CI[True].keys() == {"push", "pull_request"}
    assert RELEASE[True] == {"push": {"tags": ["v*"]}}
    assert RELEASE["permissions"] == {"contents": "write", "packages": "write"}


def test_every_python_that_the_bot_runs_on_is_tried_from_the_oldest_to_a_newer_one_than_its_own() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    own = (ROOT / ".python-version").read_text(encoding="utf-8").strip()
    tried = sorted(CI["jobs"]["versions"]["strategy"]["matrix"]["python"], key=lambda version: int(version[2:]))
    assert f">={tried[0]}" == project["requires-python"]
    assert own not in tried
    assert int(tried[-1][2:]) > int(own[2:])
    assert ".ci/run" in commands(CI)


def test_a_release_has_its_notes_its_packages_and_its_image_and_is_made_last() -> None:
    told = commands(RELEASE)
    order = ["tests.deployment.release", "make test", "uv build", "docker build", "docker save", "docker push"]
    places = [told.index(command) for command in (*order, "gh release create")]
    assert places == sorted(places)
    assert told.rstrip().endswith("--verify-tag --notes-file notes.md dist/*")
    [push] = [step for step in steps(RELEASE) if "docker push" in step.get("run", "")]
    assert push["if"] == "vars.IMAGE != ''"
