"""A real OpenSearch for the tests, and a stub that stands in front of one, or plays one, and does faults.

    def test_a_question(opensearch: OpenSearchCluster) -> None:            # one node, shared by the tests of a process
        with opensearch.prefix() as prefix:                                # indices named so are the test's own
            Cluster(opensearch.addresses) …

    def test_a_fault(opensearch_cluster: OpenSearchCluster) -> None:       # three nodes for this test alone
        opensearch_cluster.kill(1)
        opensearch_cluster.wait_for("yellow", size=2)
        opensearch_cluster.add(1)

    with opensearch_stub(opensearch.addresses[0]) as stub:                 # without an address, it plays a node
        stub.tell(faults.busy, "_search", times=3)                         # all faults: server_faults.py
        Cluster([stub.address]) …
        stub.heal()

`opensearch` and `opensearch_cluster` are fixtures of every test; `opensearch_cluster_of(size)` starts other
clusters. A test that uses one of the fixtures is slow and `opensearch` by itself, and is skipped with a reason where
there is no Java, no Maven or no download. OPENSEARCH_VERSION names the version, 2.19.6 without it.
"""

OPENSEARCH_FIXTURES = frozenset({"opensearch", "opensearch_cluster"})
