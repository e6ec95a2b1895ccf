"""The figures of the README hold on the question sets, where those are beside this checkout."""

import json
from pathlib import Path

import pytest

import bot.__main__ as program
from tests.machine import forget_machine

SETS = Path(__file__).resolve().parents[4] / "shared" / "eval"
NAMES = ("xquad_ar", "arcd", "tydiqa_goldp_dev_ar")

pytestmark = pytest.mark.slow


@pytest.mark.skipif(not SETS.is_dir(), reason="../shared/eval is not beside this checkout")
def test_the_mean_over_the_sets_is_as_published(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    forget_machine(monkeypatch, tmp_path)
    assert program.main(["eval", *(str(SETS / name) for name in NAMES), "--json"]) == 0
    mean = json.loads(capsys.readouterr().out)["mean"]
    assert mean["right_at_1"] >= 0.825
    assert mean["right_at_3"] >= 0.865
    assert mean["wrong"] <= 0.035
    assert mean["false_refusals"] <= 0.105
    assert mean["refused"]["foreign"] >= 0.87
    assert mean["refused"]["off"] >= 0.865
    assert mean["refused"]["near"] >= 0.575
    assert mean["refused"]["swap"] >= 0.68
    assert mean["ranking"]["mrr_at_10"] >= 0.915
    assert mean["ranking"]["recall_at_5"] >= 0.98
