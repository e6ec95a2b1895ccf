"""CORPUS_URL as a list: commas, outlets, a file; and the part at fault where it cannot be used."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.articles.combined import SourceEntryError, read_entries
from bot.articles.combined.source_entries import SourceEntry
from bot.articles.origins import EntryFilter, EntryMatch
from bot.articles.sources import SourceError
from bot.errors import SettingsError
from bot.settings import CONFIG, read_settings
from bot.texts import Texts
from tests.machine import forget_machine

ARCHIVE, FEED = "https://host.example/a.zip#articles", "https://news.example/feed"


def entries(value: str) -> list[tuple[str, str | None]]:
    return [(entry.url, entry.outlet) for entry in read_entries(value, allow_private=False)]


def mistake(value: str) -> SourceEntryError:
    with pytest.raises(SourceEntryError) as caught:
        entries(value)
    return caught.value


@pytest.mark.parametrize("value", ["corpus/", "a.jsonl", ARCHIVE, "s3://bucket/a", "file:///a", "dir=name", "a b "])
def test_a_single_source_is_what_it_was(value: str) -> None:
    assert entries(value) == [(value, None)]


def test_commas_stand_between_sources(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    assert entries(f"./corpus, {ARCHIVE},s3://b/c,") == [("./corpus", None), (ARCHIVE, None), ("s3://b/c", None)]
    assert entries("https://a.example/x?tags=1%2C2") == [("https://a.example/x?tags=1%2C2", None)]
    (tmp_path / "a,b").mkdir()
    assert entries("a,b") == [("a,b", None)]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (f"الميناء={FEED}", [(FEED, "الميناء")]),
        (f" وكالة  الأنباء = {FEED} , {ARCHIVE}", [(FEED, "وكالة الأنباء"), (ARCHIVE, None)]),
        ("الدار=file:///data", [("file:///data", "الدار")]),
        ("الدار=s3://b/c", [("s3://b/c", "الدار")]),
        ("https://a.example/?x=1&next=https://b.example/", [("https://a.example/?x=1&next=https://b.example/", None)]),
    ],
)
def test_an_outlet_stands_before_its_address(value: str, expected: list[tuple[str, str | None]]) -> None:
    assert entries(value) == expected


@given(
    st.lists(
        st.tuples(st.none() | st.text("ابتث abc-", min_size=1).filter(str.strip), st.text("abcdef/=&", max_size=12)),
        min_size=1,
        max_size=6,
        unique_by=lambda pair: pair[1],
    )
)
def test_what_is_written_as_a_list_is_read_so(pairs: list[tuple[str | None, str]]) -> None:
    written = [(f"https://host.example/{path}", outlet and " ".join(outlet.split())) for outlet, path in pairs]
    value = ",".join(f"{outlet}={url}" if outlet else url for url, outlet in written)
    assert entries(value) == written


def test_a_file_lists_sources(tmp_path: Path) -> None:
    file = tmp_path / "sources.toml"
    file.write_text(
        f'[[source]]\nurl = "{FEED}"\noutlet = "الميناء"\n[[source]]\nurl = "corpus/a,b"\n', encoding="utf-8"
    )
    assert entries(str(file)) == [(FEED, "الميناء"), (str(tmp_path / "corpus" / "a,b"), None)]


def test_a_feed_may_have_further_hosts(tmp_path: Path) -> None:
    file = tmp_path / "sources.toml"
    file.write_text(f'[[source]]\nurl = "{FEED}"\nhosts = ["Www.Host.Example", "قناة.مصر"]\n', encoding="utf-8")
    [entry] = read_entries(str(file), allow_private=False)
    assert entry.hosts == ("www.host.example", "قناة.مصر")
    assert entry.sites == {"host.example", "news.example", "xn--mgbe7eqa.xn--wgbh1c"}


@pytest.mark.parametrize(
    ("value", "key", "part"),
    [
        ("/data,http://host.example/a?key=secret", "corpus_part_insecure", "#2 http://host.example/a"),
        ("/data,https://user:secret@host.example/a", "corpus_part_credentials", "#2 https://host.example/a"),
        (f"{FEED}?x=1,2", "corpus_part_bad_address", "#2 2"),
        (f"/data,الدار=https://[/,{FEED}", "corpus_part_bad_address", "#2 الدار"),
        (f"{FEED},ftp://host.example/x", "corpus_part_bad_address", "#2 ftp://host.example/x"),
        (f"{FEED},ا={FEED}", "corpus_part_twice", f"#2 ا {FEED}"),
        (f"/data,/data/../data,{FEED}", "corpus_part_twice", "#2 /data/../data"),
        (f"/data,={FEED}", "corpus_part_outlet", f"#2 {FEED}"),
        (f"={FEED}", "corpus_part_outlet", f"#1 {FEED}"),
        (f"{'ا' * 501}={FEED}", "corpus_part_outlet", f"#1 {FEED}"),
        (" , ", "corpus_list_length", "200"),
        (",".join(f"/{number}" for number in range(201)), "corpus_list_length", "200"),
    ],
)
def test_a_mistake_names_the_part_and_no_secret(value: str, key: str, part: str) -> None:
    assert (mistake(value).key, mistake(value).part) == (key, part)


@pytest.mark.parametrize(
    ("content", "key", "part"),
    [
        ("[[source]", "corpus_list", "s.toml: "),
        ("", "corpus_list", "s.toml: [[source]]"),
        ('source = "x"', "corpus_list", "s.toml: [[source]]"),
        ('other = 1\n[[source]]\nurl = "x"', "corpus_list", "s.toml: [[source]]"),
        ('[[source]]\nurl = "/a"\n[[source]]\nurl = 1', "corpus_list_entry", "s.toml, [[source]] 2"),
        ('[[source]]\noutlet = "x"', "corpus_list_entry", "s.toml, [[source]] 1"),
        ('[[source]]\nurl = "/a"\ntoken = "secret"', "corpus_list_entry", "s.toml, [[source]] 1"),
        (f'[[source]]\nurl = "{FEED}"\nhosts = "a.example"', "corpus_list_entry", "s.toml, [[source]] 1"),
        (f'[[source]]\nurl = "{FEED}"\nhosts = [1]', "corpus_list_entry", "s.toml, [[source]] 1"),
    ],
)
def test_a_file_that_cannot_be_used_says_where(tmp_path: Path, content: str, key: str, part: str) -> None:
    file = tmp_path / "s.toml"
    file.write_text(content, encoding="utf-8")
    found = mistake(str(file))
    assert (found.key, found.part[: len(part)]) == (key, part)
    assert "secret" not in found.part


@pytest.mark.parametrize(
    "host", ["", "localhost", "https://a.example", "a.example/x", "a.example:8080", "u@a.example", "a..b", "*.b"]
)
def test_a_host_that_is_none_is_named(tmp_path: Path, host: str) -> None:
    file = tmp_path / "s.toml"
    for url in (FEED, "corpus/") if host == "localhost" else (FEED,):
        named = host if url == FEED else "a.example"
        file.write_text(f'[[source]]\nurl = "{url}"\nhosts = ["{named}"]', encoding="utf-8")
        found = mistake(str(file))
        assert found.key == "corpus_part_hosts"
        assert found.part.endswith(f"({named})")


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    found = mistake(str(tmp_path / "s.toml"))
    assert (found.key, found.part) == ("corpus_list", "s.toml: FileNotFoundError")


def test_a_single_address_of_no_use_is_told_as_before() -> None:
    with pytest.raises(SourceError) as caught:
        entries("http://host.example/a.zip")
    assert caught.value.key == "source.insecure"


def test_the_setting_names_the_part(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    forget_machine(monkeypatch, tmp_path)
    monkeypatch.setenv("CORPUS_URL", f"{FEED},الدار=http://host.example/feed")
    with pytest.raises(SettingsError) as caught:
        read_settings()
    [found] = caught.value.mistakes
    assert (found.variable, found.key) == ("CORPUS_URL", "settings.corpus_part_insecure")
    words = Texts.read(CONFIG / "texts", "en")(found.key, variable=found.variable, words=found.words)
    assert "#2 الدار http://host.example/feed" in words
    monkeypatch.setenv("CORPUS_URL", f"{FEED},الدار=https://host.example/feed")
    assert read_settings().corpus.location.entries[1] == SourceEntry("https://host.example/feed", "الدار")
    assert read_settings().corpus.path is None
    for keep in ("https://host.example/x", "s3://user:secret@bucket/x"):
        monkeypatch.setenv("CORPUS_KEEP", keep)
        with pytest.raises(SettingsError) as caught:
            read_settings()
        assert [found.key for found in caught.value.mistakes] == ["settings.corpus_keep"]


def listed(tmp_path: Path, lines: str, url: str = FEED) -> str:
    file = tmp_path / "sources.toml"
    file.write_text(f'[[source]]\nurl = "{url}"\n{lines}\n', encoding="utf-8")
    return str(file)


def test_a_feed_may_be_filtered(tmp_path: Path) -> None:
    file = listed(tmp_path, 'only.path = ["/economy/"]\nwithout = { section = ["أبراج"], words = ["برعاية"] }')
    [entry] = read_entries(file, allow_private=False)
    assert entry.taken == EntryFilter(EntryMatch(("/economy/",)), EntryMatch((), ("أبراج",), ("برعاية",)))


@pytest.mark.parametrize(
    "lines",
    [
        'only = "economy"',
        "only = []",
        'only.path = "economy"',
        "only.path = []",
        'without.word = ["x"]',
        "without.words = [1]",
        'without.section = ["-"]',
    ],
)
def test_a_filter_that_cannot_be_used_is_named(tmp_path: Path, lines: str) -> None:
    error = mistake(listed(tmp_path, lines))
    assert error.key == "corpus_part_filter"
    assert "[[source]] 1" in error.part


def test_only_a_feed_may_be_filtered(tmp_path: Path) -> None:
    assert mistake(listed(tmp_path, 'without.words = ["x"]', "s3://bucket/a")).key == "corpus_part_filter"
