"""No question is lost, and none comes out otherwise, while nodes end and freeze and what serves changes."""

import pytest

from bot.answering import Risk
from bot.articles import read_corpus
from bot.lab.benchmark.corpora import stretch
from bot.lab.benchmark.materials import prepare, read_lines
from bot.settings import CONFIG, DATA, read_config
from tests.cluster.coverage import Coverage
from tests.cluster.storm import Storm
from tests.opensearch_server.cluster import OpenSearchCluster


@pytest.mark.timeout(900)
def test_a_storm_loses_nothing(opensearch_cluster: OpenSearchCluster, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("storm")
    phrases, knowledge = read_config(CONFIG, Risk.NORMAL)
    prepare(stretch(read_corpus(DATA / "corpus", phrases).articles, 1000), folder, knowledge)
    questions = read_lines(folder / "questions.txt")[:60]
    coverage = Coverage.of(folder / "articles.jsonl", questions, folder / "editions")
    built, tallies = Storm(opensearch_cluster, coverage, asked=60, pause=1).run(folder / "bot")
    assert built.indices == 1
    assert [(tally.phase, tally.failed, tally.different) for tally in tallies if tally.failed or tally.different] == []
    assert [len(tally.editions) for tally in tallies][-2:] == [1, 1]
