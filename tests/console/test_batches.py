import json
from pathlib import Path

import pytest

from tests.console.command_line import ANSWERED, ARABIC, REFUSED, CommandLine, Finished, complaint
from tests.console.conftest import Write

TEXT = f"{ANSWERED}\n\n  {REFUSED}  \r\n"
JSON_LINES = "".join(
    json.dumps({"id": number, "question": question}) + "\n" for number, question in enumerate([ANSWERED, REFUSED])
)


def asked(done: Finished) -> list[tuple[str, str]]:
    assert done.code == 0
    records = [json.loads(line) for line in done.out.splitlines()]
    return [(record["question"], record["outcome"]) for record in records]


EXPECTED = [(ANSWERED, "answer"), (REFUSED, "refusal")]


@pytest.mark.parametrize(
    "content", [TEXT, "\ufeff" + TEXT, JSON_LINES, "\ufeff" + JSON_LINES, "\n" + JSON_LINES.replace("\n", "\r\n\r\n")]
)
def test_questions_are_a_line_of_text_or_of_json_each(isnad: CommandLine, write: Write, content: str) -> None:
    write("questions", content)
    assert asked(isnad("ask", "--questions", "questions", "--json")) == EXPECTED
    assert asked(isnad("ask", "--questions", "-", "--json", stdin=content)) == EXPECTED


def test_without_json_each_question_stands_above_its_answer(isnad: CommandLine, write: Write) -> None:
    write("questions", TEXT)
    done = isnad("ask", "--questions", "questions")
    assert done.code == 0
    lines = done.out.splitlines()
    assert [line for line in lines if line.startswith("؟ ")] == [f"؟ {ANSWERED}", f"؟ {REFUSED}"]
    assert lines[lines.index(f"؟ {REFUSED}") + 1] == ARABIC("refusal.off_topic")


def test_a_file_without_questions_has_no_answers(isnad: CommandLine) -> None:
    assert isnad("ask", "--questions", "-", "--json", stdin="\n \n") == Finished(0, "", "")


@pytest.mark.parametrize(
    "line",
    ["{", '{"question": 1}', '{"question": null}', '{"text": "x"}', "[]", '"x"', "x", "[" * 100_000],
    ids=lambda line: line[:10],
)
def test_a_line_that_is_no_record_is_named_and_nothing_is_answered(isnad: CommandLine, write: Write, line: str) -> None:
    write("questions.jsonl", f'{{"question": "متى؟"}}\n\n{line}\n')
    assert isnad("ask", "--questions", "questions.jsonl", "--json") == complaint(
        "console.questions_line", file="questions.jsonl", line=3
    )


@pytest.mark.parametrize(
    ("name", "key"), [("nowhere.txt", "missing"), ("folder", "unreadable"), ("cp1256.txt", "encoding")]
)
def test_a_file_that_cannot_be_read_is_named_with_the_reason(
    isnad: CommandLine, write: Write, name: str, key: str
) -> None:
    write("folder/file", "")
    write("cp1256.txt", "متى؟".encode("cp1256"))
    assert isnad("ask", "--questions", name, "--json") == complaint(
        f"console.questions_{key}", file=name, words="EISDIR"
    )


def test_standard_input_that_is_no_text_is_named(isnad: CommandLine) -> None:
    assert isnad("ask", "--questions", "-", stdin=b"\xff\xfe") == complaint("console.questions_encoding", file="-")


def test_a_question_with_a_lone_surrogate_is_answered_like_any_other(isnad: CommandLine) -> None:
    done = isnad(
        "ask", "--questions", "-", "--json", stdin='{"question": "\\ud800 متى افتتحت البلدية المكتبة العامة؟"}'
    )
    assert [outcome for _, outcome in asked(done)] == ["answer"]


def test_many_questions_keep_their_order(isnad: CommandLine, directory: Path) -> None:
    questions = [f"{ANSWERED} {number}" for number in range(50)]
    (directory / "questions").write_text("\n".join(questions), encoding="utf-8")
    assert [question for question, _ in asked(isnad("ask", "--questions", "questions", "--json"))] == questions
