"""The pages for readers: their links, headings, and commands that stand in blocks of a terminal."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.e2e.program import ROOT

_LINK = re.compile(r"!?\[[^\]]*\]\(<?(?P<target>[^)\s>]+)>?\)")
_HEADING = re.compile(r"^#{1,6} (?P<words>.+?)\s*$", re.MULTILINE)
_BLOCK = re.compile(r"^```(?P<kind>\w*)\n(?P<text>.*?)^```", re.MULTILINE | re.DOTALL)
_MARKUP = re.compile(r"[`*_]|\[([^\]]*)\]\([^)]*\)")


@dataclass(frozen=True, slots=True)
class Page:
    """A page of Markdown."""

    path: Path

    @property
    def name(self) -> str:
        """The path below the root."""
        return self.path.relative_to(ROOT).as_posix()

    @property
    def text(self) -> str:
        """The whole page."""
        return self.path.read_text(encoding="utf-8")

    @property
    def prose(self) -> str:
        """The page without its blocks of code."""
        return _BLOCK.sub("", self.text)

    def links(self) -> Iterator[str]:
        """Yield what its links and pictures lead to."""
        for link in _LINK.finditer(self.prose):
            yield link["target"]

    def anchors(self) -> frozenset[str]:
        """Return what links may name behind #, as the sites that show Markdown make it of headings."""
        return frozenset(_anchor(heading["words"]) for heading in _HEADING.finditer(self.prose))

    def terminal_lines(self) -> Iterator[str]:
        """Yield the commands of its terminal blocks."""
        for block in _BLOCK.finditer(self.text):
            if block["kind"] in {"console", "sh"}:
                for line in block["text"].replace("\\\n", " ").splitlines():
                    if line.startswith("$ "):
                        yield line.removeprefix("$ ")


def _anchor(words: str) -> str:
    plain = _MARKUP.sub(lambda match: match[1] or "", words).lower()
    kept = (sign for sign in plain if sign in " -" or unicodedata.category(sign)[0] in "LMN")
    return "".join(kept).replace(" ", "-")


def pages() -> list[Page]:
    """Return all pages for readers."""
    return [
        Page(path)
        for path in sorted(
            [
                *ROOT.glob("*.md"),
                *ROOT.glob(".github/*.md"),
                *ROOT.glob("docs/**/*.md"),
                ROOT / "corpus" / "README.md",
            ]
        )
    ]
