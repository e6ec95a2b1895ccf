"""An edition on a cluster: what is compared, what a measuring process passes on, and that nothing is left behind."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.lab.benchmark import cluster_run as runs
from bot.lab.benchmark.answer_run import measure_published
from bot.lab.benchmark.cluster_run import PREFIX, ClusterRun, PublishingFigures, compare_records
from bot.lab.benchmark.corpora import stretch
from bot.lab.benchmark.materials import Materials, prepare
from bot.lab.benchmark.measurements import measure, memory
from bot.retrieval import SearchAwayError, SearchDeniedError
from bot.retrieval.opensearch import Publications
from bot.settings import CONFIG
from tests.answering.coverage import KNOWLEDGE, PHRASES
from tests.lab.benchmark.samples import ARTICLES
from tests.opensearch_server import server_faults as faults
from tests.opensearch_server.cluster import OpenSearchCluster
from tests.opensearch_server.stub import Stub, opensearch_stub

QUESTIONS = ("متى افتتحت البلدية المكتبة العامة؟", "كم بلغت كلفة المكتبة؟", "من اخترع الهاتف المحمول؟")


@pytest.fixture
def materials(tmp_path: Path) -> Materials:
    return prepare(stretch(ARTICLES, 40), tmp_path, KNOWLEDGE, QUESTIONS)


@pytest.fixture
def stub() -> Iterator[Stub]:
    with opensearch_stub() as stub:
        yield stub


def test_records_are_alike_or_named_by_their_questions() -> None:
    one, other, third = (json.dumps({"question": name, "outcome": "answer"}) for name in ("متى", "أين", "من"))
    changed = json.dumps({"question": "أين", "outcome": "refusal"})
    agreement = compare_records([one, changed, third], [one, other, third])
    assert (agreement.compared, agreement.alike, list(agreement.differing)) == (3, 2, ["أين"])


def test_memory_is_told_by_whose_it_is() -> None:
    own, files, all_ = memory("RssAnon"), memory("RssFile"), memory("VmRSS")
    assert own
    assert files
    assert all_
    assert 0 < own < all_
    assert own + files <= all_ * 1.01


@pytest.mark.slow
@pytest.mark.parametrize(("fault", "error"), [(faults.unauthorized, SearchDeniedError), (faults.cut, SearchAwayError)])
def test_a_measuring_process_passes_on_what_the_cluster_refuses(
    stub: Stub, materials: Materials, fault: Any, error: type[Exception]
) -> None:
    stub.tell(fault, "")
    with pytest.raises(error):
        measure(
            measure_published,
            config=CONFIG,
            addresses=[stub.address],
            ca_file=None,
            prefix=PREFIX,
            configuration="0" * 32,
            index=f"{PREFIX}-x",
            questions=materials.questions_file,
        )


def _left(opensearch: OpenSearchCluster) -> list[str]:
    return [index["index"] for index in opensearch.ask("GET", f"/_cat/indices/{PREFIX}-*?format=json")]


@pytest.mark.parametrize("error", [KeyboardInterrupt, SearchAwayError])
def test_what_was_published_is_removed_whatever_ends_it(
    opensearch: OpenSearchCluster,
    materials: Materials,
    monkeypatch: pytest.MonkeyPatch,
    error: type[BaseException],
) -> None:
    published = []

    def interrupt(_: object, **values: Any) -> None:
        published.append((values["index"], _left(opensearch)))
        raise error

    monkeypatch.setattr(runs, "measure", interrupt)
    run = ClusterRun(opensearch.addresses, None, PHRASES, KNOWLEDGE, CONFIG)
    with pytest.raises(error):
        run.measure(materials, None)
    [(index, there)] = published
    assert there == [index]
    assert _left(opensearch) == []


def test_what_a_killed_run_left_is_published_anew(
    opensearch: OpenSearchCluster, materials: Materials, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = ClusterRun(opensearch.addresses, None, PHRASES, KNOWLEDGE, CONFIG)
    # A process that is killed removes nothing.
    with monkeypatch.context() as patch:
        patch.setattr(Publications, "discard", lambda *_: None)
        run.measure(materials, None)
    assert len(_left(opensearch)) == 1
    figures = ClusterRun(opensearch.addresses, None, PHRASES, KNOWLEDGE, CONFIG).measure(materials, None)
    assert figures.publishing.send_seconds > 0
    assert _left(opensearch) == []


def test_figures_are_those_of_one_edition(opensearch: OpenSearchCluster, materials: Materials) -> None:
    stages: list[str] = []
    run = ClusterRun(opensearch.addresses, None, PHRASES, KNOWLEDGE, CONFIG)
    figures = run.measure(materials, lambda stage, _done, _total: stages.append(stage))
    assert "publishing" in stages
    publishing: PublishingFigures = figures.publishing
    assert publishing.passages == 40
    assert publishing.sent_per_second == pytest.approx(40 / publishing.send_seconds)
    assert publishing.copy_seconds is not None
    assert min(publishing.index_bytes, figures.published.disk_bytes, figures.embedded.disk_bytes) > 0
    assert figures.agreement.alike == figures.agreement.compared == figures.published.questions == 3
    assert figures.published.requests > 1
    assert figures.embedded.requests == 0
    assert set(figures.ratios) == {"milliseconds_p50", "milliseconds_p99"}
