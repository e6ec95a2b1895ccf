"""The figures of eighty questions on the articles that come with the project, a little below what they are."""

import json
from pathlib import Path

import pytest

import bot.__main__ as program
from bot import composition
from tests.answering.coverage import read_config_once
from tests.machine import forget_machine

ROOT = Path(__file__).resolve().parents[3]


def test_the_figures_on_the_corpus_hold(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    forget_machine(monkeypatch, tmp_path)
    monkeypatch.setattr(composition, "read_config", read_config_once)
    questions = str(ROOT / "tests" / "data" / "corpus_set")
    assert program.main(["eval", questions, "--corpus", str(ROOT / "corpus"), "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)["corpus_set"]
    assert figures["questions"] == {"gold": 40, "near": 14, "off": 8, "foreign": 8, "swap": 10}
    assert figures["right_at_1"] >= 0.80
    assert figures["right_at_3"] >= 0.85
    assert figures["wrong"] <= 0.05
    assert figures["false_refusals"] <= 0.125
    assert figures["refused"]["near"] >= 0.55
    assert figures["refused"]["off"] >= 0.85
    assert figures["refused"]["foreign"] >= 0.85
    assert figures["refused"]["swap"] >= 0.70
    assert figures["ranking"]["recall_at_5"] >= 0.95
