"""Measure what some changed articles cost on a cluster of one node: `python -m tests.cluster.changes [--passages N]`.

A coverage is published whole, and again after ten of its articles were changed, and after ten more. Then it answers
questions by turns from there and from the embedded index.
"""

import json
import os
import sys
import tempfile
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import mean, median
from typing import Any

from bot.answering import Answerer, Risk
from bot.edition import Edition, EditionBuilder, configuration_key
from bot.lab.benchmark.answer_run import CountingCluster
from bot.lab.benchmark.materials import read_lines
from bot.retrieval.opensearch import Publications, SealedIndex
from bot.settings import CONFIG, DATA, read_config
from bot.texts.json_record import record
from tests.cluster.coverage import write_materials
from tests.opensearch_server.cluster import OpenSearchCluster, opensearch_cluster_of

_CHANGED = 10


class SendingCluster(CountingCluster):
    """A cluster that counts the bytes of documents that are sent to it."""

    sent = 0

    def bulk(self, alias: str, lines: bytes, *, seconds: float | None = None) -> dict[str, Any]:
        """Send documents, and count their bytes."""
        self.sent += len(lines)
        return super().bulk(alias, lines, seconds=seconds)


def change_articles(file: Path, word: str) -> None:
    """Add a word to the first paragraph of ten articles."""
    lines = read_lines(file)
    for place in range(0, len(lines), max(len(lines) // _CHANGED, 1))[:_CHANGED]:
        article = json.loads(lines[place])
        first, *others = article["paragraphs"]
        lines[place] = json.dumps({**article, "paragraphs": [f"{first} {word}{place}", *others]}, ensure_ascii=False)
    file.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def server_seconds(server: OpenSearchCluster) -> float:
    """Return the seconds that a core computed for the node."""
    words = Path(f"/proc/{server.nodes[0].pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return sum(map(int, words[11:13])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def core_seconds(into: list[float]) -> Iterator[None]:
    """Note how long a core computes for this thread meanwhile."""
    began = time.thread_time()
    yield
    into.append(time.thread_time() - began)


def measure(folder: Path, server: OpenSearchCluster, questions: int) -> Iterator[str]:
    """Yield lines of figures."""
    phrases, knowledge = read_config(CONFIG, Risk.NORMAL)
    analyser, file = knowledge.analyser, folder / "articles.jsonl"
    builder = EditionBuilder(phrases, analyser, folder / "editions", large=0, seconds=7200)
    cluster = SendingCluster(server.addresses, seconds=30)
    publications = Publications(cluster, "isnad-changes", configuration_key(phrases, analyser), folder / "side")
    published = None
    for name in ("whole", "ten changed", "ten more"):
        embedded = builder.build(file)
        sent, computed, there = cluster.sent, time.process_time(), server_seconds(server)
        before, published = published, publications.publish(embedded.arrays, embedded.facts, {})
        publications.serve(published, before)
        yield (
            f"{name}: {len(embedded.index)} passages, {time.process_time() - computed:.2f} s of the builder's core, "
            f"{server_seconds(server) - there:.2f} s of the server's, {(cluster.sent - sent) / 1e6:.1f} MB sent, "
            f"{publications.size(published) / 1e6:.1f} MB on the cluster"
        )
        change_articles(file, name.replace(" ", ""))
    assert published
    remote = Edition.from_side_file(
        SealedIndex(cluster, published.seals), *publications.fetch_side_file(published), analyser
    )
    answerer, asked = Answerer(knowledge), read_lines(folder / "questions.txt")[:questions]
    spent: tuple[list[float], list[float]] = ([], [])
    differing = cluster.requests = 0
    for question in asked:
        records = list[dict[str, Any]]()
        for edition, own in zip((embedded, remote), spent, strict=True):
            with core_seconds(own):
                outcome = answerer.answer(question, edition)
            records.append(record(outcome, 0))
        differing += records[0] != records[1]
    here, there_too = spent
    yield (
        f"{len(asked)} answers, {differing} of them other than embedded: {mean(there_too) * 1e3:.1f} ms of the bot's "
        f"core, {mean(there_too) / mean(here):.2f} times the embedded {mean(here) * 1e3:.1f} (medians "
        f"{median(there_too) / median(here):.2f} times), {cluster.requests / len(asked):.1f} requests"
    )
    cluster.close()


def main() -> None:
    """Read the arguments, run, and print the figures."""
    parser = ArgumentParser(prog="python -m tests.cluster.changes", description=__doc__)
    parser.add_argument("--corpus", type=Path, default=DATA / "corpus", help="articles (default: corpus/)")
    parser.add_argument("--passages", type=int, default=10_000, help="cut or stretched to so many (default: 10000)")
    parser.add_argument("--questions", type=int, default=200, help="so many different ones (default: 200)")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="isnad-changes-") as folder:
        write_materials(Path(folder), arguments.corpus, arguments.passages)
        with opensearch_cluster_of(1, heap="1g") as server:
            for line in measure(Path(folder), server, arguments.questions):
                sys.stdout.write(f"{line}\n")


if __name__ == "__main__":
    main()
