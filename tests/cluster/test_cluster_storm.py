"""No question is lost, and none comes out otherwise, while nodes end and freeze and what serves changes."""

import pytest

from bot.settings import DATA
from tests.cluster.coverage import Coverage, write_materials
from tests.cluster.storm import Storm
from tests.opensearch_server.cluster import OpenSearchCluster


@pytest.mark.timeout(900)
def test_a_storm_loses_nothing(opensearch_cluster: OpenSearchCluster, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("storm")
    write_materials(folder, DATA / "corpus", 1000)
    built, tallies = Storm(opensearch_cluster, Coverage.of(folder, 60), asked=60, pause=1).run(folder / "bot")
    assert built.indices == 1
    assert [(tally.phase, tally.failed, tally.different) for tally in tallies if tally.failed or tally.different] == []
    assert [len(tally.editions) for tally in tallies][-2:] == [1, 1]
