"""A set of questions with known outcomes: a folder with `articles.jsonl` and `questions.jsonl`."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.arabic import normal_words
from bot.articles import Article, Marks, read_corpus

GOLD = "gold"


class SetError(Exception):
    """A set cannot be read; the message names the file, and its line where one is at fault."""


@dataclass(frozen=True, slots=True)
class Case:
    """A question, its kind, and the answers that are right, in normal form; none where it must be refused."""

    question: str
    kind: str
    answers: tuple[str, ...]

    def is_answered_by(self, text: str) -> bool:
        """Tell whether a quote contains one of the right answers."""
        quoted = plain(text)
        return any(answer in quoted for answer in self.answers)


@dataclass(frozen=True, slots=True)
class EvaluationSet:
    """The articles to index, and the questions to ask of them."""

    name: str
    articles: tuple[Article, ...]
    cases: tuple[Case, ...]


def read_set(folder: Path, marks: Marks) -> EvaluationSet:
    """Read a set; raise SetError where it holds no articles, or a question that cannot be read."""
    articles = read_corpus(folder / "articles.jsonl", marks).articles
    if not articles:
        raise SetError(f"{folder / 'articles.jsonl'}: no readable article")
    file = folder / "questions.jsonl"
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise SetError(f"{file}: {error}") from error
    cases = tuple(_case(file, number, line) for number, line in enumerate(lines, 1) if line.strip())
    if not any(case.kind == GOLD for case in cases):
        raise SetError(f"{file}: no question of the kind {GOLD!r}")
    return EvaluationSet(folder.name, articles, cases)


def plain(text: str) -> str:
    """Return a text's words in normal form, so that spelling does not matter in comparing."""
    return " ".join(normal_words(text))


def _case(file: Path, number: int, line: str) -> Case:
    try:
        record: dict[str, Any] = json.loads(line)
        answers = tuple(plain(answer) for answer in record.get("answers", ()))
        case = Case(str(record["question"]), str(record["kind"]), tuple(filter(None, answers)))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise SetError(f"{file}:{number}: not a record with question, kind and answers") from error
    if case.kind == GOLD and not case.answers:
        raise SetError(f"{file}:{number}: a question of the kind {GOLD!r} needs answers")
    return case
