"""`eval`, `fit` and `count` as those who work on the bot use them."""

import json
import shlex
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

import bot.__main__ as program
from bot import composition
from bot.answering import Background, Everyday, EvidenceModel
from bot.settings import CONFIG
from tests.console.command_line import ARABIC, ENGLISH
from tests.console.pseudo_terminal import PseudoTerminal
from tests.lab.test_everyday_words import written
from tests.machine import forget_machine

pytestmark = pytest.mark.slow
Told = Callable[..., list[str]]
FiguresOf = Callable[..., dict[str, Any]]


@pytest.fixture(autouse=True)
def config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    forget_machine(monkeypatch, tmp_path)
    copy = Path(shutil.copytree(CONFIG, tmp_path / "config"))
    monkeypatch.setattr(composition, "CONFIG", copy)
    return copy


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]) -> Told:
    """Run a command in English that ends well, and return the lines that it prints."""

    def run(*arguments: object) -> list[str]:
        assert program.main([*map(str, arguments), "--language", "en"]) == 0
        return capsys.readouterr().out.splitlines()

    return run


@pytest.fixture
def figures_of(told: Told) -> FiguresOf:
    """Run `eval` and return its record."""

    def run(*arguments: object) -> dict[str, Any]:
        [line] = told("eval", *arguments, "--json")
        found: dict[str, Any] = json.loads(line)
        return found

    return run


def test_a_record_has_the_figures_of_each_set_and_their_mean(folder: Path, figures_of: FiguresOf) -> None:
    figures = figures_of(folder)
    assert list(figures) == ["bridge", "mean"]
    for each in figures.values():
        assert list(each) == [
            *("right_at_1", "right_at_3", "wrong", "false_refusals", "refused", "quoted_words"),
            "bold",
            *("milliseconds_p50", "milliseconds_p99", "ranking", "questions", "unswapped"),
        ]
        assert list(each["refused"]) == ["near", "foreign", "swap"]
        assert list(each["ranking"]) == ["mrr_at_10", "recall_at_1", "recall_at_5", "recall_at_20"]
    bridge = figures["bridge"]
    assert bridge["right_at_3"] + bridge["wrong"] + bridge["false_refusals"] == 1
    assert bridge["refused"]["foreign"] == bridge["ranking"]["recall_at_20"] == 1
    assert bridge["questions"] == {"gold": 3, "near": 1, "foreign": 2, "swap": 1}
    assert bridge["unswapped"] == 2


def test_the_table_has_a_row_a_set_and_one_for_the_mean(folder: Path, told: Told) -> None:
    other = shutil.copytree(folder, folder.with_name("a_name_as_long_as_19"))
    lines = told("eval", folder, other, "--distractors", folder / "articles.jsonl")
    rows = lines[2:5]
    assert [row.split()[0] for row in rows] == ["bridge", "a_name_as_long_as_19", "mean"]
    assert {len(line) for line in lines[:5]} == {len(lines[0])}
    assert len(lines[0]) <= 121
    assert [len(row.split()) for row in rows] == [16, 16, 16]
    assert "–" in rows[0]
    assert "bridge 1/3" in lines[5]


