"""Tests of the alias that names the edition that serves, of editions that are withdrawn, and of those that are old."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest

from bot.retrieval import IndexGoneError, SearchUnknownError, ServedElsewhereError
from bot.retrieval.opensearch import Publication, Publications
from bot.retrieval.opensearch.publications.published_index import outdated
from tests.opensearch_server import server_faults as faults
from tests.opensearch_server.cluster import OpenSearchCluster
from tests.opensearch_server.stub import Stub
from tests.patience import PATIENCE
from tests.retrieval.opensearch.publications.builders import FIRST, SECOND, Builder
from tests.retrieval.opensearch.publications.editions import CONFIGURATION, edition


def serving(publications: Publications) -> str | None:
    """Return the name of the index that serves, None where none does or it has no mark of that."""
    found = publications.serving()
    return found.name if found and found.served else None


def test_the_alias_names_the_edition_that_serves(builder: Builder, publications: Publications) -> None:
    first, second = builder.publish(FIRST), builder.publish(SECOND)
    publications.serve(first, None)
    assert serving(publications) == first.name
    publications.serve(second, first)
    assert [each.name for each in publications.kept()] == [second.name, first.name]
    publications.serve(first, second)
    assert [each.name for each in publications.kept()] == [first.name, second.name]


def test_of_two_that_would_serve_instead_of_one_the_second_is_told(
    builder: Builder, publications: Publications
) -> None:
    first, second = builder.publish(FIRST), builder.publish(SECOND)
    third = builder.publish(edition("ثالث"))
    publications.serve(first, None)
    publications.serve(second, first)
    with pytest.raises(ServedElsewhereError):
        publications.serve(third, first)
    assert [(each.name, each.served is None) for each in publications.kept()] == [
        (second.name, False),
        (first.name, False),
        (third.name, True),
    ]
    assert publications.serving() == publications.kept()[0]


def test_of_two_that_would_serve_first_the_second_is_told(builder: Builder, publications: Publications) -> None:
    first, second = builder.publish(FIRST), builder.publish(SECOND)
    publications.serve(first, None)
    with pytest.raises(ServedElsewhereError):
        publications.serve(second, None)
    assert serving(publications) == first.name


def test_of_many_that_would_serve_first_at_once_one_does(opensearch: OpenSearchCluster, prefix: str) -> None:
    builders = [Builder(opensearch.addresses[0], prefix) for _ in range(2)]
    published = [builder.publish(each) for builder, each in zip(builders, (FIRST, SECOND), strict=True)]

    def serve(builder: Builder, own: Publication) -> bool:
        try:
            builder.publications.serve(own, None)
        except ServedElsewhereError:
            return False
        return True

    with ThreadPoolExecutor(2) as pool:
        outcomes = list(pool.map(serve, builders, published))
    assert sorted(outcomes) == [False, True]
    assert serving(builders[0].publications) == published[outcomes.index(True)].name


def test_an_alias_that_names_what_is_not_ours_is_told(builder: Builder, publications: Publications) -> None:
    other = f"{publications.alias}-other"
    builder.cluster.request("PUT", f"/{other}", {"aliases": {publications.alias: {}}})
    with pytest.raises(SearchUnknownError, match=other):
        publications.serving()


def test_an_alias_that_names_an_index_of_another_configuration_is_told(
    opensearch: OpenSearchCluster, builder: Builder, publications: Publications, prefix: str
) -> None:
    other = Builder(opensearch.addresses[0], prefix, "f" * 32).publish(FIRST)
    builder.indices.change_aliases({"add": {"index": other.name, "alias": publications.alias}})
    with pytest.raises(SearchUnknownError, match=f"{publications.alias}: {other.name}"):
        publications.serving()


def test_of_marks_that_two_set_at_once_none_is_lost(opensearch: OpenSearchCluster, prefix: str) -> None:
    one, other = (Builder(opensearch.addresses[0], prefix) for _ in range(2))
    published = one.publish(FIRST)
    with ThreadPoolExecutor(2) as pool:
        for _ in range(10):
            one.publications.reinstate(published)
            withdrawing = pool.submit(one.publications.withdraw, published)
            again = pool.submit(other.publish, FIRST)
            withdrawing.result(PATIENCE)
            again.result(PATIENCE)
            [kept] = one.publications.kept()
            assert kept.withdrawn is not None


def test_one_that_serves_already_is_let_serve(builder: Builder, publications: Publications) -> None:
    first, second = builder.publish(FIRST), builder.publish(SECOND)
    publications.serve(first, None)
    publications.serve(second, first)
    for instead_of in (first, second, None):
        publications.serve(second, instead_of)
        assert serving(publications) == second.name


def test_a_change_whose_reply_is_lost_is_done(node_stub: Stub, prefix: str) -> None:
    builder = Builder(node_stub.address, prefix)
    first, second = builder.publish(FIRST), builder.publish(SECOND)
    builder.publications.serve(first, None)
    node_stub.tell(faults.cut_after, "POST /_aliases", times=1)
    builder.publications.serve(second, first)
    assert serving(builder.publications) == second.name


def test_an_edition_that_is_gone_cannot_serve(builder: Builder, publications: Publications) -> None:
    first = builder.publish(FIRST)
    publications.discard(first)
    publications.discard(first)
    with pytest.raises(IndexGoneError):
        publications.serve(first, None)
    with pytest.raises(IndexGoneError):
        publications.withdraw(first)


def test_the_edition_that_serves_is_not_discarded(builder: Builder, publications: Publications) -> None:
    first = builder.publish(FIRST)
    publications.serve(first, None)
    with pytest.raises(ServedElsewhereError):
        publications.discard(first)
    assert publications.serving() == publications.kept()[0]


def test_an_edition_is_withdrawn_by_somebody_and_reinstated(builder: Builder, publications: Publications) -> None:
    first = builder.publish(FIRST)
    publications.withdraw(first)
    [withdrawn] = publications.kept()
    assert withdrawn.withdrawn is not None
    for _ in range(2):
        publications.reinstate(first)
        assert publications.kept() == [first]
    for _ in range(2):
        publications.serve(first, None)
    # Of each mark there is one.
    [index] = builder.indices.all()
    assert len([alias for alias in index.aliases if alias.startswith(f"{first.name}-served-")]) == 1


def test_editions_of_another_configuration_are_others(
    opensearch: OpenSearchCluster, builder: Builder, prefix: str
) -> None:
    own = builder.publish(FIRST)
    updated = Builder(opensearch.addresses[0], prefix, "f" * 32)
    waiting, other = updated.publish(FIRST), updated.publish(SECOND)
    updated.publications.serve(other, None)
    assert [each.name for each in builder.publications.others()] == [other.name, waiting.name]
    assert builder.publications.kept() == [own]
    assert builder.publications.serving() is None


def test_old_editions_are_removed_and_nothing_else(builder: Builder, publications: Publications, prefix: str) -> None:
    published = [builder.publish(edition(word)) for word in ("أول", "ثان", "ثالث")]
    before = None
    for each in published:
        publications.serve(each, before)
        before = each
    foreign = [f"{prefix}-notes", f"{published[0].name}0", f"{prefix}-{CONFIGURATION[:12]}-{'0' * 16}-{'0' * 8}"]
    for name in foreign:
        builder.cluster.request("PUT", f"/{name}")
    assert publications.remove_old() == []
    old = outdated(builder.indices.all(), publications.alias, datetime.now(UTC) + timedelta(hours=2))
    assert [index.name for index in old] == [published[0].name]
    for index in old:
        assert builder.indices.delete(index.name)
        assert not builder.indices.delete(index.name)
    left = builder.cluster.request("GET", f"/{prefix}-*")
    assert sorted(left) == sorted([published[1].name, published[2].name, *foreign])


def test_how_long_a_configuration_has_served_is_handed_on(builder: Builder, publications: Publications) -> None:
    first, second = builder.publish(FIRST), builder.publish(SECOND)
    publications.serve(first, None)
    publications.serve(second, first)
    [old, new] = sorted(builder.indices.all(), key=lambda index: index.served or index.created)
    assert new.since == old.since == old.served
