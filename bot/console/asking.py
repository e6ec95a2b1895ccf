"""Asking in the terminal: one question, a file of questions, or one after another."""

import json
import re
import sys
import time
from collections.abc import Callable, Iterable, Iterator

from bot.answering import Answer, Refusal
from bot.console.record import record
from bot.console.terminal import Terminal
from bot.edition import Edition

AnswerQuestion = Callable[[str, Edition], Answer | Refusal]
_ANSWERED, _REFUSED = 0, 3
# What JSON lets stand in a string and some terminals and line readers take for orders; lone surrogates are no UTF-8.
_RAW = re.compile("[\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_LEAVING = frozenset({"خروج", "exit", "quit", "q"})


def ask(question: str, edition: Edition, answer: AnswerQuestion, terminal: Terminal, *, as_json: bool) -> int:
    """Answer one question; return the exit code, 0 answered or 3 refused."""
    began = time.perf_counter()
    outcome = answer(question, edition)
    if as_json:
        written = json.dumps(record(outcome, (time.perf_counter() - began) * 1000), ensure_ascii=False)
        terminal.line(_RAW.sub(lambda raw: f"\\u{ord(raw.group()):04x}", written))
    else:
        terminal.show(outcome)
    return _ANSWERED if isinstance(outcome, Answer) else _REFUSED


def ask_all(
    questions: Iterable[str], edition: Edition, answer: AnswerQuestion, terminal: Terminal, *, as_json: bool
) -> int:
    """Answer questions in order, a JSON record a line or each question above its answer; return exit code 0."""
    for question in questions:
        if not as_json:
            terminal.quote_question(question)
        ask(question, edition, answer, terminal, as_json=as_json)
    return _ANSWERED


def chat(edition: Edition, answer: AnswerQuestion, terminal: Terminal) -> int:
    """Answer what is typed, or each line of a pipe, until the end of the input; return exit code 0."""
    if not terminal.is_interactive:
        return ask_all(filter(None, map(str.strip, sys.stdin or ())), edition, answer, terminal, as_json=False)
    terminal.say("console.welcome", articles=len(edition.articles), passages=len(edition.index))
    for question in _typed(terminal):
        ask(question, edition, answer, terminal, as_json=False)
    terminal.say("console.goodbye")
    return _ANSWERED


def _typed(terminal: Terminal) -> Iterator[str]:
    while True:
        try:
            question = input(terminal.texts("console.prompt")).strip()
        except (EOFError, KeyboardInterrupt):
            terminal.line("")
            return
        if question.lower() in _LEAVING:
            return
        if question:
            yield question