def test_columns_stand_in_order_under_arabic_words_too(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert program.main(["eval", str(folder), "--language", "ar"]) == 0
    upper, lower, row, mean = capsys.readouterr().out.splitlines()[:4]
    assert {cell_len(line) for line in (upper, lower, row, mean)} == {cell_len(row)}
    assert mean.startswith(f"\u200e{ARABIC('row.mean')}\u200e ")
    assert ARABIC("column.wrong").strip("|") in lower
    # The mark between two words keeps a terminal from turning them round.
    assert all(line.startswith("\u200e") and line.count("\u200e") == 16 for line in (upper, lower))


def test_distractors_are_added_to_the_set(folder: Path, figures_of: FiguresOf) -> None:
    flood = [
        {"id": f"flood{n}", "title": "افتتح رئيس البلدية الجسر", "paragraphs": ["الجسر الجديد"]} for n in range(30)
    ]
    news = folder.with_name("news.jsonl")
    news.write_text("\n".join(map(json.dumps, flood)), encoding="utf-8")
    assert figures_of(folder, "--distractors", news)["bridge"]["ranking"]["recall_at_20"] < 1
    assert program.main(["eval", str(folder), "--distractors", str(folder / "none")]) == 2


def test_a_set_is_asked_of_a_corpus(folder: Path, figures_of: FiguresOf, capsys: pytest.CaptureFixture[str]) -> None:
    corpus = folder.with_name("corpus.jsonl")
    (folder / "articles.jsonl").rename(corpus)
    assert program.main(["eval", str(folder)]) == 2
    assert "--corpus" in capsys.readouterr().err
    assert figures_of(folder, "--corpus", corpus)["bridge"]["right_at_3"] == 1
    assert program.main(["eval", str(folder), "--corpus", str(folder / "none")]) == 2


@pytest.fixture
def community(folder: Path) -> Path:
    questions = [
        {"id": "a-1", "question": "متى افتتح الجسر الجديد؟", "kind": "gold", "answers": ["2019"], "region": "msa"},
        {"id": "a-2", "question": "شنوة حكاية مكتبة الحي؟", "kind": "overview", "articles": ["مكتبة الحي"]},
        {"id": "b-1", "question": "شكرا", "kind": "chat", "region": "tn", "style": "short"},
    ]
    other = folder.with_name("members")
    other.mkdir()
    lines = [json.dumps(question, ensure_ascii=False) for question in questions]
    (other / "questions.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return other


def test_messages_of_a_community_have_a_table_of_their_own(
    folder: Path, community: Path, told: Told, figures_of: FiguresOf
) -> None:
    corpus = ("--corpus", folder / "articles.jsonl")
    lines = told("eval", community, *corpus)
    assert [line.split()[:2] for line in lines[2:6]] == [
        ["members", "3"],
        *(["region", name] for name in ("msa", "tn")),
        ["style", "short"],
    ]
    assert len({len(line) for line in lines[:6]}) == 1
    assert "gold 1, overview 1, chat 1" in lines[6]
    figures = figures_of(folder, community, *corpus)
    assert list(figures) == ["bridge", "mean", "members"]
    assert figures["mean"] == figures["bridge"]
    members = figures["members"]
    assert list(members) == [
        *("questions", "right_at_1", "right_at_3", "wrong", "false_refusals", "refused"),
        *("chat_met", "verdicts", "bold", "regions", "styles", "asked"),
    ]
    assert list(members["right_at_3"]) == ["gold", "overview"]
    assert members["regions"]["msa"]["right_at_1"]["gold"] == members["chat_met"] == 1


def test_a_part_is_left_out(
    folder: Path, community: Path, figures_of: FiguresOf, capsys: pytest.CaptureFixture[str]
) -> None:
    corpus = ("--corpus", str(folder / "articles.jsonl"))
    for part, questions in (("a", {"gold": 1, "overview": 1}), ("b", {"chat": 1})):
        assert figures_of(community, *corpus, "--part", part)["members"]["questions"] == questions
    assert program.main(["eval", str(community), *corpus, "--part", "c"]) == 2
    assert ARABIC("set.no_part", part="c") in capsys.readouterr().err
    figures = figures_of(folder, community, *corpus, "--part", "a")
    assert [sum(figures[name]["questions"].values()) for name in ("bridge", "members")] == [7, 2]


def test_only_questions_of_fact_are_fitted_and_drawn(folder: Path, community: Path, config: Path, told: Told) -> None:
    corpus = ["--corpus", str(folder / "articles.jsonl")]
    picture = folder.with_name("curves.svg")
    assert any("curves.svg" in line for line in told("eval", community, *corpus, "--part", "b", "--plot", picture))
    assert picture.read_text(encoding="utf-8").startswith("<svg")
    fit = ["fit", str(folder), str(community), *corpus, "--part", "a", "--false-refusals", "0.5"]
    rows = [line.split()[:2] for line in told(*fit, "--yes")]
    assert [kind for name, kind in rows if name == "members"] == ["gold"]
    command = (config / "evidence.toml").read_text(encoding="utf-8").splitlines()[0]
    assert shlex.split(command) == ["#", "python", "-m", "bot", *fit]


def test_questions_are_wrapped_in_courtesies(
    folder: Path, told: Told, figures_of: FiguresOf, capsys: pytest.CaptureFixture[str]
) -> None:
    file = folder.with_name("courtesies.jsonl")
    assert program.main(["eval", str(folder), "--wrapped", str(file)]) == 2
    assert "courtesies.jsonl" in capsys.readouterr().err
    courtesy = {"before": "السلام عليكم،", "after": "شكرا", "region": "msa", "kind": "thanks"}
    file.write_text(json.dumps(courtesy), encoding="utf-8")
    lines = told("eval", folder, "--wrapped", file)[2:]
    names = ["bridge", "after", "before", "both", "region msa", "kind thanks"]
    assert [line[: len("  kind thanks")].strip() for line in lines] == names
    assert [line.split()[-4] for line in lines] == ["18", "6", "6", "6", "18", "18"]
    before = figures_of(folder, "--wrapped", file, "--seed", 7)["bridge"]["positions"]["before"]
    assert before["outcomes"] >= before["quotes"] > 0


def test_two_sets_of_one_name_are_refused(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert program.main(["eval", str(folder), str(folder)]) == 2
    assert "bridge" in capsys.readouterr().err
    mean = shutil.copytree(folder, folder.with_name("mean"))
    assert program.main(["eval", str(mean)]) == 2


def test_fit_writes_a_model_that_the_bot_reads(folder: Path, config: Path, told: Told) -> None:
    before = EvidenceModel.read(config / "evidence.toml")
    own = (folder / "articles.jsonl").read_text(encoding="utf-8")
    other = {"id": "other", "title": "السوق", "paragraphs": ["يفتح السوق صباح كل خميس."]}
    distractors = folder / "other.jsonl"
    # A set on the corpus of the distractors is among them already.
    for more, names in ((json.dumps(other), ["bridge", "bridge+", "mean", "mean+"]), ("", ["bridge", "mean"])):
        distractors.write_text(own + more, encoding="utf-8")
        fit = ("fit", "--yes", folder, "--false-refusals", "0.5", "--distractors", distractors)
        heading, *rows = told(*fit)
        assert heading.split() == ["refused", "fitted", "cross-validated"]
        assert [row.split()[0] for row in rows if " gold " in row] == names
    assert (EvidenceModel.read(config / "evidence.toml").weights != before.weights).any()


def test_count_writes_frequencies_that_the_bot_reads(
    tmp_path: Path, config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    article = {"id": "a", "title": "الجسر", "paragraphs": ["الجسر طويل. " * 5, "مهندس وحيد."]}
    corpus = tmp_path / "news.jsonl"
    corpus.write_text(json.dumps(article), encoding="utf-8")
    assert program.main(["count", "--yes", str(corpus)]) == 0
    assert capsys.readouterr().out.startswith(f"{ARABIC('write.stems', count=2)}\n")
    counted = Background.read(config / "background.tsv")
    assert list(counted.per_million) == ["جسر", "طويل"]
    assert (
        counted.passage_probability("جسر", 1)
        > counted.passage_probability("طويل", 1)
        > counted.passage_probability("مهندس", 1)
    )


def test_from_a_pipe_nothing_is_replaced_unasked(
    tmp_path: Path, folder: Path, config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {file.name: file.read_bytes() for file in config.glob("*.t*")}
    listed = written(tmp_path / "list.gz", ["يحلم"])
    commands = {
        "background.tsv": ["count", str(folder / "articles.jsonl")],
        "everyday.tsv": ["count", "--everyday", str(listed)],
        "evidence.toml": ["fit", str(folder)],
    }
    for name, command in commands.items():
        assert program.main(command) == 2
        assert capsys.readouterr() == ("", ARABIC("write.refused", file=config / name) + "\n")
    assert {file.name: file.read_bytes() for file in config.glob("*.t*")} == before


def test_another_file_is_written_and_what_was_replaced_is_kept(
    tmp_path: Path, folder: Path, config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (config / "background.tsv").read_bytes()
    other, count = (
        tmp_path / "other.tsv",
        ["count", str(folder / "articles.jsonl"), "--to", str(tmp_path / "other.tsv")],
    )
    assert program.main(count) == 0
    stems = ARABIC("write.stems", count=len(Background.read(other).per_million))
    assert capsys.readouterr().out.splitlines() == [stems, ARABIC("write.written", file=other)]
    assert program.main(count) == 2
    other.write_text("first", encoding="utf-8")
    copies = [tmp_path / name for name in ("other.tsv.bak", "other.tsv.bak1")]
    for copy in copies:
        assert program.main([*count, "--yes"]) == 0
        assert capsys.readouterr().out.splitlines()[-1] == ARABIC("write.kept", copy=copy)
    assert copies[0].read_text(encoding="utf-8") == "first"
    assert copies[1].read_bytes() == other.read_bytes()
    assert (config / "background.tsv").read_bytes() == before


@pytest.mark.parametrize(("answer", "is_replaced"), [("n", False), ("", False), ("\x04", False), ("yes", True)])
def test_a_person_is_asked_whether_to_replace(tmp_path: Path, folder: Path, answer: str, is_replaced: bool) -> None:
    earlier = tmp_path / "list.tsv"
    earlier.write_text("before", encoding="utf-8")
    command = ["count", str(folder / "articles.jsonl"), "--to", "list.tsv", "--language", "en"]
    with PseudoTerminal(*command) as terminal:
        assert str(earlier) in terminal.wait_for("(y/N)")
        terminal.type(answer if answer == "\x04" else f"{answer}\n")
        assert terminal.ends() == 0
    assert (earlier.read_text(encoding="utf-8") != "before") == is_replaced
    assert (tmp_path / "list.tsv.bak").exists() == is_replaced


def test_count_chooses_everyday_words_and_states_their_source(
    tmp_path: Path, config: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    listed = written(tmp_path / "list.gz", *[[]] * 400, ["يحلم", "تحلم", "نحلم", "احلم", "شكسبير"])
    assert program.main(["count", "--yes", "--everyday", str(listed)]) == 0
    assert capsys.readouterr().out.startswith(f"{ARABIC('write.stems', count=4)}\n")
    assert Everyday.read(config / "everyday.tsv").verbs == {"يحلم", "تحلم", "نحلم", "احلم"}
    assert "CC BY-SA 4.0" in (config / "everyday.tsv").read_text(encoding="utf-8")


def test_a_set_that_cannot_be_read_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert program.main(["eval", str(tmp_path / "none")]) == 2
    words = ARABIC("set.no_folder", folder=tmp_path / "none")
    assert capsys.readouterr().err == ARABIC("console.set", words=words) + "\n"


def test_a_set_of_several_is_left_out_as_well(folder: Path, told: Told) -> None:
    other = shutil.copytree(folder, folder.with_name("other"))
    heading = told("fit", "--yes", folder, other, "--false-refusals", "0.5")[0]
    assert ENGLISH("column.set_left_out").strip("|") in heading
