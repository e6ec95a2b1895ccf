"""Questions from a file: text with one a line, or JSON Lines with a `question` in each."""

import json
import sys
from pathlib import Path

from bot.articles.sources import error_code
from bot.text_error import TextError


class QuestionsError(TextError):
    """A file of questions cannot be read."""


def read_questions(name: str) -> list[str]:
    """Read the questions of a file (`-` is standard input), in order; blank lines of a text are no questions."""
    try:
        text = (sys.stdin.buffer.read() if name == "-" else Path(name).read_bytes()).decode("utf-8-sig")
    except FileNotFoundError as error:
        raise QuestionsError("console.questions_missing", file=name) from error
    except OSError as error:
        raise QuestionsError("console.questions_unreadable", file=name, words=error_code(error)) from error
    except UnicodeDecodeError as error:
        raise QuestionsError("console.questions_encoding", file=name) from error
    lines = [(number, line.strip()) for number, line in enumerate(text.split("\n"), 1) if line.strip()]
    # A question in Arabic does not begin with a brace, so the first line tells the form.
    if lines and lines[0][1].startswith("{"):
        return [_question(name, number, line) for number, line in lines]
    return [line for _, line in lines]


def _question(name: str, number: int, line: str) -> str:
    try:
        question = json.loads(line)["question"]
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise QuestionsError("console.questions_line", file=name, line=number) from error
    if not isinstance(question, str):
        raise QuestionsError("console.questions_line", file=name, line=number)
    return question
