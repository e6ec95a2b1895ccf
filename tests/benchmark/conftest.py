"""A set of two articles in the form of the benchmark, and replies to its questions."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.benchmark.score import QuestionSet, read_set

Record = dict[str, Any]

FORMS = ("egyptian", "latin")
ARTICLES = {
    "a001": (
        "افتتح رئيس بلدية مرسى الطير جسر النوارس بكلفة تسعين مليون دينار بعد أشغال دامت ثلاثة أعوام.",
        "وقال المهندس سالم الوردي إن الجسر يحمل أربعة آلاف سيارة في اليوم.",
    ),
    "a002": (
        "تأجلت مباراة النخيل والميناء إلى يوم الجمعة بسبب الأمطار التي أغرقت الملعب.",
        " ".join(["وعدّد المدرب الغيابات واحدا واحدا"] * 15) + " وعددها سبعة لاعبين.",
    ),
}
# The short answer of each fact, and in which article and paragraph it stands.
FACTS = {
    "f001": ("a001", 0, "تسعين مليون دينار", "كام اتكلف كوبري النوارس؟"),
    "f002": ("a001", 1, "سالم الوردي", "مين المهندس بتاع كوبري النوارس؟"),
    "f003": ("a002", 0, "الأمطار", "ليه ماتش النخيل والميناء اتأجل؟"),
    "f004": ("a002", 1, "سبعة لاعبين", "كام لاعب غايب عن النخيل؟"),
}
CORES = {
    "u001": ("fact_absent", "near", "a001", "كام عامل اشتغل في كوبري النوارس؟"),
    "u002": ("event_swapped", "swap", "a001", "ليه قفلوا كوبري النوارس؟"),
    "u003": ("too_early", "near", "a002", "النتيجة كام في ماتش النخيل والميناء؟"),
    "u004": ("other_subject", "off", None, "سعر الدهب كام النهارده؟"),
}


def located(article_id: str, paragraph: int, text: str) -> Record:
    """Return an accepted answer with its offsets."""
    start = ARTICLES[article_id][paragraph].index(text)
    return {
        "article_id": article_id,
        "paragraph": paragraph,
        "start": start,
        "end": start + len(text),
        "text": text,
    }


def _questions(part: str) -> Iterator[Record]:
    """Yield the questions with an answer, then those without, of each form."""
    for form in FORMS:
        for core, (article_id, paragraph, text, question) in FACTS.items():
            answers = [located(article_id, paragraph, text)]
            row = {"kind": "gold", "unanswerable": None, "reason": None, "article_id": article_id, "answers": answers}
            yield {"id": f"{part}-{core}-{form}", "core": core, "form": form, "question": question, **row}
        for core, (unanswerable, kind, nearest, question) in CORES.items():
            row = {"kind": kind, "unanswerable": unanswerable, "reason": "…", "article_id": nearest, "answers": []}
            yield {"id": f"{part}-{core}-{form}", "core": core, "form": form, "question": question, **row}


def write_lines(file: Path, records: Iterable[Mapping[str, Any]]) -> Path:
    """Write records, one a line."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("".join(json.dumps(each, ensure_ascii=False) + "\n" for each in records), encoding="utf-8")
    return file


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the made set, whose parts have the same questions under other ids."""
    folder = tmp_path_factory.mktemp("data")
    about = {"name": "Made", "version": "0.1.0", "released": "2031-12-01"}
    about |= dict.fromkeys(("description", "license", "url", "citation"), "…")
    (folder / "set.json").write_text(json.dumps(about), encoding="utf-8")
    articles = [
        {"id": name, "outlet": "الميناء", "title": "خبر", "url": None, "date": "2031-09-14", "paragraphs": paragraphs}
        for name, paragraphs in ARTICLES.items()
    ]
    write_lines(folder / "articles.jsonl", articles)
    for part in ("open", "sealed"):
        write_lines(folder / part / "questions.jsonl", _questions(part))
    return folder


@pytest.fixture(scope="session")
def asked(data: Path) -> QuestionSet:
    """The open questions on the track of the whole archive."""
    return read_set(data)


@pytest.fixture
def replies_file(tmp_path: Path, asked: QuestionSet) -> Callable[..., Path]:
    """Write a file of right answers to all that can be answered, with some lines put in the place of its own."""

    def write(**instead: Any) -> Path:
        lines = []
        for question in asked.questions:
            answer = vars(question.answers[0]) if question.answers else None
            record = {"id": question.id, "answer": answer, "confidence": 0.5}
            lines.append({**record, **instead.pop(question.id.replace("-", "_"), {})})
        return write_lines(tmp_path / "replies.jsonl", [*lines, *instead.values()])

    return write
