from collections.abc import Callable
from pathlib import Path

import pytest

from bot.articles import Article, Corpus, Marks, Rejection, read_corpus

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"

Write = Callable[[str, str | bytes], Path]


@pytest.fixture(scope="session")
def marks() -> Marks:
    return Marks.read(ROOT / "config" / "marks.toml")


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Write a file into the test's directory and return its path."""

    def write_file(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return path

    return write_file


class Reading:
    """Reads one path and expects one thing of it."""

    def __init__(self, marks: Marks) -> None:
        self._marks = marks

    def corpus(self, path: Path) -> Corpus:
        return read_corpus(path, self._marks)

    def article(self, path: Path) -> Article:
        corpus = self.corpus(path)
        assert corpus.rejections == ()
        [article] = corpus.articles
        return article

    def texts(self, path: Path) -> list[str]:
        return [paragraph.text for paragraph in self.article(path).paragraphs]

    def rejection(self, path: Path) -> Rejection:
        corpus = self.corpus(path)
        assert corpus.articles == ()
        [rejection] = corpus.rejections
        return rejection


@pytest.fixture
def read(marks: Marks) -> Reading:
    return Reading(marks)


@pytest.fixture(scope="session")
def shared() -> Path:
    if not SHARED.is_dir():
        pytest.skip("../shared is not beside this checkout")
    return SHARED
