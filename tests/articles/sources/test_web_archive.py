from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from bot.articles import BoilerplatePhrases, read_corpus
from tests.articles.sources.serving import failure, served

from .archives import ARTICLES, COMMIT, TEXT, names, tar_gz, zipped
from .conftest import Fetching
from .web_server import Answer, WebServer, head, raw, reply


@pytest.mark.parametrize(
    "archive",
    [tar_gz(ARTICLES), tar_gz(ARTICLES, "news-main/"), zipped(ARTICLES)],
    ids=["tar.gz", "of a Git host", "zip"],
)
def test_an_archive_becomes_articles(
    server: WebServer, fetching: Fetching, phrases: BoilerplatePhrases, archive: bytes
) -> None:
    server.answers = [reply(200, archive)]
    fetched = fetching.source().fetch()
    assert names(fetched.path) == sorted(ARTICLES)
    assert [article.id for article in read_corpus(fetched.path, phrases).articles] == ["a"]


def test_only_articles_are_unpacked(server: WebServer, fetching: Fetching) -> None:
    others = dict.fromkeys(["README.md", "a.png", ".github/a.md", "d/.hidden.txt", "LICENSE"], TEXT)
    server.answers = [reply(200, tar_gz(ARTICLES | others | {"setup.py": TEXT}))]
    fetched = fetching.source().fetch().path
    assert names(fetched) == sorted([*ARTICLES, "setup.py"])
    assert (fetched / "setup.py").read_bytes() == b""


@pytest.mark.parametrize("archive", [tar_gz(ARTICLES, "top/", COMMIT), zipped(ARTICLES, COMMIT)], ids=["tar", "zip"])
def test_the_commit_is_in_the_archive(server: WebServer, fetching: Fetching, archive: bytes) -> None:
    server.answers = [reply(200, archive, ETag='"1"')]
    version = fetching.source().fetch().version
    assert version is not None
    assert (version.revision, version.label, version.etag) == (COMMIT, COMMIT[:12], '"1"')


def test_what_is_unchanged_is_not_sent_again(server: WebServer, fetching: Fetching) -> None:
    modified = "Tue, 24 Nov 2026 00:00:00 GMT"
    server.answers = [reply(200, tar_gz(ARTICLES), ETag='W/"1"', Last_Modified=modified), reply(304)]
    first = fetching.source().fetch()
    second = fetching.source().fetch()
    assert second == first
    assert "If-None-Match" not in server.seen[0].headers
    assert server.seen[1].headers["If-None-Match"] == 'W/"1"'
    assert server.seen[1].headers["If-Modified-Since"] == modified


def test_the_same_bytes_are_unchanged_even_if_the_server_does_not_say_so(server: WebServer, fetching: Fetching) -> None:
    archive = tar_gz(ARTICLES, "top/", COMMIT)
    server.answers = [reply(200, archive), reply(200, archive, ETag='"new"'), reply(304)]
    first = fetching.source().fetch()
    second, third = fetching.source().fetch(), fetching.source().fetch()
    assert second.path == first.path
    assert server.seen[2].headers["If-None-Match"] == '"new"'
    assert third.version is not None
    assert third.version.revision == COMMIT
    assert fetching.left() == ["1"]


def change(fetched: Path) -> None:
    """Change a byte, as an old disk does, and leave the file as long as it was."""
    text = (fetched / "a.txt").read_bytes()
    (fetched / "a.txt").write_bytes(text[:-1] + b"!")


@pytest.mark.parametrize("answer", ["whole", "unchanged"])
def test_a_changed_byte_is_noticed_and_heals(
    server: WebServer, fetching: Fetching, caplog: pytest.LogCaptureFixture, answer: str
) -> None:
    archive = tar_gz(ARTICLES)
    server.answers = [reply(200, archive, ETag='"1"')]
    broken = served(fetching.source())
    change(broken.path)

    def by_conditions(handler: BaseHTTPRequestHandler) -> None:
        known = answer == "unchanged" and "If-None-Match" in server.seen[-1].headers
        (reply(304) if known else reply(200, archive, ETag='"1"'))(handler)

    server.answers = [by_conditions]
    healed = served(fetching.source())
    assert "files/a.txt" in caplog.text
    assert healed.version == broken.version
    assert (healed.path / "a.txt").read_text() == TEXT
    caplog.clear()
    assert fetching.source().fetch() == healed
    assert fetching.source().last_served() == healed
    assert not caplog.records


def test_nothing_is_unchanged_since_nothing(server: WebServer, fetching: Fetching) -> None:
    server.answers = [reply(304)]
    assert fetching.error().key == "source.status"


@pytest.mark.parametrize(
    "fault",
    [
        *(reply(status) for status in (404, 403, 500)),
        *(reply(200, bad) for bad in (b"<!doctype html>", tar_gz({"README.md": TEXT}), tar_gz(ARTICLES)[:-20])),
    ],
)
def test_the_last_good_snapshot_can_be_served_when_the_source_is_away_or_broken(
    server: WebServer, fetching: Fetching, fault: Answer
) -> None:
    assert fetching.source().last_served() is None
    server.answers = [reply(200, tar_gz(ARTICLES)), fault]
    fetched = served(fetching.source())
    assert fetching.error().key.startswith("source.")
    assert fetching.source().last_served() == fetched
    assert names(fetched.path) == sorted(ARTICLES)


ARCHIVE = tar_gz({"a.md": TEXT, "noise.txt": "".join(map(chr, range(200, 55_000)))})


