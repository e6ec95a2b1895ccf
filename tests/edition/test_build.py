"""An edition that is built upon an earlier one is, array for array, the one that is built from scratch."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.arabic import Analyser
from bot.articles import Article, BoilerplatePhrases
from bot.edition import EditionBuilder, EmptyCorpusError, build_edition
from bot.edition.build import write_corpus
from bot.retrieval import IndexBuilder
from bot.settings import CONFIG
from bot.storage import ArrayFile, Arrays, MemoryWriter
from tests.examples import examples
from tests.retrieval.coverage import search

PHRASES = BoilerplatePhrases.read(CONFIG / "marks.toml")
ANALYSER = Analyser({"في", "من"})
LINE = """
    افتتحت البلدية المكتبة العامة صباح الأحد وحضر السكان الوزير الوزارة والوزير بالوزارة في من على اليونسكو UNESCO Yūnus
    محمد محمود القاهرة بيروت تونس قرطاج ٢٠٢٦ 10,000 3.5 مارس آذار شباط فبراير عاماً كتب كتاب مكتبات سنة « » . ، !
"""
WORDS = LINE.split()

texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=12).map(" ".join)
names = st.sampled_from([None, "الأنباء", "الميناء", "منى", "سامي"])
records = st.fixed_dictionaries(
    {"title": texts, "paragraphs": st.lists(texts, min_size=1, max_size=3)},
    optional={
        "outlet": names,
        "author": names,
        "language": st.sampled_from(["ar", "en"]),
        "date": st.sampled_from(["2026-03-08", "2025-12-31", "1999-01-01", "never"]),
        "url": st.just("https://news.example/1"),
        "sources": st.sampled_from(["وكالة", ["وكالة", {"name": "شاهد", "published": "2026"}], [{"url": "x"}]]),
    },
)
corpora = st.dictionaries(st.integers(0, 30), records, max_size=8)


@dataclass
class Written:
    """The arrays and facts of one build."""

    arrays: Arrays
    facts: dict[str, Any]


def write_lines(file: Path, corpus: Mapping[int, Mapping[str, object]]) -> None:
    lines = (json.dumps({"id": number, **record}, ensure_ascii=False) + "\n" for number, record in corpus.items())
    file.write_text("".join(lines), encoding="utf-8")


def write_files(folder: Path, corpus: Mapping[int, Mapping[str, Any]]) -> None:
    folder.mkdir(exist_ok=True)
    for file in folder.iterdir():
        file.unlink()
    for number, record in corpus.items():
        text = "\n\n## ".join(record["paragraphs"])
        (folder / f"{number}.md").write_text(f"---\ntitle: x {record['title']}\n---\n\n{text}\n", encoding="utf-8")


def built(path: Path, base: Path | None = None, folder: Path | None = None) -> Written | None:
    writer = MemoryWriter()
    try:
        facts = write_corpus(path, PHRASES, ANALYSER, writer, previous=base, folder=folder)
    except EmptyCorpusError:
        return None
    return Written(writer.arrays, facts)


def keep(file: Path, path: Path, stop_words: Analyser = ANALYSER) -> None:
    """Keep an edition in a file, where there is one."""
    try:
        with ArrayFile(file) as writer:
            writer.finish(write_corpus(path, PHRASES, stop_words, writer))
    except EmptyCorpusError:
        pass


def assert_same(one: Written | None, other: Written | None) -> None:
    if one is None or other is None:
        assert one is other
        return
    assert {**one.facts, "built": ""} == {**other.facts, "built": ""}
    assert one.arrays.keys() == other.arrays.keys()
    for name, array in other.arrays.items():
        assert one.arrays[name].dtype == array.dtype, name
        np.testing.assert_array_equal(one.arrays[name], array, name)


@examples(60)
@given(before=corpora, after=corpora, kept=st.sets(st.integers(0, 30)), lines=st.booleans(), stored=st.booleans())
def test_an_edition_built_upon_another_is_the_one_built_from_scratch(
    before: dict[int, Any], after: dict[int, Any], kept: set[int], *, lines: bool, stored: bool
) -> None:
    after = {**after, **{number: record for number, record in before.items() if number in kept}}
    with TemporaryDirectory() as folder:
        path, base = Path(folder) / ("corpus.jsonl" if lines else "corpus"), Path(folder) / "base"
        write = write_lines if lines else write_files
        write(path, before)
        keep(base, path)
        write(path, after)
        assert_same(built(path, base, Path(folder) if stored else None), built(path))


TEXT = "افتتحت البلدية المكتبة العامة صباح الأحد. وحضر السكان."


def corpus_of(count: int) -> dict[int, dict[str, object]]:
    return {
        number: {"title": f"خبر {number}", "date": "2026-03-08", "paragraphs": [f"{TEXT} {number}", f"كلمة{number}"]}
        for number in range(count)
    }


@pytest.fixture
def indexed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note the articles that are analysed."""
    ids: list[str] = []
    append = IndexBuilder.append

    def noted(builder: IndexBuilder, article: Article) -> None:
        ids.append(article.id)
        append(builder, article)

    monkeypatch.setattr(IndexBuilder, "append", noted)
    return ids


