"""A language model is prompted with what it may quote, and its quotes are found in the articles."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.benchmark.conftest import ARTICLES, write_lines
from tests.benchmark.model_replies import main
from tests.benchmark.score import FormatError


def written(*arguments: Any) -> list[dict[str, Any]]:
    """Return the records that the command writes."""
    said: list[str] = []
    main([str(each) for each in arguments], said.append)
    return [json.loads(line) for line in said]


@pytest.mark.parametrize(("track", "prompts"), [("archive", 16), ("passage", 14)])
def test_a_prompt_has_the_question_and_the_texts(data: Path, track: str, prompts: int) -> None:
    found = written("prompts", "--data", data, "--track", track)
    assert len(found) == prompts
    assert "كام اتكلف كوبري النوارس؟" in found[0]["prompt"]
    assert ARTICLES["a001"][0] in found[0]["prompt"]
    assert (ARTICLES["a002"][0] in found[0]["prompt"]) == (track == "archive")


@pytest.mark.parametrize("track", ["archive", "passage"])
def test_quotes_are_found_where_they_stand(data: Path, tmp_path: Path, track: str) -> None:
    file = write_lines(
        tmp_path / "model.jsonl",
        [
            {"id": "open-f002-latin", "quote": "«المهندس سالم الوردي» ", "confidence": 90},
            {"id": "open-f003-latin", "quote": "بسبب الثلوج", "confidence": 90},
            {"id": "open-u001-latin", "quote": None},
            {"id": "open-u002-latin", "quote": "الأمطار", "confidence": 10},
        ],
    )
    found = written("locate", file, "--data", data, "--track", track)
    quote = {"article_id": "a001", "paragraph": 1, "start": 5, "end": 24}
    assert found[0] == {"id": "open-f002-latin", "answer": quote, "confidence": 90}
    assert [record["answer"] is None for record in found] == [False, True, True, track == "passage"]


@pytest.mark.parametrize(
    "record",
    [{"id": "f1", "quote": None}, {"id": "open-f002-latin", "quote": 7}, {"id": "open-f002-latin", "quote": "سالم"}],
)
def test_a_line_that_is_no_reply_is_named(data: Path, tmp_path: Path, record: dict[str, Any]) -> None:
    file = write_lines(tmp_path / "model.jsonl", [record])
    with pytest.raises(FormatError, match=r"model\.jsonl:1: "):
        written("locate", file, "--data", data)