@pytest.mark.parametrize(
    ("answer", "total"), [(reply(200, ARCHIVE), len(ARCHIVE)), (raw(head(200), ARCHIVE), 0)], ids=["long", "how long?"]
)
def test_how_far_a_download_is_can_be_followed(
    server: WebServer, fetching: Fetching, answer: Answer, total: int
) -> None:
    server.answers = [answer]
    told: list[tuple[int, int]] = []
    fetching.source().fetch(lambda *step: told.append(step))
    assert told[-1] == (len(ARCHIVE), total)
    assert told == sorted(told)
    assert len(told) > 1


def test_what_is_read_stays_whatever_others_fetch(server: WebServer, fetching: Fetching) -> None:
    server.answers = [reply(200, tar_gz({f"{number}.txt": TEXT})) for number in range(5)]
    reader = fetching.source()
    read = reader.fetch()
    others = [fetching.source().fetch() for _ in range(3)]
    assert names(read.path) == ["0.txt"]
    reader.fetch()
    fetching.source().fetch()
    assert not read.path.exists()
    assert not others[0].path.exists()


def test_only_what_served_is_served_again(server: WebServer, fetching: Fetching) -> None:
    refused = [reply(200, tar_gz({f"{name}.md": TEXT})) for name in "xyz"]
    server.answers = [*refused[:1], reply(200, tar_gz(ARTICLES)), *refused]
    fetching.source().fetch()
    assert fetching.source().last_served() is None
    fetched = served(fetching.source())
    for _ in refused:
        assert fetching.source().fetch().path != fetched.path
        assert fetching.source().last_served() == fetched
    assert names(fetched.path) == sorted(ARTICLES)
    assert len(fetching.left()) == 3


def test_what_somebody_went_back_from_is_not_served_again(server: WebServer, fetching: Fetching) -> None:
    server.answers = [reply(200, tar_gz(ARTICLES)), reply(200, tar_gz({"x.md": TEXT}))]
    before, after = served(fetching.source()), served(fetching.source())
    fetching.source().note_served(before.version)
    assert fetching.source().last_served() == before
    fetching.source().note_served(after.version)
    assert fetching.source().last_served() == after


def test_a_fetch_that_is_broken_off_leaves_the_old_snapshot(
    server: WebServer, fetching: Fetching, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.answers = [reply(200, tar_gz(ARTICLES)), reply(200, tar_gz({"new.txt": TEXT}))]
    fetched = served(fetching.source())

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    for moment in ("web_archive.write_file", "snapshots.write_snapshot", "web_archive.unpack"):
        with monkeypatch.context() as patch:
            patch.setattr(f"bot.articles.sources.{moment}", stop)
            with pytest.raises(KeyboardInterrupt):
                fetching.source().fetch()
        assert fetching.source().last_served() == fetched
        assert names(fetched.path) == sorted(ARTICLES)
        assert fetching.left() == ["1"]


@pytest.mark.parametrize(
    ("files", "folder", "found"),
    [
        ({"top/articles/a.md": TEXT, "top/b.md": TEXT}, "articles", ["a.md"]),
        ({"articles/a.md": TEXT, "b.md": TEXT}, "articles", ["a.md"]),
        ({"articles/a.md": TEXT}, "articles", ["a.md"]),
        ({"articles/articles/a.md": TEXT, "articles/b.md": TEXT}, "articles", ["a.md"]),
        ({"top/x/y/a.md": TEXT, "top/x/b.md": TEXT}, "x/y", ["a.md"]),
        ({"top/x/articles.jsonl": TEXT, "top/x/b.md": TEXT}, "x/articles.jsonl", ["articles.jsonl"]),
        ({"top/.data/a.md": TEXT}, ".data", ["a.md"]),
        ({"one/a.md": TEXT, "two/b.md": TEXT}, "", ["one/a.md", "two/b.md"]),
        ({"top/a.md": TEXT, "index.css": TEXT}, "", ["index.css", "top/a.md"]),
        ({"top/a.md": TEXT, "__MACOSX/top/._a.md": TEXT, ".DS_Store": TEXT}, "", ["a.md"]),
    ],
)
def test_a_folder_counts_from_the_top_folder(
    server: WebServer, fetching: Fetching, files: dict[str, str], folder: str, found: list[str]
) -> None:
    for archive in (tar_gz(files), zipped(files)):
        server.answers = [reply(200, archive)]
        assert names(fetching.source(folder).fetch().path) == found


def test_a_folder_that_is_not_there_is_named(server: WebServer, fetching: Fetching) -> None:
    server.answers = [reply(200, tar_gz({"x/articles/a.md": TEXT, "y/articles/b.md": TEXT}))]
    error = fetching.error(folder="articles")
    assert (error.key, error.values) == ("source.no_folder", {"folder": "articles"})


def test_a_token_is_sent_and_never_shown(server: WebServer, fetching: Fetching) -> None:
    server.answers = [reply(403)]
    source = fetching.source(token="corpus-secret", url=f"{server.url}?signature=signed-secret")
    error = failure(source)
    assert server.seen[0].headers["Authorization"] == "Bearer corpus-secret"
    assert "corpus-secret" not in f"{error!r} {error.values} {source.name} {source._request!r}"


def test_a_disk_that_cannot_be_written_to_is_told_apart(server: WebServer, fetching: Fetching, tmp_path: Path) -> None:
    server.answers = [reply(200, tar_gz(ARTICLES))]
    fetching.cache = tmp_path / "file" / "cache"
    (tmp_path / "file").write_text("")
    error = failure(fetching.source())
    assert (error.key, error.values["folder"]) == ("source.disk", fetching.cache.parent)
