"""`eval`, `fit` and `count` as those who work on the bot use them."""

import json
import shutil
from pathlib import Path

import pytest

import bot.__main__ as program
from bot.answering import Background, EvidenceModel
from bot.settings import CONFIG
from tests.machine import forget_machine


@pytest.fixture(autouse=True)
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    forget_machine(monkeypatch, tmp_path)
    copy = Path(shutil.copytree(CONFIG, tmp_path / "config"))
    monkeypatch.setattr(program, "CONFIG", copy)
    return copy


def test_eval_prints_figures_for_each_set_and_their_mean(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert program.main(["eval", str(folder), "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)
    assert list(figures) == ["bridge", "mean"]
    assert figures["bridge"]["right_at_3"] + figures["bridge"]["wrong"] + figures["bridge"]["false_refusals"] == 1
    assert figures["bridge"]["refused"]["foreign"] == 1


def test_distractors_are_added_to_the_set(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert program.main(["eval", str(folder), "--distractors", str(folder / "articles.jsonl")]) == 0
    assert capsys.readouterr().out.count("right@1") == 2
    assert program.main(["eval", str(folder), "--distractors", str(folder / "none")]) == 2


def test_fit_writes_a_model_that_the_bot_reads(folder: Path, config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = EvidenceModel.read(config / "evidence.toml")
    distractors = str(folder / "articles.jsonl")
    assert program.main(["fit", str(folder), "--false-refusals", "0.5", "--distractors", distractors]) == 0
    kinds = [line.split()[:2] for line in capsys.readouterr().out.splitlines()]
    assert [name for name, kind in kinds if kind == "gold"] == ["bridge", "bridge+"]
    assert (EvidenceModel.read(config / "evidence.toml").weights != before.weights).any()


def test_count_writes_frequencies_that_the_bot_reads(
    tmp_path: Path, config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    article = {"id": "a", "title": "الجسر", "paragraphs": ["الجسر طويل. " * 5, "مهندس وحيد."]}
    corpus = tmp_path / "news.jsonl"
    corpus.write_text(json.dumps(article), encoding="utf-8")
    assert program.main(["count", str(corpus)]) == 0
    assert capsys.readouterr().out == "2 stems\n"
    counted = Background.read(config / "background.tsv")
    assert list(counted.per_million) == ["جسر", "طويل"]
    assert counted.share("جسر", 1) > counted.share("طويل", 1) > counted.share("مهندس", 1)


def test_a_set_that_cannot_be_read_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert program.main(["eval", str(tmp_path / "none")]) == 2
    assert "articles.jsonl" in capsys.readouterr().err