def test_only_what_changed_is_analysed(tmp_path: Path, indexed: list[str]) -> None:
    path, base, corpus = tmp_path / "corpus.jsonl", tmp_path / "base", corpus_of(30)
    write_lines(path, corpus)
    keep(base, path)
    corpus[7]["title"] = "خبر آخر"
    del corpus[11]
    write_lines(path, {40: corpus[20] | {"title": "جديد"}, **corpus})
    indexed.clear()
    upon_base = built(path, base)
    assert indexed == ["40", "7"]
    assert_same(upon_base, built(path))


def test_what_stands_in_another_order_is_read_again(tmp_path: Path) -> None:
    path, base, corpus = tmp_path / "corpus.jsonl", tmp_path / "base", corpus_of(12)
    write_lines(path, corpus)
    keep(base, path)
    moved = {3: corpus.pop(3)}
    write_lines(path, {**corpus, **moved})
    assert_same(built(path, base), built(path))


def test_a_line_that_stands_twice_is_a_duplicate_as_ever(tmp_path: Path) -> None:
    path, base = tmp_path / "corpus.jsonl", tmp_path / "base"
    write_lines(path, corpus_of(12))
    keep(base, path)
    data = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join([*data, data[3], b"{broken\n", data[5]]))
    again = built(path, base)
    assert_same(again, built(path))
    assert again is not None
    assert [rest[1] for rest in again.facts["rejections"]] == ["duplicate_id", "bad_json", "duplicate_id"]


def test_a_file_that_is_renamed_is_another_article(tmp_path: Path) -> None:
    path, base = tmp_path / "corpus", tmp_path / "base"
    write_files(path, corpus_of(9))
    keep(base, path)
    (path / "3.md").rename(path / "35.md")
    assert_same(built(path, base), built(path))


@pytest.mark.parametrize("harm", ["gone", "damaged", "other stop words"])
def test_what_cannot_be_built_upon_is_left_aside(tmp_path: Path, harm: str, indexed: list[str]) -> None:
    path, base = tmp_path / "corpus.jsonl", tmp_path / "base"
    write_lines(path, corpus_of(9))
    keep(base, path, Analyser() if harm == "other stop words" else ANALYSER)
    if harm == "gone":
        base.unlink()
    elif harm == "damaged":
        base.write_bytes(base.read_bytes()[:-1])
    indexed.clear()
    assert_same(built(path, base), built(path))
    assert len(indexed) == 18


@pytest.mark.usefixtures("builds_here")
def test_reloads_one_upon_the_other_give_what_a_first_start_does(tmp_path: Path) -> None:
    path, corpus = tmp_path / "corpus.jsonl", corpus_of(12)
    builder = EditionBuilder(PHRASES, ANALYSER, tmp_path / "cache", 0)
    for number in range(4):
        corpus[number]["title"] = "خبر آخر"
        corpus.pop(11 - number)
        write_lines(path, corpus)
        edition, expected = builder.build(path), build_edition(PHRASES, ANALYSER, path)
        assert dict(edition.articles) == dict(expected.articles)
        for question in ("متى افتتحت المكتبة", "خبر آخر", "كلمة5"):
            hits = [search(each.index, ANALYSER.terms(question), 9) for each in (edition, expected)]
            assert [(hit.passage, hit.score) for hit in hits[0]] == [(hit.passage, hit.score) for hit in hits[1]]
            assert list(edition.catalogue.search(question, 5)) == list(expected.catalogue.search(question, 5))
