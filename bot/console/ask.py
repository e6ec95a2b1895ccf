"""The commands `ask` and `chat`: one question, a file of questions, or a conversation."""

import json
import sys
import time
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain
from pathlib import Path

from bot.answering import Answer, Answerer, CoverageSummaries, Reason, Refusal
from bot.articles.sources import error_code
from bot.console.arguments import Arguments
from bot.console.article_list import list_newest
from bot.console.edition_start import StartRefusedError
from bot.console.line_editor import LineEditor
from bot.console.terminal import Terminal
from bot.edition import Edition, GoldenQuestion
from bot.errors import TextError
from bot.retrieval import SearchError
from bot.texts import example_phrasings
from bot.texts.json_record import explanation_record, record

_ANSWERED, _REFUSED = 0, 3
_LEAVING = frozenset({"خروج", "exit", "quit", "quitter", "q"})
_LISTING = frozenset({"المقالات", "مقالات", "articles"})
# Refused questions that a follow-up may still refer to.
_ASKED = frozenset({Reason.OFF_TOPIC, Reason.UNSUPPORTED, Reason.ONE_WORD})


class AskCommand:
    """Asks one edition and prints the outcomes, with explanations on request."""

    def __init__(  # noqa: PLR0913 (what is asked, and how its outcome is shown)
        self,
        answerer: Answerer,
        edition: Edition,
        terminal: Terminal,
        *,
        golden: Sequence[GoldenQuestion] = (),
        as_json: bool = False,
        explain: bool = False,
        history: Path | None = None,
    ) -> None:
        self._answerer = answerer
        self._edition = edition
        self._terminal = terminal
        self._golden = golden
        self._summaries = CoverageSummaries(answerer)
        self._as_json = as_json
        self._explain = explain
        self._history = history

    def run(self, usage: Arguments, questions: Iterable[str]) -> int:
        """Answer the questions of a file, one question, or what is typed; return the exit code."""
        if usage.questions:
            return self.answer_all(questions)
        if usage.command == "ask":
            return self.answer_one(usage.question)
        if usage.command == "run":
            return self._chat_without_token()
        return self.chat()

    def answer_one(self, question: str) -> int:
        """Answer one question; return the exit code, 0 answered or 3 refused."""
        return _ANSWERED if isinstance(self._ask(question), Answer) else _REFUSED

    def answer_all(self, questions: Iterable[str]) -> int:
        """Answer questions in order, a JSON record a line or each question above its answer; return exit code 0."""
        for question in questions:
            if not self._as_json:
                self._terminal.quote_question(question)
            self._ask(question)
        return _ANSWERED

    def chat(self) -> int:
        """Answer what is typed, or each line of a pipe, until the end of the input; return exit code 0.

        A typed question may follow up on the previous one; the lines of a pipe each stand alone.
        """
        if not self._terminal.is_interactive:
            return self.answer_all(_piped())
        self._terminal.say("console.welcome", **self._terminal.counts_of(self._edition))
        previous: str | None = None
        for question in self._typed():
            try:
                previous = self._converse(question, previous)
            except SearchError as error:
                # The person may ask again.
                self._terminal.warn(error.key, **error.values)
        self._terminal.say("console.goodbye")
        return _ANSWERED

    def _converse(self, question: str, previous: str | None) -> str | None:
        """Answer what was typed; return the question that the next one may follow up on."""
        if question.lower() in _LISTING:
            list_newest(self._edition, self._terminal)
            return previous
        outcome = self._ask(question, previous)
        if isinstance(outcome, Refusal) and outcome.reason is Reason.HELP:
            self._terminal.say("console.help")
        if isinstance(outcome, Answer) or outcome.reason in _ASKED:
            return "\n".join(filter(None, (outcome.completed_from, question)))
        return previous

    def _chat_without_token(self) -> int:
        """Chat, or raise StartRefusedError where a pipe ends without a line: a server's input, and no questions."""
        self._terminal.warn("console.no_token")
        if self._terminal.is_interactive:
            return self.chat()
        questions = _piped()
        first = next(questions, None)
        if first is None:
            raise StartRefusedError("start.no_token")
        return self.answer_all(chain([first], questions))

    def _ask(self, question: str, previous: str | None = None) -> Answer | Refusal:
        began = time.perf_counter()
        explanation = self._answerer.explain(question, self._edition, previous) if self._explain else None
        outcome = explanation.outcome if explanation else self._answerer.answer(question, self._edition, previous)
        if self._as_json:
            written = record(outcome, (time.perf_counter() - began) * 1000)
            self._terminal.json(written | {"explanation": explanation_record(explanation)} if explanation else written)
            return outcome
        self._terminal.show(outcome)
        if isinstance(outcome, Refusal) and outcome.introduces_coverage:
            phrasings = example_phrasings(self._terminal.texts)
            self._terminal.show_summary(self._summaries.summarise(self._edition, phrasings, self._golden))
        if explanation:
            self._terminal.explain(explanation)
        return outcome

    def _typed(self) -> Iterator[str]:
        editor = LineEditor(f"{self._terminal.texts('console.prompt')} ", self._history)
        for question in editor.lines():
            if question.lower() in _LEAVING:
                return
            if question:
                editor.keep(question)
                yield question
                self._terminal.line("")


def _piped() -> Iterator[str]:
    return filter(None, map(str.strip, sys.stdin or ()))


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
    # A question in Arabic does not begin with a brace, so the first line shows the form.
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
