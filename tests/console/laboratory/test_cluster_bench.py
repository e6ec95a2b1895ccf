"""`bench --search` as those who run a cluster use it."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.console.laboratory import cluster_bench
from bot.lab.benchmark.answer_run import AnswerRun
from bot.lab.benchmark.cluster_run import Agreement, ClusterFigures, PublishingFigures
from bot.retrieval.opensearch import ServerState
from tests.console.command_line import ANSWERED, ARABIC, ENGLISH, REFUSED, CommandLine
from tests.console.conftest import Write
from tests.opensearch_server import server_faults as faults
from tests.opensearch_server.cluster import OpenSearchCluster
from tests.opensearch_server.stub import Stub, opensearch_stub

PASSWORD = "geheim"
QUESTIONS = [f"متى كان الحدث {number}؟" for number in range(7)]


@pytest.fixture
def stub() -> Iterator[Stub]:
    with opensearch_stub() as stub:
        yield stub


class PlayedCluster:
    shown = "https://search.example:9200"

    def check(self) -> ServerState:
        return ServerState("3.9.0", "green", 3)


class PlayedRun:
    """A cluster that has measured already."""

    cluster = PlayedCluster()

    def __init__(self, *_: Any) -> None:
        answers = AnswerRun(500, 0.2, 14.4, 23.8, 30.1, 12.2, 81.0, 39.0, 12_500_000, 2.03, [])
        embedded = AnswerRun(500, 0.1, 4.8, 11.9, 12.0, 5.1, 70.0, 1_700.0, 1_700_000_000, 0.0, [])
        publishing = PublishingFigures(1_000_000, 618.0, 317.4, 3150.6, 40.0, None, 1_100_000_000)
        agreement = Agreement(500, 500 - len(QUESTIONS), QUESTIONS)
        self._figures = ClusterFigures(publishing, answers, embedded, agreement)

    def measure(self, *_: Any) -> ClusterFigures:
        return self._figures


@pytest.fixture
def played(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster_bench, "ClusterRun", PlayedRun)


@pytest.mark.usefixtures("played")
@pytest.mark.parametrize("language", ["ar", "en"])
def test_tables_have_every_figure_and_name_what_differs(isnad: CommandLine, language: str) -> None:
    texts = ARABIC if language == "ar" else ENGLISH
    done = isnad("--language", language, "bench", "--search", "http://127.0.0.1:1", "--passages", "20")
    assert done.code == 0
    assert texts("bench.cluster", version="3.9.0", status="green", nodes=3, address=PlayedCluster.shown) in done.out
    published, answers = (line.split() for line in done.out.splitlines() if line.startswith("1,000,000"))
    assert published == ["1,000,000", "618", "317", "3,151", "40.0", "–", "1,100", "12.5", "1,700"]
    assert answers[1:] == ["500", "493", "0.20", "14.4", "23.8", "30.1", "12.2", "2.03", "81.0", "39.0", "3.00", "2.00"]
    # Marks of direction take no column.
    assert max(len(line.replace("\u200e", "")) for line in done.out.splitlines()[6:12]) <= 120
    shown = [question for question in QUESTIONS if texts("bench.differs", question=question) in done.err]
    assert shown == QUESTIONS[:5]
    assert texts("bench.more_differ", count=2) in done.err


@pytest.mark.usefixtures("played")
def test_a_record_has_the_cluster_and_each_edition(isnad: CommandLine) -> None:
    done = isnad("bench", "--search", "http://127.0.0.1:1", "--passages", "20", "30", "--json")
    assert done.code == 0
    record = json.loads(done.out)
    assert list(record) == ["machine", "cluster", "corpus", "sizes", "editions"]
    assert record["cluster"] == {"version": "3.9.0", "status": "green", "nodes": 3}
    assert [size["passages"] for size in record["sizes"]] == [20, 30]
    for edition in record["editions"]:
        assert edition["alike"] == 493
        assert edition["differing"] == QUESTIONS
        assert edition["ratios"]["milliseconds_p50"] == pytest.approx(3)
        assert "records" not in edition["published"] | edition["embedded"]


def test_a_cluster_that_is_away_is_told(isnad: CommandLine) -> None:
    done = isnad("--language", "en", "bench", "--search", f"http://bot:{PASSWORD}@127.0.0.1:1")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(ENGLISH("search.away", cause=""))
    assert PASSWORD not in done.err


@pytest.mark.parametrize(
    ("fault", "path"), [(faults.unauthorized, ""), (faults.forbidden, ""), (faults.forbidden, "isnad-bench")]
)
def test_a_cluster_that_denies_is_told(isnad: CommandLine, stub: Stub, fault: Any, path: str) -> None:
    stub.tell(fault, path)
    done = isnad("--language", "en", "bench", "--search", stub.address, "--passages", "20")
    assert done.code == 2
    assert done.err.startswith(ENGLISH("search.denied", cause=""))


def test_without_an_address_that_of_the_settings_counts(
    isnad: CommandLine, stub: Stub, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = isnad("--language", "en", "bench", "--search")
    assert done.code == 2
    assert "SEARCH_URL" in done.err
    stub.tell(faults.unauthorized, "")
    monkeypatch.setenv("SEARCH_URL", stub.address)
    done = isnad("--language", "en", "bench", "--search")
    assert done.err.startswith(ENGLISH("search.denied", cause=""))


def test_an_address_that_is_none_is_refused_without_its_password(isnad: CommandLine) -> None:
    done = isnad("bench", "--search", f"ftp://bot:{PASSWORD}@search.example")
    assert done.code == 2
    assert "--search" in done.err
    assert PASSWORD not in done.err


def test_answers_from_a_server_are_those_of_the_embedded_index(
    isnad: CommandLine, opensearch: OpenSearchCluster, coverage: Path, write: Write
) -> None:
    questions = write("questions.txt", f"{ANSWERED}\n{REFUSED}\n")
    arguments = ("--corpus", str(coverage), "--questions", str(questions), "--passages", "40", "--json")
    done = isnad("bench", "--search", ",".join(opensearch.addresses), *arguments)
    assert (done.code, done.err) == (0, "")
    record = json.loads(done.out)
    [edition] = record["editions"]
    assert edition["passages"] == 40
    assert edition["alike"] == edition["compared"] == 2
    assert edition["differing"] == []
