"""Systems stand beside each other, and what words give away is measured."""

from pathlib import Path

import pytest

from tests.benchmark import compare, cues
from tests.benchmark.baselines import as_line
from tests.benchmark.score import ANSWERABLE, Question, QuestionSet, Reply, Scored, read_set


def test_the_better_system_stands_first(data: Path, asked: QuestionSet, tmp_path: Path) -> None:
    for name, most in (("good", 8), ("bad", 2)):
        right = [question.id for question in asked.questions if question.answers][:most]
        replies = [
            (question.id, Reply(question.answers[0], 0.5) if question.id in right else Reply(None))
            for question in asked.questions
        ]
        (tmp_path / f"{name}-archive-open.jsonl").write_text("".join(as_line(*each) for each in replies), "utf-8")
    said: list[str] = []
    compare.main([str(tmp_path), "--data", str(data)], said.append)
    lines = said[0].splitlines()
    assert lines[2] == "| good, archive, open | 1.00 | 1.00 to 1.00 | – | .00 | 2 |"
    assert lines[3].startswith("| bad, archive, open | .25 | .00 to ")
    assert " to 1.00 | .00 | " in lines[3]
    assert lines[5:8] == [
        "| right, by form | egyptian | latin |",
        "|---|---|---|",
        "| good, archive, open | 1.00 | 1.00 |",
    ]
    assert lines[12] == "| good, archive, open | 1.00 | 1.00 | 1.00 | 1.00 |"
    assert lines[15] == "| right, where refused at least | .99 | .95 | .90 | .80 | .70 | .60 | .50 | .25 | .00 |"
    assert lines[18] == "| bad, archive, open |" + " .25 |" * 9
    given = read_set(data, "sealed", "passage").questions
    refusals = "".join(as_line(question.id, Reply(None)) for question in given)
    (tmp_path / "silent-passage-sealed.jsonl").write_text(refusals, "utf-8")
    compare.main([str(tmp_path), "--data", str(data)], said.append)
    lines = said[1].splitlines()
    assert lines[4] == "| silent, passage, sealed | .00 | .00 to .00 | – | .00 | 0 |"
    assert lines[16] == "| silent, passage, sealed | 1.00 | 1.00 | – | 1.00 |"
    with pytest.raises(SystemExit):
        compare.main([str(tmp_path), "--data", str(data), "--track", "passage", "--part", "open"])


def test_words_that_stand_in_unanswerable_questions_alone_are_found() -> None:
    questions = [
        Question(f"{core}{form}", core, form, kind, None, ())
        for kind in (ANSWERABLE, "too_early")
        for core in (f"{kind}{number}" for number in range(30))
        for form in ("egyptian", "latin")
    ]
    texts = {each.id: "كم قتيلا؟" if each.kind == ANSWERABLE else "كم قتيلا غدا؟" for each in questions}
    guessed = cues.guesses(questions, texts)
    scored = [Scored(each, guessed[each.id], is_right=True) for each in questions]
    assert cues.area(scored) == 1
    same = [Scored(each, 0.0, is_right=True) for each in questions]
    assert cues.area(same) == 0.5


def test_the_figures_of_the_words_are_written(data: Path) -> None:
    said: list[str] = []
    cues.main(["--data", str(data)], said.append)
    assert said[0].startswith("By the words of the question alone: area ")
