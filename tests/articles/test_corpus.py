from dataclasses import replace
from pathlib import Path

import pytest

from bot.articles import Corpus, read_corpus

from .conftest import PHRASES, Reading, Write


def test_an_empty_directory_is_an_empty_corpus(tmp_path: Path, read: Reading) -> None:
    assert read.corpus(tmp_path) == Corpus((), ())


def test_forms_may_stand_side_by_side(write: Write, read: Reading, tmp_path: Path) -> None:
    write("a.md", "---\ntitle: أ\n---\nنص.")
    write("b.txt", "ب\nنص.")
    write("c.jsonl", '{"id":"c","title":"ج","paragraphs":["نص."]}')
    write("d.md", "")
    corpus = read.corpus(tmp_path)
    assert [article.title for article in corpus.articles] == ["أ", "ب", "ج"]
    assert [rejection.path for rejection in corpus.rejections] == ["d.md"]


def steps(path: Path) -> list[tuple[int, int]]:
    """Read a corpus, and list how far that was said to be."""
    calls: list[tuple[int, int]] = []
    read_corpus(path, PHRASES, lambda done, total: calls.append((done, total)))
    return calls


@pytest.mark.parametrize("name", ["a.jsonl", "."])
def test_progress_rises_to_the_total(write: Write, tmp_path: Path, name: str) -> None:
    record = '{"title":"ج","url":"https://a.example/%d","paragraphs":["%s"]}\n'
    size = write("a.jsonl", "".join(record % (n, "نص " * 2000) for n in range(200))).stat().st_size
    calls = steps(tmp_path / name)
    assert calls == sorted(calls)
    assert calls[-1] == (size, size)
    assert 5 < len(calls) < 50


def test_what_is_rejected_by_its_name_is_no_part_of_the_way(write: Write, tmp_path: Path) -> None:
    size = write("a.md", "---\ntitle: أ\n---\nنص.").stat().st_size
    write("film.mp4", "x" * 600_000)
    assert set(steps(tmp_path)) == {(size, size)}
    assert steps(tmp_path / "none") == [(0, 0)]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.md", "---\ntitle: خبر\n---\n\nنص الخبر.\n\nاقرأ أيضًا: خبر آخر\n\nشارك الخبر\n"),
        ("a.txt", "خبر\nنص الخبر.\nاقرأ أيضًا: خبر آخر\nشارك الخبر\n"),
        ("a.jsonl", '{"title": "خبر", "paragraphs": ["نص الخبر.", "اقرأ أيضًا: خبر آخر", "شارك الخبر"]}'),
    ],
)
def test_an_article_knows_how_much_of_its_file_was_navigation(
    write: Write, read: Reading, name: str, text: str
) -> None:
    article = read.article(write(name, text))
    assert (article.dropped, len(article.paragraphs)) == (2, 1)
    # It is of the file, and neither changes the article nor what is quoted of it.
    assert article == replace(article, dropped=0)
    assert "dropped" not in repr(article)
