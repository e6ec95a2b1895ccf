"""The command `index`, and those that answer from what it published, with a real server or one that is played."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.console.command_line import ANSWERED, ARABIC, CommandLine, complaint
from tests.console.conftest import Write
from tests.opensearch_server import server_faults as faults
from tests.opensearch_server.cluster import OpenSearchCluster
from tests.opensearch_server.stub import Fault, Stub, opensearch_stub

NOWHERE = "http://127.0.0.1:1"


@pytest.fixture
def prefix(opensearch: OpenSearchCluster, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    with opensearch.prefix() as prefix:
        monkeypatch.setenv("SEARCH_URL", opensearch.addresses[0])
        monkeypatch.setenv("SEARCH_INDEX", prefix)
        yield prefix


@pytest.fixture
def stub(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stub]:
    with opensearch_stub() as stub:
        monkeypatch.setenv("SEARCH_URL", stub.address)
        yield stub


def beginning(key: str) -> str:
    """Return a text up to what is filled in."""
    return ARABIC.entries[key].partition("{")[0]


def record(isnad: CommandLine, *arguments: str) -> dict[str, object]:
    done = isnad("ask", "--json", ANSWERED, *arguments)
    assert done.code == 0
    told: dict[str, object] = json.loads(done.out)
    return {name: value for name, value in told.items() if name != "ms"}


def test_what_is_published_is_what_every_command_answers_from(isnad: CommandLine, prefix: str, coverage: Path) -> None:
    local = record(isnad, "--corpus", str(coverage))
    nothing = isnad("ask", ANSWERED)
    assert (nothing.code, "python -m bot index" in nothing.err) == (2, True)
    done = isnad("index")
    assert (done.code, done.err) == (0, "")
    assert f"{prefix}-" in done.out.splitlines()[0]
    assert record(isnad) == local
    listed = isnad("articles")
    assert (listed.code, len(listed.out.splitlines())) == (0, 2)
    assert isnad("chat", stdin=ANSWERED).out.endswith(isnad("ask", ANSWERED).out)
    checked = isnad("check")
    assert f"{prefix}-" in checked.out
    assert checked.err.splitlines() == [ARABIC("check.no_token")]


def test_what_is_published_needs_no_articles_here(
    isnad: CommandLine, prefix: str, coverage: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert prefix
    assert isnad("index", "--corpus", str(coverage)).code == 0
    monkeypatch.setenv("CORPUS_URL", str(coverage / "nowhere"))
    assert isnad("ask", ANSWERED).code == 0


def test_nothing_new_is_said_to_be_nothing_new(isnad: CommandLine, prefix: str, write: Write) -> None:
    assert prefix
    isnad("index")
    again = isnad("index")
    assert (again.code, again.out.startswith(beginning("publish.unchanged"))) == (0, True)
    write("coverage/port.md", "---\ntitle: الميناء\n---\n\nوسّعت البلدية رصيف الميناء الشرقي قبل موسم الصيد.")
    assert ARABIC("counted.articles", count=3) in isnad("index").out
    assert ARABIC("counted.articles", count=3) in isnad("check").out


def test_a_coverage_that_fails_a_gate_is_not_published_unless_that_is_wanted(
    isnad: CommandLine, prefix: str, coverage: Path, write: Write
) -> None:
    assert prefix
    for number in range(4):
        write(
            f"coverage/{number}.md", f"---\ntitle: خبر {number}\n---\n\nقرر المجلس بناء الجسر رقم {number} قرب الميناء."
        )
    isnad("index")
    for file in coverage.iterdir():
        if file.name != "library.md":
            file.unlink()
    done = isnad("index")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith(beginning("publish.not_passed"))
    assert done.err.splitlines()[-1] == ARABIC("publish.force")
    assert len(isnad("articles").out.splitlines()) == 6
    assert isnad("index", "--force").code == 0
    assert len(isnad("articles").out.splitlines()) == 1


def test_without_a_cluster_there_is_nothing_to_publish_to(isnad: CommandLine) -> None:
    assert isnad("index") == complaint("publish.no_cluster")


@pytest.mark.parametrize("command", [("index",), ("ask", ANSWERED), ("articles",), ("check",)])
def test_a_cluster_that_is_away_is_said_to_be_away(
    isnad: CommandLine, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    monkeypatch.setenv("SEARCH_URL", NOWHERE)
    done = isnad(*command)
    assert (done.code, ARABIC("search.away", cause=f"{NOWHERE}: Connection refused") in done.err.splitlines()) == (
        2,
        True,
    )


def test_with_articles_named_the_cluster_is_left_aside(isnad: CommandLine, stub: Stub, coverage: Path) -> None:
    assert isnad("ask", ANSWERED, "--corpus", str(coverage)).code == 0
    assert stub.asked == []


@pytest.mark.parametrize(
    ("fault", "path", "told"),
    [
        (faults.unauthorized, "", ("search.denied", "")),
        (faults.forbidden, "", ("search.denied", "")),
        (faults.version("7.10.2", None), "GET /$", ("search.unknown", "")),
        (faults.version("1.3.20"), "GET /$", ("search.unknown", "opensearch 1.3.20")),
        (faults.answer(200, {"status": "red", "number_of_nodes": 1}), "health", ("check.cluster_red", "")),
        (
            faults.answer(200, {"blocks": {"global": {"10": {"description": "cluster create-index blocked (api)"}}}}),
            *("blocks", ("check.cluster_blocked", "cluster create-index blocked (api)")),
        ),
    ],
)
def test_a_check_says_what_is_wrong_with_the_cluster(
    isnad: CommandLine, stub: Stub, fault: Fault, path: str, told: tuple[str, str]
) -> None:
    stub.tell(fault, path)
    (key, cause), done = told, isnad("check")
    assert (done.code, beginning(key) in done.err, cause in done.err) == (2, True, True)
    # The rest is said all the same.
    assert ARABIC("check.folders_fine", variables="CORPUS_CACHE") in done.out


def test_a_cluster_that_lacks_copies_serves(isnad: CommandLine, stub: Stub) -> None:
    stub.tell(faults.answer(200, {"status": "yellow", "number_of_nodes": 2}), "health")
    assert ARABIC("check.cluster_yellow") in isnad("check").out


def test_a_check_says_that_only_another_version_can_read_what_is_published(
    isnad: CommandLine, prefix: str, opensearch: OpenSearchCluster
) -> None:
    isnad("index")
    [name] = opensearch.ask("GET", f"/{prefix}-*")
    alias = name.rpartition("-")[0]
    actions = [
        {"remove": {"index": name, "alias": alias}},
        {"add": {"index": name, "alias": f"{prefix}-{'0' * 12}"}},
    ]
    opensearch.ask("POST", "/_aliases", {"actions": actions})
    assert isnad("check").code == 2


def test_a_record_of_a_check_has_the_cluster(isnad: CommandLine, prefix: str) -> None:
    isnad("index")
    told = json.loads(isnad("check", "--json").out)
    assert told["cluster"]["status"] == "green"
    assert told["cluster"]["serving"].startswith(prefix)
    assert told["articles"] == 2


def test_a_password_is_shown_nowhere(isnad: CommandLine, stub: Stub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SEARCH_URL", stub.address.replace("://", "://reader:s3cret@"))
    for command in (("check",), ("check", "--json"), ("index",), ("ask", ANSWERED)):
        done = isnad(*command)
        assert "s3cret" not in done.out + done.err


@pytest.mark.parametrize("command", [("index",), ("check",), ("ask", ANSWERED)])
def test_a_library_that_is_missing_is_named(
    isnad: CommandLine, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...]
) -> None:
    monkeypatch.setenv("SEARCH_URL", NOWHERE)
    monkeypatch.setitem(sys.modules, "opensearchpy", None)
    done = isnad(*command)
    assert (done.code, "SEARCH_URL" in done.err) == (2, True)
