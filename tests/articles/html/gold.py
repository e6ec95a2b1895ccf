"""Pages with what is known of their articles: the project's own, and folders of other people's."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from lxml import html as lxml_html

from bot.articles import ArticleError
from bot.articles.html import decode_page
from bot.articles.html.page_text import PageBlock, read_page_blocks
from bot.articles.marks import text_key
from tests.articles.html.test_page import EXPECTED, PAGES

_LEAST_LETTERS = 12  # of a text that is looked for in another: fewer stand in one by chance
_LONGEST_WORD = 20  # letters, on average: pages of Chinese and Japanese have no words that the repairs could count


@dataclass(frozen=True)
class Gold:
    """A page, and of its article what is known: None, or no texts, where nothing is.

    `texts` stand in the article in this order, `foreign` nowhere in it, and `headings` above its paragraphs. Of `whole`
    texts each is a paragraph; others are parts of paragraphs.
    """

    name: str
    html: str
    url: str | None = None
    texts: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()
    headings: tuple[str, ...] = ()
    title: str | None = None
    author: str | None = None
    is_whole: bool = False


def own_pages() -> Iterator[Gold]:
    """Yield the pages of tests/data/pages that have an article."""
    for name, expected in EXPECTED.items():
        html = decode_page((PAGES / name).read_bytes())
        headings = tuple(dict.fromkeys(filter(None, expected.sections)))
        known = tuple(map(text_key, (*expected.openings, *headings, expected.title)))
        foreign = [block.text for block in _blocks(html) if not text_key(block.text).startswith(known)]
        yield Gold(name, html, None, expected.openings, _long(foreign), headings, expected.title, expected.author or "")


def pages_of(folder: Path) -> Iterator[Gold]:
    """Yield the pages of a folder but for those in scripts without spaces.

    It has the form of readability's tests (`NAME/source.html`, `expected.html`, `expected-metadata.json`) or that of
    trafilatura's (`evaldata.json`, `eval/`).
    """
    for gold in _all_pages_of(folder):
        words = " ".join(gold.texts).split()
        if sum(map(len, words)) <= _LONGEST_WORD * len(words):
            yield gold


def _all_pages_of(folder: Path) -> Iterator[Gold]:
    if (folder / "evaldata.json").exists():
        yield from _with_phrases(folder)
    for file in sorted(folder.glob("*/source.html")):
        yield from _with_article(file)


def _with_phrases(folder: Path) -> Iterator[Gold]:
    for url, known in json.loads((folder / "evaldata.json").read_text(encoding="utf-8")).items():
        if html := _read(folder / "eval" / known["file"]):
            texts, foreign = (tuple(filter(text_key, known[key])) for key in ("with", "without"))
            yield Gold(
                known["file"], html, url, texts, foreign, (), _text(known.get("title")), _text(known.get("author"))
            )


def _with_article(file: Path) -> Iterator[Gold]:
    if not (html := _read(file)):
        return
    blocks = _blocks((file.parent / "expected.html").read_text(encoding="utf-8"))
    facts = json.loads((file.parent / "expected-metadata.json").read_text(encoding="utf-8"))
    texts = [block.text for block in blocks if not block.heading]
    headings = [block.text for block in blocks if block.heading]
    yield Gold(
        file.parent.name,
        html,
        None,
        _long(texts),
        _foreign(html, [block.text for block in blocks]),
        _long(headings),
        facts.get("title"),
        facts.get("byline"),
        is_whole=True,
    )


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def _foreign(html: str, texts: list[str]) -> tuple[str, ...]:
    known = "\n".join(map(text_key, texts))
    return _long([block.text for block in _blocks(html) if text_key(block.text) not in known])


def _long(texts: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if len(text_key(text)) >= _LEAST_LETTERS))


def _blocks(html: str) -> list[PageBlock]:
    parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    return list(read_page_blocks(lxml_html.document_fromstring(html.encode("utf-8", "replace"), parser=parser)))


def _read(file: Path) -> str:
    try:
        return decode_page(file.read_bytes())
    except (ArticleError, OSError):
        return ""
