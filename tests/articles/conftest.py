from collections.abc import Callable
from pathlib import Path

import pytest

from bot.articles import Article, BoilerplatePhrases, Corpus, Rejection, read_corpus

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"

Write = Callable[[str, str | bytes], Path]


PHRASES = BoilerplatePhrases.read(ROOT / "config" / "marks.toml")


@pytest.fixture(scope="session")
def phrases() -> BoilerplatePhrases:
    return PHRASES


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

    def __init__(self, phrases: BoilerplatePhrases) -> None:
        self._phrases = phrases

    def corpus(self, path: Path) -> Corpus:
        return read_corpus(path, self._phrases)

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
def read(phrases: BoilerplatePhrases) -> Reading:
    return Reading(phrases)


@pytest.fixture(scope="session")
def shared() -> Path:
    if not SHARED.is_dir():
        pytest.skip("../shared is not beside this checkout")
    return SHARED
