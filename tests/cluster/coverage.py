"""Two editions of a coverage in files, and what the embedded index answers from each."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.answering import Answerer, Knowledge, Risk
from bot.articles import BoilerplatePhrases, read_corpus
from bot.edition import Edition, EditionBuilder
from bot.lab.benchmark.corpora import stretch
from bot.lab.benchmark.materials import prepare, read_lines
from bot.settings import CONFIG, read_config
from bot.texts.json_record import record

Records = dict[str, list[dict[str, Any]]]
"""The records of all questions by the fingerprint of the edition that they are answered from."""
_BUILD_SECONDS = 7200
_ADDED = 20


@dataclass(frozen=True)
class Coverage:
    """The files of a coverage before and after a change, and questions about it."""

    before: Path
    after: Path
    questions: Sequence[str]
    cache: Path

    @classmethod
    def of(cls, folder: Path, questions: int) -> "Coverage":
        """Read so many questions of a folder, and make a second file of its articles: some more."""
        articles = folder / "articles.jsonl"
        after = articles.with_name("changed.articles.jsonl")
        shutil.copyfile(articles, after)
        with articles.open(encoding="utf-8") as lines, after.open("a", encoding="utf-8") as changed:
            for number, line in zip(range(_ADDED), lines, strict=False):
                article = json.loads(line)
                changed.write(json.dumps({**article, "id": f"added-{number}"}, ensure_ascii=False) + "\n")
        return cls(articles, after, read_lines(folder / "questions.txt")[:questions], folder / "editions")

    def embedded_records(self, knowledge: Knowledge, phrases: BoilerplatePhrases) -> Records:
        """Answer all questions from the embedded index of both."""
        builder = EditionBuilder(phrases, knowledge.analyser, self.cache, large=0, seconds=_BUILD_SECONDS)
        answerer, records = Answerer(knowledge), Records()
        for file in (self.before, self.after):
            edition = builder.build(file)
            records[edition.fingerprint] = list(answers(answerer, edition, self.questions))
            edition.release_memory()
        return records

    def publish(self, file: Path, addresses: Sequence[str]) -> "subprocess.Popen[str]":
        """Begin to publish a file in a process of its own, as a maintainer would."""
        return subprocess.Popen(  # noqa: S603 - the command is our own
            [sys.executable, "-m", "bot", "--language", "en", "index", "--corpus", str(file)],
            env={
                **os.environ,
                "SEARCH_URL": ",".join(addresses),
                "CORPUS_CACHE": str(self.cache),
                "CORPUS_BUILD_SECONDS": str(_BUILD_SECONDS),
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            encoding="utf-8",
        )


def write_materials(folder: Path, corpus: Path, passages: int) -> None:
    """Write the articles of a corpus, cut or stretched to so many passages, and questions about them."""
    phrases, knowledge = read_config(CONFIG, Risk.NORMAL)
    prepare(stretch(read_corpus(corpus, phrases).articles, passages), folder, knowledge)


def answers(answerer: Answerer, edition: Edition, questions: Iterable[str]) -> Iterable[dict[str, Any]]:
    """Yield the records of questions, without the time that each took."""
    return (record(answerer.answer(question, edition), 0) for question in questions)
