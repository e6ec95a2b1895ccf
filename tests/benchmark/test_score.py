"""The scorer: the one number, the curve, the tables, and what it says of malformed replies."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.benchmark import score
from tests.benchmark.conftest import ARTICLES, located
from tests.benchmark.score import (
    FormatError,
    Point,
    QuestionSet,
    Span,
    curve,
    interval,
    is_right,
    lead,
    make_report,
    operating_point,
    quote_problem,
    read_replies,
    read_set,
    score_replies,
)

WriteReplies = Callable[..., Path]
QUOTE = {"article_id": "a001", "paragraph": 0, "start": 0, "end": 6}


def test_right_answers_to_all_that_is_answerable_have_the_number_one(
    asked: QuestionSet, replies_file: WriteReplies
) -> None:
    report = make_report(asked, read_replies(replies_file(), asked), "archive", "open")
    assert (report.answerable, report.unanswerable) == (8, 8)
    assert report.right_at_90_refused == 1
    assert list(report.interval) == [1, 1]
    assert report.forms["latin"] == {"right": 1, "wrong": 0, "false_refusals": 0, "refused": 1}
    assert report.kinds["too_early"] == {"egyptian": 1, "latin": 1, "all": 1}


def test_the_number_is_read_where_nine_in_ten_are_refused(asked: QuestionSet, replies_file: WriteReplies) -> None:
    file = replies_file(
        open_u001_latin={"answer": QUOTE, "confidence": 0.6},
        open_f001_latin={"confidence": 0.7},
        open_f002_latin={"answer": QUOTE, "confidence": 0.9},
    )
    points = curve(score_replies(asked, read_replies(file, asked)))
    assert points == [
        Point(None, 0, 0, 1),
        Point(0.9, 0, 1 / 8, 1),
        Point(0.7, 1 / 8, 1 / 8, 1),
        Point(0.6, 1 / 8, 1 / 8, 7 / 8),
        Point(0.5, 7 / 8, 1 / 8, 7 / 8),
    ]
    assert operating_point(points) == points[2]
    assert operating_point(points, 0.8) == points[4]


def test_the_tables_can_be_read_at_another_confidence(asked: QuestionSet, replies_file: WriteReplies) -> None:
    replies = read_replies(replies_file(open_u001_latin={"answer": QUOTE, "confidence": 0.6}), asked)
    report = make_report(asked, replies, "archive", "open", at=0.5)
    assert report.right_at_90_refused == 0
    assert report.point == Point(0.5, 1, 0, 7 / 8)
    assert report.kinds["fact_absent"] == {"egyptian": 1, "latin": 0, "all": 0.5}
    assert make_report(asked, replies, "archive", "open", at=0.7).point == Point(None, 0, 0, 1)


def test_the_interval_is_the_same_each_time_and_spans_the_number(
    asked: QuestionSet, replies_file: WriteReplies
) -> None:
    scored = score_replies(asked, read_replies(replies_file(open_f001_latin={"answer": None}), asked))
    low, high = interval(scored)
    assert (low, high) == interval(scored)
    assert lead(scored, scored) == (0, 0)
    # Of the four facts, each drawn by chance, the first lacks one of its two forms.
    assert low < operating_point(curve(scored)).right <= high == 1


@pytest.mark.parametrize(
    ("quote", "expected"),
    [
        (Span("a001", 0, 0, 90), True),
        (Span("a001", 0, 50, 64), False),
        (Span("a001", 1, 0, 60), False),
        (Span("a002", 0, 0, 70), False),
    ],
)
def test_a_right_quote_has_a_whole_answer_in_it(quote: Span, expected: bool) -> None:
    answer = {key: value for key, value in located("a001", 0, "تسعين مليون دينار").items() if key != "text"}
    assert is_right(quote, [Span(**answer)], ARTICLES) is expected


def test_a_quote_of_more_than_sixty_words_answers_nothing() -> None:
    answer = Span(*list(located("a002", 1, "سبعة لاعبين").values())[:4])
    text = ARTICLES["a002"][1]
    assert not is_right(Span("a002", 1, 0, len(text)), [answer], ARTICLES)
    words = text.split()
    assert is_right(Span("a002", 1, text.rindex(" ".join(words[-60:])), len(text)), [answer], ARTICLES)
    assert not is_right(Span("a002", 1, text.rindex(" ".join(words[-61:])), len(text)), [answer], ARTICLES)


@pytest.mark.parametrize(
    ("record", "problem"),
    [
        ({"answer": "الجسر"}, "the answer is neither null nor an object"),
        ({"answer": {**QUOTE, "article_id": "a009"}}, 'no article "a009"'),
        ({"answer": {**QUOTE, "article_id": ["a001"]}}, 'no article ["a001"]'),
        ({"answer": {**QUOTE, "paragraph": 2}}, "paragraph must be a whole number from 0 to 1 in a001"),
        ({"answer": {**QUOTE, "paragraph": "0"}}, "paragraph must be a whole number from 0 to 1 in a001"),
        ({"answer": {**QUOTE, "end": 6.0}}, "start and end must be whole numbers from 0 to 91 in paragraph 0 of a001"),
        ({"answer": {**QUOTE, "end": 0}}, "start and end must be whole numbers from 0 to 91 in paragraph 0 of a001"),
        ({"answer": {**QUOTE, "start": -6}}, "start and end must be whole numbers from 0 to 91 in paragraph 0 of a001"),
        ({"answer": {**QUOTE, "end": 92}}, "start and end must be whole numbers from 0 to 91 in paragraph 0 of a001"),
        (
            {"answer": {**QUOTE, "text": "افتتـح"}},
            "the text is not that of the characters 0 to 6 of paragraph 0 of a001",
        ),
        ({"confidence": None}, "the confidence of an answer must be a finite number"),
        ({"confidence": True}, "the confidence of an answer must be a finite number"),
        ({"confidence": float("nan")}, "the confidence of an answer must be a finite number"),
        ({"confidence": 10**400}, "the confidence of an answer must be a finite number"),
        ({"id": "open-f001-latin"}, "open-f001-latin has a reply in line 9"),
        ({"id": "open-f009-latin"}, 'no question has the id "open-f009-latin"'),
        ({"id": 3}, "no question has the id 3"),
    ],
)
def test_what_is_malformed_is_named_by_its_line(
    asked: QuestionSet, replies_file: WriteReplies, record: dict[str, Any], problem: str
) -> None:
    file = replies_file(open_f002_latin={"answer": QUOTE, **record})
    with pytest.raises(FormatError) as caught:
        read_replies(file, asked)
    assert caught.value.problems[0] == f"{file}:10: {problem}"


def test_all_that_is_malformed_is_said_at_once(data: Path, replies_file: WriteReplies) -> None:
    file = replies_file()
    text = file.read_text(encoding="utf-8").splitlines()
    file.write_text("\n".join(["[]", "{", *text]), encoding="utf-8")
    said: list[str] = []
    assert score.main([str(data), str(file)], said.append) == 2
    assert "".join(said) == f"{file}:1: no JSON object\n{file}:2: no JSON object\n"
    file.write_text("\n".join(['{"id": "open-f001-latin"}', *text[:-1]]), encoding="utf-8")
    said.clear()
    assert score.main([str(data), str(file)], said.append) == 2
    assert "".join(said).splitlines() == [
        f"{file}:1: answer is missing; a refusal has null",
        f"{file}:10: open-f001-latin has a reply in line 1",
        f"{file}: questions without a reply: 1, the first of them open-u004-latin",
    ]


def test_replies_that_are_no_file_or_no_text_are_malformed(data: Path, tmp_path: Path) -> None:
    (tmp_path / "bytes").write_bytes(b"\xff\n")
    for name in ("nowhere", "bytes"):
        said: list[str] = []
        assert score.main([str(data), str(tmp_path / name)], said.append) == 2
        assert said[0].startswith(f"{tmp_path / name}: cannot be read")


def test_an_answer_of_the_set_that_is_not_its_article_is_found(data: Path, tmp_path: Path) -> None:
    for file in data.rglob("*.json*"):
        copy = tmp_path / file.relative_to(data)
        copy.parent.mkdir(exist_ok=True)
        copy.write_text(file.read_text(encoding="utf-8").replace('"سالم الوردي"', '"سالم الورد"'), encoding="utf-8")
    with pytest.raises(FormatError, match=r"questions\.jsonl:2: the text is not that of the characters 13 to 24"):
        read_set(tmp_path)


def test_the_track_with_a_passage_takes_quotes_of_it_alone(
    data: Path, asked: QuestionSet, replies_file: WriteReplies
) -> None:
    given = read_set(data, track="passage")
    assert {question.core for question in asked.questions} - {question.core for question in given.questions} == {"u004"}
    assert len(read_replies(replies_file(), given, "passage")) == 14
    file = replies_file(open_f003_latin={"answer": QUOTE})
    with pytest.raises(FormatError, match=r":11: the passage given is of a002, not of a001$"):
        read_replies(file, given, "passage")


def test_replies_to_the_other_part_are_left_out(data: Path, replies_file: WriteReplies) -> None:
    file = replies_file(more={"id": "sealed-f001-latin", "answer": None})
    assert score.main([str(data), str(file)], len) == 0
    assert len(read_set(data, "both").questions) == 32


def test_a_copy_of_the_file_runs_alone(data: Path, tmp_path: Path, replies_file: WriteReplies) -> None:
    copy = tmp_path / "alone" / "score.py"
    copy.parent.mkdir()
    copy.write_bytes(Path(score.__file__).read_bytes())
    command = [sys.executable, "-I", "-S", str(copy), str(data), str(replies_file())]
    shown = subprocess.check_output(command, cwd=copy.parent, encoding="utf-8")  # noqa: S603
    assert shown.startswith("Made 0.1.0, scorer 1.0.0, track archive, part open:\n")
    assert "**Right at .90 refused: 1.000** (95 % interval 1.000 to 1.000)" in shown
    record = json.loads(subprocess.check_output([*command, "--json"]))  # noqa: S603
    assert (record["version"], record["scorer"], record["right_at_90_refused"]) == ("0.1.0", "1.0.0", 1)
    assert record["curve"][-1] == {"threshold": 0.5, "right": 1, "wrong": 0, "refused": 1}


def test_a_quote_is_counted_in_characters_of_unicode() -> None:
    articles = {"a": ("😀 ثلاثة",)}
    assert quote_problem({"article_id": "a", "paragraph": 0, "start": 2, "end": 7, "text": "ثلاثة"}, articles) is None
