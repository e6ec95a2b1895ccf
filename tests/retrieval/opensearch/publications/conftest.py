from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.retrieval.opensearch import Publications
from tests.opensearch_server.cluster import OpenSearchCluster
from tests.opensearch_server.stub import Stub, opensearch_stub
from tests.retrieval.opensearch.publications.builders import Builder


@pytest.fixture
def prefix(opensearch: OpenSearchCluster) -> Iterator[str]:
    with opensearch.prefix() as prefix:
        yield prefix


@pytest.fixture
def builder(opensearch: OpenSearchCluster, prefix: str, tmp_path: Path) -> Builder:
    return Builder(opensearch.addresses[0], prefix, folder=tmp_path / "side files")


@pytest.fixture
def publications(builder: Builder) -> Publications:
    return builder.publications


@pytest.fixture
def node_stub(opensearch: OpenSearchCluster) -> Iterator[Stub]:
    with opensearch_stub(opensearch.addresses[0]) as stub:
        yield stub
