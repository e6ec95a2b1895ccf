"""Nodes that end or freeze while questions are asked: none is lost, and none comes out otherwise."""

import random
import threading
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

from bot.articles import Article, Paragraph
from bot.edition import Edition, make_edition
from bot.retrieval import Shortlist
from bot.retrieval.opensearch import Cluster, OpenSearchEngine, Publications, open_engine
from tests.opensearch_server.cluster import OpenSearchCluster
from tests.patience import PATIENCE
from tests.retrieval.coverage import ANALYSER

WORDS = [
    "المكتبة",
    "الجسر",
    "البلدية",
    "افتتحت",
    "السوق",
    "القديم",
    "طقس",
    "معتدل",
    "وزارة",
    "اليوم",
    "المطار",
    "البحر",
]
THREADS = 4


def corpus(size: int) -> list[Article]:
    draw = random.Random(7)  # noqa: S311 - nothing is secret
    return [
        Article(str(number), " ".join(draw.choices(WORDS, k=3)), (Paragraph(" ".join(draw.choices(WORDS, k=40))),))
        for number in range(size)
    ]


class Asking:
    """Threads that ask again and again, and note what came out otherwise than before."""

    def __init__(self, engine: OpenSearchEngine, expected: Edition) -> None:
        self._engine, self._index = engine, expected.index
        self._terms = [ANALYSER.terms(" ".join(pair)) for pair in pairwise(WORDS)]
        self._expected = [self._outcome(self._index.shortlist(terms)) for terms in self._terms]
        self._is_over, self._condition = False, threading.Condition()
        self.asked = 0
        self.wrong: list[object] = []

    def _outcome(self, shortlist: Shortlist) -> object:
        passages = shortlist.read(shortlist.top_k(3))
        return [(passage.number, passage.passage.text, passage.layout.starts) for passage in passages]

    def _ask(self) -> None:
        place = 0
        while not self._is_over:
            place = (place + 1) % len(self._terms)
            try:
                found = self._outcome(self._engine.shortlist(self._terms[place]))
            except Exception as error:  # noqa: BLE001 (whatever it is, a member would have been told)
                found = error
            with self._condition:
                if found != self._expected[place]:
                    self.wrong.append(found)
                self.asked += 1
                self._condition.notify_all()

    def during(self, *events: Callable[[], None]) -> None:
        """Ask, and go on for a while after each event."""
        threads = [threading.Thread(target=self._ask) for _ in range(THREADS)]
        for thread in threads:
            thread.start()
        try:
            for event in events:
                event()
                self._wait_for_more()
        finally:
            self._is_over = True
            for thread in threads:
                thread.join(PATIENCE)

    def _wait_for_more(self) -> None:
        with self._condition:
            enough = self.asked + 200
            assert self._condition.wait_for(lambda: self.asked >= enough, PATIENCE), "nothing was answered"


def test_no_question_is_lost_while_nodes_end_and_freeze(opensearch_cluster: OpenSearchCluster, tmp_path: Path) -> None:
    edition = make_edition(corpus(400), (), ANALYSER)
    publications = Publications(Cluster(opensearch_cluster.addresses), "words", "0" * 32)
    published = publications.publish(edition.arrays, edition.facts, {})
    opensearch_cluster.wait_for("green")
    arrays, facts = publications.fetch_side_file(published, tmp_path)
    # A node that is frozen costs its time-out, then ten seconds of peace.
    cluster = Cluster(opensearch_cluster.addresses, seconds=0.5)
    engine, _ = open_engine(cluster, published.name, arrays, facts, ANALYSER)
    asking = Asking(engine, edition)
    asking.during(
        lambda: None,
        lambda: opensearch_cluster.kill(0),
        lambda: opensearch_cluster.freeze(1),
        lambda: opensearch_cluster.thaw(1),
        lambda: opensearch_cluster.add(0),
    )
    assert asking.wrong == []
    cluster.close()
