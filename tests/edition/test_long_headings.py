"""Each paragraph is indexed with its heading, and a file may not take the product of both."""

from pathlib import Path

import pytest

from bot.articles import BoilerplatePhrases
from bot.edition.build import write_corpus
from bot.settings import CONFIG
from bot.storage import MemoryWriter
from tests.answering.coverage import ANALYSER


def index_bytes(path: Path) -> int:
    writer = MemoryWriter()
    write_corpus(path, BoilerplatePhrases.read(CONFIG / "marks.toml"), ANALYSER, writer)
    return sum(array.nbytes for array in writer.arrays.values())


@pytest.mark.parametrize("form", [".md", ".txt"])
def test_twice_the_heading_and_twice_the_paragraphs_take_twice_the_index(tmp_path: Path, form: str) -> None:
    path, sizes = tmp_path / f"article{form}", []
    for times in (250, 500, 1000):
        words = " ".join(f"م{number}ة" for number in range(times))
        paragraphs = "\n\n".join(f"- بند {number}" for number in range(times))
        heading = f"## {words}" if form == ".md" else f"قصير\n\n{words.replace(' ', chr(39))}"
        front = "---\ntitle: عنوان\n---\n\n" if form == ".md" else "عنوان\n\n"
        path.write_text(f"{front}{heading}\n\nنص الخبر الأول.\n\n{paragraphs}\n", encoding="utf-8")
        sizes.append(index_bytes(path))
    assert sizes[2] < 3 * sizes[1] < 9 * sizes[0]
