"""The fixtures `opensearch` and `opensearch_cluster`."""

from collections.abc import Iterator

import pytest

from tests.opensearch_server.cluster import OpenSearchCluster, opensearch_cluster_of
from tests.opensearch_server.installation import NoOpenSearchError


@pytest.fixture(scope="session")
def opensearch() -> Iterator[OpenSearchCluster]:
    """One node for all tests of this process; a test names its indices by a `prefix`, and leaves the node running."""
    yield from _running(1)


@pytest.fixture
def opensearch_cluster() -> Iterator[OpenSearchCluster]:
    """Three nodes for one test, which may end them."""
    yield from _running(3)


def _running(size: int) -> Iterator[OpenSearchCluster]:
    try:
        with opensearch_cluster_of(size) as cluster:
            yield cluster
    except NoOpenSearchError as error:
        pytest.skip(str(error))
