"""`eval`, `fit` and `count` as those who work on the bot use them."""

import json
import shutil
from pathlib import Path

import pytest

import bot.__main__ as program
from bot.answering import Background, EvidenceModel
from bot.settings import CONFIG
from tests.console.command_line import ARABIC
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


def test_the_record_has_its_documented_keys(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert program.main(["eval", str(folder), "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)
    for each in figures.values():
        assert list(each) == [
            *("right_at_1", "right_at_3", "wrong", "false_refusals", "refused", "quoted_words"),
            *("milliseconds_p50", "milliseconds_p99", "ranking", "questions", "unswapped"),
        ]
        assert list(each["refused"]) == ["near", "foreign", "swap"]
        assert list(each["ranking"]) == ["mrr_at_10", "recall_at_1", "recall_at_5", "recall_at_20"]
    assert figures["bridge"]["questions"] == {"gold": 3, "near": 1, "foreign": 2, "swap": 1}
    assert figures["bridge"]["unswapped"] == 2
    assert figures["bridge"]["ranking"]["recall_at_20"] == 1


def test_the_table_has_a_row_a_set_and_one_for_the_mean(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = shutil.copytree(folder, folder.with_name("a_name_as_long_as_19"))
    assert program.main(["eval", str(folder), str(other), "--distractors", str(folder / "articles.jsonl")]) == 0
    lines = capsys.readouterr().out.splitlines()
    rows = lines[2:5]
    assert [row.split()[0] for row in rows] == ["bridge", "a_name_as_long_as_19", "mean"]
    assert {len(line) for line in lines[:5]} == {len(lines[0])}
    assert len(lines[0]) <= 121
    assert [len(row.split()) for row in rows] == [16, 16, 16]
    assert "–" in rows[0]
    assert "bridge 1/3" in lines[5]


def test_distractors_are_added_to_the_set(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    flood = [
        {"id": f"flood{n}", "title": "افتتح رئيس البلدية الجسر", "paragraphs": ["الجسر الجديد"]} for n in range(30)
    ]
    news = folder.with_name("news.jsonl")
    news.write_text("\n".join(map(json.dumps, flood)), encoding="utf-8")
    assert program.main(["eval", str(folder), "--json", "--distractors", str(news)]) == 0
    assert json.loads(capsys.readouterr().out)["bridge"]["ranking"]["recall_at_20"] < 1
    assert program.main(["eval", str(folder), "--distractors", str(folder / "none")]) == 2


def test_a_set_is_asked_of_a_corpus(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    corpus = folder.with_name("corpus.jsonl")
    (folder / "articles.jsonl").rename(corpus)
    assert program.main(["eval", str(folder)]) == 2
    assert "--corpus" in capsys.readouterr().err
    assert program.main(["eval", str(folder), "--corpus", str(corpus), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["bridge"]["right_at_3"] == 1
    assert program.main(["eval", str(folder), "--corpus", str(folder / "none")]) == 2


def test_the_curves_are_drawn(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    picture = folder.with_name("curves.svg")
    assert program.main(["eval", str(folder), "--plot", str(picture)]) == 0
    assert "curves.svg" in capsys.readouterr().out
    assert picture.read_text(encoding="utf-8").startswith("<svg")


@pytest.mark.parametrize("name", ["curves.png", "curves", "none/curves.svg", "."])
def test_a_picture_that_cannot_be_drawn_is_refused_at_once(
    folder: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="2"):
        program.main(["eval", str(folder), "--plot", str(folder / name)])
    assert "--plot" in capsys.readouterr().err


def test_two_sets_of_one_name_are_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert program.main(["eval", str(folder), str(folder)]) == 2
    assert "bridge" in capsys.readouterr().err
    mean = shutil.copytree(folder, folder.with_name("mean"))
    assert program.main(["eval", str(mean)]) == 2


def test_fit_writes_a_model_that_the_bot_reads(folder: Path, config: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = EvidenceModel.read(config / "evidence.toml")
    distractors = str(folder / "articles.jsonl")
    assert program.main(["fit", str(folder), "--false-refusals", "0.5", "--distractors", distractors]) == 0
    heading, *rows = capsys.readouterr().out.splitlines()
    assert heading.split() == ["refused", "fitted", "cross-validated"]
    assert [row.split()[0] for row in rows if " gold " in row] == ["bridge", "bridge+", "mean", "mean+"]
    assert (EvidenceModel.read(config / "evidence.toml").weights != before.weights).any()


def test_a_set_on_a_corpus_is_fitted_once_beside_the_others(
    folder: Path, config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    town = shutil.copytree(folder, folder.with_name("town"))
    (town / "articles.jsonl").rename(config / "corpus.jsonl")
    asked = [
        {"id": f"c{at}", **json.loads(line)}
        for at, line in enumerate((town / "questions.jsonl").read_text("utf-8").splitlines())
    ]
    asked.append({"id": "c9", "question": "احكيلي على الجسر", "kind": "overview", "answers": []})
    (town / "questions.jsonl").write_text("\n".join(map(json.dumps, asked)), encoding="utf-8")
    corpus, distractors = str(config / "corpus.jsonl"), str(folder / "articles.jsonl")
    options = ["--corpus", corpus, "--distractors", distractors, "--leave-out", "c5", "--false-refusals", "0.5"]
    assert program.main(["fit", str(folder), str(town), *options]) == 0
    rows = [row.split()[:2] for row in capsys.readouterr().out.splitlines()]
    assert [kind for name, kind in rows if name.startswith("town")] == ["foreign", "gold"]
    assert ["bridge+", "near"] in rows


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
    assert (
        counted.passage_probability("جسر", 1)
        > counted.passage_probability("طويل", 1)
        > counted.passage_probability("مهندس", 1)
    )


def test_a_set_that_cannot_be_read_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert program.main(["eval", str(tmp_path / "none")]) == 2
    words = ARABIC("set.no_folder", folder=tmp_path / "none")
    assert capsys.readouterr().err == ARABIC("console.set", words=words) + "\n"


def test_a_set_of_several_is_left_out_as_well(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    other = shutil.copytree(folder, folder.with_name("other"))
    assert program.main(["fit", str(folder), str(other), "--false-refusals", "0.5"]) == 0
    assert "set left out" in capsys.readouterr().out
