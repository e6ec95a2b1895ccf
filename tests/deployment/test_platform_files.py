"""What platforms are told agrees with the bot: its settings, its exit codes, and how long it takes to stop."""

import json
import re
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
import yaml

from bot.chat import session
from bot.chat.service import EXIT_REFUSED
from bot.composition import BAD_USAGE
from bot.console.edition_start import EXIT_MISNAMED
from bot.settings import setting_names
from tests.e2e.program import ROOT

# Not the bot's own: what pip, Python, the system and the database next to it are told.
OF_OTHERS = {"PATH", "PYTHONUNBUFFERED", "EXTRAS", "POSTGRES_USER", "POSTGRES_DB", "POSTGRES_PASSWORD"}
LONGEST_STOP = session._DRAIN + session.FAREWELL + session._CLOSE


def read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def unit() -> dict[str, list[str]]:
    pairs = (line.partition("=") for line in read("docs/deploy/isnad.service").splitlines() if "=" in line)
    found: dict[str, list[str]] = {}
    for name, _, value in pairs:
        found.setdefault(name, []).append(value)
    return found


COMPOSE, RENDER = yaml.safe_load(read("compose.yaml")), yaml.safe_load(read("docs/deploy/render.yaml"))
FLY, APP = tomllib.loads(read("docs/deploy/fly.toml")), json.loads(read("app.json"))
RAILWAY = json.loads(read("docs/deploy/railway.json"))["deploy"]
[WORKER] = RENDER["services"]


def variables() -> Iterator[tuple[str, str]]:
    for line in re.findall(r"^ENV (.+)$", read("Dockerfile"), re.MULTILINE):
        yield from (("Dockerfile", pair.partition("=")[0]) for pair in line.split())
    for service in COMPOSE["services"].values():
        yield from (("compose.yaml", name) for name in service.get("environment", {}))
    yield from (("render.yaml", variable["key"]) for variable in WORKER["envVars"])
    yield from (("fly.toml", name) for name in FLY.get("env", {}))
    yield from (("app.json", name) for name in APP["env"])
    yield from (("isnad.service", value.partition("=")[0]) for value in unit()["Environment"])


@pytest.mark.parametrize(("file", "name"), list(variables()))
def test_every_variable_is_a_setting(file: str, name: str) -> None:
    assert name in setting_names() | OF_OTHERS, file


def seconds(text: Any) -> float:
    return float(str(text).removesuffix("s"))


@pytest.mark.parametrize(
    "pause",
    [
        COMPOSE["services"]["bot"]["stop_grace_period"],
        WORKER["maxShutdownDelaySeconds"],
        FLY["kill_timeout"],
        RAILWAY["drainingSeconds"],
        unit()["TimeoutStopSec"][0],
    ],
)
def test_platforms_wait_until_the_bot_has_finished_what_it_answers(pause: Any) -> None:
    assert seconds(pause) > LONGEST_STOP


def test_systemd_does_not_start_again_what_only_a_person_can_mend() -> None:
    [codes] = unit()["RestartPreventExitStatus"]
    assert set(map(int, codes.split())) == {BAD_USAGE, EXIT_MISNAMED, EXIT_REFUSED}


def test_every_platform_gives_the_same_memory_and_the_same_folder() -> None:
    assert {COMPOSE["services"]["bot"]["mem_limit"], unit()["MemoryMax"][0].lower(), FLY["vm"][0]["memory"][:4]} == {
        "512m"
    }
    cache = re.search(r"CORPUS_CACHE=(\S+)", read("Dockerfile"))
    assert cache is not None
    mounted = {COMPOSE["services"]["bot"]["volumes"][0].partition(":")[2], WORKER["disk"]["mountPath"]}
    assert mounted | {FLY["mounts"]["destination"]} == {cache[1]}


def test_docker_bounds_the_log_and_the_page_says_how() -> None:
    options = COMPOSE["services"]["bot"]["logging"]["options"]
    said = " ".join(f"--log-opt {name}={value}" for name, value in options.items())
    assert options.keys() == {"max-size", "max-file"}
    assert said in read("docs/operation.md")


def test_the_image_has_what_an_installed_bot_has() -> None:
    copied = re.findall(r"^COPY (?!--from)(\S+) /app/", read("Dockerfile"), re.MULTILINE)
    let_in = {line.removeprefix("!") for line in read(".dockerignore").splitlines() if line.startswith("!")}
    assert set(copied) == {"bot", "config", "corpus", "docs/deploy/docker-entrypoint.sh"}
    assert set(copied) < let_in
    assert all((ROOT / name).exists() for name in copied)


def test_the_image_and_the_workflows_use_the_python_of_the_project() -> None:
    version = read(".python-version").strip()
    assert f"ARG BASE=python:{version}-slim" in read("Dockerfile")


def test_one_process_answers_whatever_the_platform() -> None:
    [[kind, command]] = [line.split(": ") for line in read("Procfile").splitlines()]
    assert (kind, APP["formation"].keys()) == ("worker", {"worker"})
    assert command == "python -m bot"
    assert APP["formation"]["worker"]["quantity"] == 1
    assert FLY["deploy"]["strategy"] == "immediate"
    assert RAILWAY["numReplicas"] == 1


def test_platforms_ask_the_port_and_the_page_that_there_are() -> None:
    port = re.search(r"PORT=(\d+)", read("Dockerfile"))
    assert port is not None
    assert FLY["checks"]["health"]["port"] == int(port[1])
    assert {FLY["checks"]["health"]["path"], RAILWAY["healthcheckPath"]} == {"/health"}


def test_no_volume_is_declared_in_the_image() -> None:
    assert not re.search(r"^VOLUME", read("Dockerfile"), re.MULTILINE), "Railway builds no image that does"


def test_compose_runs_as_the_user_of_the_image() -> None:
    user = re.search(r"--uid (\d+)", read("Dockerfile"))
    assert user is not None
    assert COMPOSE["services"]["bot"]["user"] == f"{user[1]}:{user[1]}"
