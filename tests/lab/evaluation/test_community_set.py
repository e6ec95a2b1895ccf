"""What forty messages as a community writes them get from the articles of the project, a little below what it is."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

import bot.__main__ as program
from bot import composition
from tests.answering.coverage import read_config_once
from tests.machine import forget_machine

ROOT = Path(__file__).resolve().parents[3]
DATA = ROOT / "tests" / "data"

# A question less than what the bot reaches, to be raised with it.
LEAST = {
    "right_at_1": {"gold": 0.72, "overview": 0.80, "latest": 0.66, "claim_true": 0.75, "claim_false": 0.50},
    "right_at_3": {"gold": 0.81, "overview": 0.80, "latest": 0.66, "claim_true": 0.75, "claim_false": 0.75},
    "refused": {"near": 0.60, "off": 0.75},
}
MOST = {"wrong": 0.19, "false_refusals": 0.10}
LEAST_MET = 0.75
LEAST_STABLE = {"outcomes": 0.97, "articles": 0.97, "quotes": 0.97}

Evaluate = Callable[..., dict[str, Any]]


@pytest.fixture
def evaluate(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Evaluate:
    forget_machine(monkeypatch, tmp_path)
    monkeypatch.setattr(composition, "read_config", read_config_once)

    def run(*options: str) -> dict[str, Any]:
        command = ["eval", str(DATA / "community"), "--corpus", str(ROOT / "corpus"), "--json", *options]
        assert program.main(command) == 0
        record: dict[str, Any] = json.loads(capsys.readouterr().out)["community"]
        return record

    return run


def below(figures: Mapping[str, float], floors: Mapping[str, float]) -> dict[str, tuple[float, float]]:
    """Return what is below its floor, each with the floor."""
    return {name: (figures[name], least) for name, least in floors.items() if figures[name] < least}


def test_each_kind_of_message_is_met_as_often_as_before(evaluate: Evaluate) -> None:
    record = evaluate()
    assert record["questions"] == {
        "gold": 11,
        "near": 5,
        "off": 4,
        "overview": 5,
        "latest": 3,
        "claim_true": 4,
        "claim_false": 4,
        "chat": 4,
    }
    print(json.dumps({name: record[name] for name in (*LEAST, *MOST, "chat_met")}))  # noqa: T201 - for a failure
    assert [below(record[name], least) for name, least in LEAST.items()] == [{}, {}, {}]
    assert {name: record[name] for name, most in MOST.items() if record[name] > most} == {}
    assert record["chat_met"] >= LEAST_MET


@pytest.mark.slow
def test_courtesies_change_no_more_than_before(evaluate: Evaluate) -> None:
    record = evaluate("--wrapped", str(DATA / "courtesies.jsonl"))
    print(json.dumps({name: record[name] for name in (*LEAST_STABLE, "positions")}))  # noqa: T201 - for a failure
    assert record["questions"] == 36 * 3
    assert below(record, LEAST_STABLE) == {}
