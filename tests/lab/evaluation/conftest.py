"""A small set of questions with known outcomes, as a folder."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

PARAGRAPHS = {
    "افتتاح الجسر الجديد": "افتتح رئيس البلدية الجسر الجديد عام 2019 بكلفة تسعين مليون دينار.",
    "موسم الزيتون": "بدأ قطف الزيتون في القرى الجبلية قبل موعده بأسبوعين بسبب حرارة الصيف.",
    "مكتبة الحي": "تضم مكتبة الحي أربعين ألف كتاب وقاعة واسعة للأطفال.",
    "مباراة الفريقين": "انتهت مباراة الفريقين بالتعادل أمام عشرين ألف متفرج.",
}
ARTICLES = [{"id": title, "title": title, "paragraphs": [text]} for title, text in PARAGRAPHS.items()]
QUESTIONS = [
    {"question": "متى افتتح رئيس البلدية الجسر الجديد؟", "kind": "gold", "answers": ["عام ٢٠١٩"]},
    {"question": "كم كتابا تضم مكتبة الحي؟", "kind": "gold", "answers": ["أربعين ألف"]},
    {"question": "لماذا بدأ قطف الزيتون قبل موعده؟", "kind": "gold", "answers": ["حرارة الصيف"]},
    {"question": "ما عاصمة أستراليا؟", "kind": "foreign", "answers": []},
    {"question": "من اخترع التلفاز؟", "kind": "foreign", "answers": []},
    {"question": "من مهندس الجسر الجديد؟", "kind": "near", "answers": []},
]
Rows = list[dict[str, Any]]


def write_set(folder: Path, articles: Rows, questions: Rows) -> Path:
    """Write a set into a folder."""
    folder.mkdir(exist_ok=True)
    for name, rows in (("articles.jsonl", articles), ("questions.jsonl", questions)):
        lines = [json.dumps(row, ensure_ascii=False) for row in rows]
        (folder / name).write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write_set(tmp_path / "bridge", ARTICLES, QUESTIONS)


@pytest.fixture
def with_questions(tmp_path: Path) -> Callable[[Rows], Path]:
    return lambda questions: write_set(tmp_path / "odd", ARTICLES, questions)
