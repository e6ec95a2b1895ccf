"""The figures of question sets, a little below what they are, to be raised with them."""

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
CORPUS = ("--corpus", str(ROOT / "corpus"))
# The sets of the README, where they are beside this checkout.
PUBLISHED = ROOT.parent / "shared" / "eval"
SETS = [str(PUBLISHED / name) for name in ("xquad_ar", "arcd", "tydiqa_goldp_dev_ar")]
ASKED = {
    "corpus_set": {"gold": 40, "near": 14, "off": 8, "foreign": 8, "swap": 10},
    "community": {
        "gold": 11,
        "near": 5,
        "off": 4,
        "overview": 5,
        "latest": 3,
        "claim_true": 4,
        "claim_false": 4,
        "chat": 4,
    },
}
AT_LEAST: dict[str, dict[str, Any]] = {
    "mean": {
        "right_at_1": 0.825,
        "right_at_3": 0.865,
        "ranking": {"mrr_at_10": 0.915, "recall_at_5": 0.98},
        "refused": {"foreign": 0.87, "off": 0.865, "near": 0.575, "swap": 0.68},
    },
    "corpus_set": {
        "right_at_1": 0.80,
        "right_at_3": 0.85,
        "ranking": {"recall_at_5": 0.95},
        "refused": {"near": 0.55, "off": 0.85, "foreign": 0.85, "swap": 0.70},
    },
    "community": {
        "right_at_1": {"gold": 0.72, "overview": 0.80, "latest": 0.66, "claim_true": 0.75, "claim_false": 0.50},
        "right_at_3": {"gold": 0.81, "overview": 0.80, "latest": 0.66, "claim_true": 0.75, "claim_false": 0.75},
        "refused": {"near": 0.60, "off": 0.75},
        "chat_met": 0.75,
    },
}
AT_MOST = {
    "mean": {"wrong": 0.035, "false_refusals": 0.105},
    "corpus_set": {"wrong": 0.05, "false_refusals": 0.125},
    "community": {"wrong": 0.19, "false_refusals": 0.10},
}

Evaluate = Callable[..., dict[str, Any]]


@pytest.fixture
def evaluate(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Evaluate:
    forget_machine(monkeypatch, tmp_path)
    monkeypatch.setattr(composition, "read_config", read_config_once)

    def run(*arguments: str) -> dict[str, Any]:
        assert program.main(["eval", "--json", *arguments]) == 0
        record: dict[str, Any] = json.loads(capsys.readouterr().out)
        return record

    return run


def below(figures: Mapping[str, Any], floors: Mapping[str, Any]) -> dict[str, Any]:
    """Return the figures that are below their floors, also those within figures."""
    found: dict[str, Any] = {}
    for name, floor in floors.items():
        figure = figures[name]
        if isinstance(floor, Mapping):
            found |= {f"{name}.{inner}": value for inner, value in below(figure, floor).items()}
        elif figure < floor:
            found[name] = figure
    return found


@pytest.mark.parametrize(
    ("name", "arguments"),
    [
        *((name, (str(DATA / name), *CORPUS)) for name in ASKED),
        pytest.param(
            "mean",
            SETS,
            marks=[
                pytest.mark.slow,
                pytest.mark.skipif(not PUBLISHED.is_dir(), reason="../shared/eval is not beside this checkout"),
            ],
        ),
    ],
)
def test_the_figures_hold(evaluate: Evaluate, name: str, arguments: tuple[str, ...]) -> None:
    record = evaluate(*arguments)[name]
    assert record["questions"] == ASKED.get(name, record["questions"])
    assert below(record, AT_LEAST[name]) == {}
    assert {figure: record[figure] for figure, most in AT_MOST[name].items() if record[figure] > most} == {}


@pytest.mark.slow
def test_courtesies_change_no_more_than_before(evaluate: Evaluate) -> None:
    record = evaluate(str(DATA / "community"), *CORPUS, "--wrapped", str(DATA / "courtesies.jsonl"))["community"]
    assert record["questions"] == 36 * 3
    assert below(record, dict.fromkeys(("outcomes", "articles", "quotes"), 0.97)) == {}
