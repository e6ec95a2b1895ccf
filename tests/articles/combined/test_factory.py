import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from bot.articles.combined import CorpusLocation, kept_folder
from bot.articles.combined import source_of as make_source
from bot.articles.sources import MEGABYTE, Fetched, FetchLimits, Source, SourceError, read_address
from bot.articles.sources.address import SourceKind
from bot.articles.sources.store_calls import EXTRA
from bot.settings import CONFIG, CorpusSettings
from bot.texts import Texts, languages
from tests.articles.conftest import PHRASES, ROOT
from tests.articles.sources.archives import ARTICLES, names, tar_gz
from tests.articles.sources.serving import failure, served
from tests.articles.sources.web_server import WebServer, reply
from tests.machine import forget_machine
from tests.patience import PATIENCE


def source_of(location: CorpusLocation, cache: Path) -> Source:
    """Make a source beside which nothing was gathered."""
    return make_source(location, cache, kept_folder(None, cache, location.limits), PHRASES)


def location(url: str, token: str | None = None) -> CorpusLocation:
    return CorpusLocation(url, token, allow_private=True, limits=FetchLimits(download_bytes=MEGABYTE, seconds=PATIENCE))


@pytest.mark.parametrize("form", ["{}", "file://{}"])
def test_a_directory_is_given_as_it_is(tmp_path: Path, form: str) -> None:
    source = source_of(location(form.format(tmp_path)), tmp_path / "cache")
    assert source.fetch() == Fetched(tmp_path)
    assert (source.last_served(), source.name, source.is_local) == (None, str(tmp_path), True)
    assert (source.usual_refresh, source.problems) == (None, ())
    assert not (tmp_path / "cache").exists()


@pytest.mark.slow
def test_a_directory_needs_no_http_client() -> None:
    """The client takes a tenth of a second to load, and `ask` answers from a directory in three."""
    command = "import sys, bot.articles.combined; print('aiohttp' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", command], cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout == "False\n"


def test_a_directory_that_is_not_there_is_left_to_the_readers(tmp_path: Path) -> None:
    assert source_of(location(str(tmp_path / "nowhere")), tmp_path).fetch().path == tmp_path / "nowhere"


def test_an_archive_is_fetched(server: WebServer, tmp_path: Path) -> None:
    server.answers = [reply(200, tar_gz(ARTICLES))]
    source = source_of(location(f"{server.url}?ref=main#sub", "corpus-secret"), tmp_path)
    assert names(source.fetch().path) == ["b.md"]
    assert server.seen[0].target == "/news/corpus.tar.gz?ref=main"
    assert server.seen[0].headers["Authorization"] == "Bearer corpus-secret"
    assert source.name == f"{server.url}#sub"


def test_another_address_does_not_find_the_articles_of_this_one(server: WebServer, tmp_path: Path) -> None:
    server.answers = [reply(200, tar_gz(ARTICLES))]
    served(source_of(location(server.url), tmp_path))
    assert source_of(location(server.url), tmp_path).last_served() is not None
    for url in (f"{server.url}#sub", f"{server.url}?ref=other", f"{server.url}x"):
        assert source_of(location(url), tmp_path).last_served() is None


def test_the_settings_say_how_a_corpus_is_fetched(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    forget_machine(monkeypatch, tmp_path)
    given = {"URL": "https://a.example/b.zip", "TOKEN": "secret", "MAX_MEGABYTES": "2", "MAX_UNPACKED_MEGABYTES": "3"}
    for name, value in (given | {"MAX_FILES": "4", "FETCH_SECONDS": "5", "ALLOW_PRIVATE": "yes"}).items():
        monkeypatch.setenv(f"CORPUS_{name}", value)
    limits = FetchLimits(download_bytes=2 * MEGABYTE, unpacked_bytes=3 * MEGABYTE, files=4, seconds=5)
    assert CorpusSettings().location == CorpusLocation("https://a.example/b.zip", "secret", True, limits)


def test_a_host_of_the_network_is_refused_by_default(
    server: WebServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    forget_machine(monkeypatch, tmp_path)
    monkeypatch.setenv("CORPUS_URL", f"https://localhost:{server.port}/corpus.zip")
    assert failure(source_of(CorpusSettings().location, tmp_path)).key == "source.private"


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("http://host.example/a.zip", "insecure"),
        ("ftp://host.example/a.zip", "scheme"),
        ("memory://x", "scheme"),
        ("https://user@host.example/a.zip", "credentials"),
        ("s3://key:secret@bucket/news", "credentials"),
        ("https:///a.zip", "bad_address"),
        ("https://host.example:x/a.zip", "bad_address"),
        ("https://host.example/a.zip#../..", "bad_address"),
        ("https://[/", "bad_address"),
        ("https://a..b/a.zip", "bad_address"),
        (f"https://{'a' * 64}.example/a.zip", "bad_address"),
    ],
)
def test_an_address_of_no_use_has_its_sentence(url: str, key: str) -> None:
    with pytest.raises(SourceError) as caught:
        read_address(url)
    assert caught.value.key == f"source.{key}"
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize(
    ("url", "kind", "folder"),
    [
        ("https://host.example/a.zip", SourceKind.ARCHIVE, "."),
        ("HTTPS://host.example/a.zip#/x/y/", SourceKind.ARCHIVE, "x/y"),
        ("https://host.example/a.zip#%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1", SourceKind.ARCHIVE, "أخبار"),
        ("s3://bucket/news", SourceKind.STORE, "."),
        ("abfs://container@account.example/news", SourceKind.STORE, "."),
        ("corpus#1", SourceKind.LOCAL, "."),
    ],
)
def test_an_address_says_what_fetches_it(url: str, kind: SourceKind, folder: str) -> None:
    address = read_address(url)
    assert (address.kind, str(address.folder)) == (kind, folder)


def test_the_path_in_a_web_address_is_no_path_of_this_machine() -> None:
    assert read_address("https://host.example/etc").path != Path("/etc")
    assert read_address("file:///etc").path == Path("/etc")


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://host.example/a.zip?signature=x", "https://host.example/a.zip"),
        ("https://host.example/a.zip?signature=x#/news/2026/", "https://host.example/a.zip#news/2026"),
        ("https://host.example/a.zip#%D8%A3%D8%AE%D8%A8%D8%A7%D8%B1%0A", "https://host.example/a.zip#أخبار"),
        ("s3://bucket/news", "s3://bucket/news"),
        ("s3://bucket#news", "s3://bucket#news"),
    ],
)
def test_a_source_goes_by_its_address_and_folder(tmp_path: Path, url: str, name: str) -> None:
    assert source_of(location(url), tmp_path).name == name


def test_the_extra_that_an_error_names_is_there() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert EXTRA in project["optional-dependencies"]


@pytest.mark.parametrize("language", languages(CONFIG / "texts"))
def test_an_error_and_the_page_install_the_extra_in_the_same_way(language: str) -> None:
    command = f".venv/bin/pip install -r docs/deploy/requirements-{EXTRA}.txt"
    assert command in Texts.read(CONFIG / "texts", language)("source.no_store", scheme="s3", extra=EXTRA)
    assert f"`{command}`" in (ROOT / "docs" / "operation.md").read_text(encoding="utf-8")
