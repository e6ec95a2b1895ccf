"""Files that are nearly articles, in a folder with good ones."""

import json
import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import ClassVar

from bot.answering import Answer, Answerer
from bot.articles import Article, BoilerplatePhrases, Corpus, read_corpus
from bot.chat.cards.answer_card import outcome_card
from bot.chat.cards.article_card import article_card
from bot.settings import CONFIG
from tests.answering.coverage import KNOWLEDGE, edition
from tests.answering.hostility import CRAFTED, FLOODS, REAL, basic_plane
from tests.answering.promises import check as check_outcome
from tests.articles.corpus_invariants import check_corpus
from tests.articles.hostile_pieces import PIECES, TAGS, WORDS
from tests.attacks.attack import Attack
from tests.attacks.markup import check_card
from tests.chat.samples import ARABIC
from tests.e2e.coverage import ARTICLES as GOOD

_FORMS = (".md", ".md", ".md", ".txt", ".jsonl", ".html")
_NAMES = ("hostile", "-rf", "\u202eam", "a\nb", " ", "خبر", "c" * 200, "$(id)", "<@1>", "%s", "a.md", "CON", "'")
_ENCODINGS = ("utf-16", "utf-16-le", "utf-32", "utf-8-sig", "cp1256", "iso8859-6", "utf-7", "cp437")
_KEYS = ("title", "outlet", "url", "author", "published", "language", "sources", "id", "date", "<<", "? title", "")
_VALUES = (
    *[
        '"',
        "'",
        "[",
        "*a",
        "~",
        "null",
        "yes",
        "0o17",
        ".inf",
        ".nan",
        "1e999",
        "-9999-01-01",
        "2026-13-45",
        "2026-03-09T25:61Z",
        "---",
        "...",
        "#",
        "@",
        "`",
        ">-",
        "http://[",
    ],
    *(
        "مكتبة",
        "{a: b}",
        "&a [*a]",
        "!!python/object/apply:os.system [a]",
        "!!binary x",
        "9" * 400,
        "javascript:alert(1)",
    ),
    *("2001-12-14t21:59:43.10-99:00", "https://a.b/\u202e()<>", "ar-" + "x" * 500, "\ud7ff", "\x00", "\x85"),
    *("- - - - a", "? ? ?", "a: b: c", "%YAML 9.9"),
)
_JSON: tuple[object, ...] = (None, True, 0, -1, 10**400, 1.5, "", [], {}, [[[[]]]], {"a": {"b": None}}, "2026-03-09")
_UNITS = tuple(unit for unit in FLOODS if "\ud800" not in unit)
_MOST_REPEATED, _LARGEST = 2000, 64_000


@dataclass(frozen=True, slots=True)
class File:
    """A file beside the good ones."""

    name: str
    data: bytes


def _flood(name: str, opening: str, unit: str, size: int = 30_000) -> File:
    return File(name, f"{opening}{unit * (size // len(unit))}\n".encode())


def _under(name: str, opening: str, size: int = 30_000) -> File:
    """Write many paragraphs below one long title, or one long heading."""
    heading = " ".join(f"كلمة{number}" for number in range(size // 5))
    return File(name, "\n\n".join([opening + heading, "نص الخبر الأول.", *["- بند"] * (size // 100)]).encode())


def _long_paragraph(size: int = 30_000) -> File:
    sentences = (f"افتتحت البلدية المكتبة العامة رقم {number} صباح الأحد." for number in range(size * 5 // 6))
    return File("long.txt", f"عنوان\n\n{' '.join(sentences)}\n".encode())


_FRONT = "---\ntitle: عنوان\n---\n\n"
_PAGE = "<html><title>a</title><article><h1>a</h1><p>"


class Articles(Attack[File]):
    """Reads the folder, builds an edition of what it gives, and asks it in an article's own words."""

    tried = ".md, .txt, .jsonl, .html, front matter and encodings, changed, cut, nested, repeated"
    promise = (
        "an article or a rejection by name; the other articles survive; whatever was read is clean text, and is quoted "
        "character for character"
    )
    share = 2
    named: ClassVar = {
        "a flood of backticks in Markdown": partial(_flood, "flood.md", f"{_FRONT}نص ", "`"),
        "a flood of digits": partial(_flood, "flood.md", f"{_FRONT}نص ", "1"),
        "a flood of digits with points between them": partial(_flood, "flood.md", f"{_FRONT}نص ", "1."),
        "a flood of digits in a text": partial(_flood, "flood.txt", "a\n\n", "1"),
        "a flood of backticks in a page": partial(_flood, "flood.html", "<title>a</title><p>x ", "`"),
        "a flood of inline tags in a paragraph of a page": partial(_flood, "inline.html", _PAGE, "<b>x</b> "),
        "a flood of links in a paragraph of a page": partial(_flood, "links.html", _PAGE, "<a href=/x>x</a> "),
        "a flood of items of one letter in Markdown": partial(_flood, "items.md", _FRONT, "- a\n"),
        "a flood of items of one letter in a text": partial(_flood, "items.txt", "a\n\n", "- a\n"),
        "a long title above many paragraphs": partial(_under, "title.txt", ""),
        "a long heading above many paragraphs": partial(_under, "heading.md", f"{_FRONT}## "),
        "a paragraph of two megabytes": _long_paragraph,
    }

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self._phrases = BoilerplatePhrases.read(CONFIG / "marks.toml")
        self._answerer = Answerer(KNOWLEDGE)
        for name, text in GOOD.items():
            (folder / f"good-{name}").write_text(text, encoding="utf-8")
        self._good = self._read()
        # What reads web pages takes its time to load.
        self.try_out(File("page.html", b"<html><h1>a</h1><p>b</p></html>"))

    def make(self, chance: random.Random) -> File:
        form = chance.choice(_FORMS)
        text = _BODIES[form](chance)
        data = text.encode(chance.choice(_ENCODINGS) if chance.random() < 0.2 else "utf-8", "replace")
        for _ in range(chance.choice((0, 0, 1, 2, 6))):
            data = chance.choice(CHANGES)(data, chance)
        return File(chance.choice(_NAMES) + form, data[:_LARGEST])

    def try_out(self, given: File) -> None:
        path = self.folder / given.name
        path.write_bytes(given.data)
        try:
            found = self._read()
        finally:
            path.unlink()
        check_corpus(found)
        ids = {article.id: article for article in found.articles}
        assert all(ids.get(article.id) == article for article in self._good.articles), "a good article is lost"
        assert len(found.articles) > len(self._good.articles) or found.rejections, "neither an article nor a rejection"
        good = {article.id for article in self._good.articles}
        self._ask([article for article in found.articles if article.id not in good])

    def _read(self) -> Corpus:
        return read_corpus(self.folder, self._phrases)

    def _ask(self, articles: list[Article]) -> None:
        """Ask in an article's own words, and show it."""
        built = edition(*self._good.articles, *articles)
        for article in articles[:3]:
            check_card(article_card(article, 0, ARABIC))
            longest = max(article.paragraphs, key=lambda paragraph: len(paragraph.text)).text
            question = f"متى {' '.join(longest[:400].split()[:10])}؟"
            outcome, _ = self._answerer.answer_with_more(self._answerer.analyse(question), built)
            check_outcome(outcome, question, built)
            check_card(outcome_card(outcome, ARABIC, built.as_of))
            if isinstance(outcome, Answer):
                assert all(quote.text in "".join(p.text for p in quote.article.paragraphs) for quote in outcome.quotes)


def _words(chance: random.Random, most: int = 60) -> str:
    pools = (WORDS, REAL, CRAFTED, TAGS, ["\n\n", "\n## ", ". ", "؟ "])
    drawn = " ".join(chance.choice(chance.choice(pools)) for _ in range(chance.randrange(most)))
    unit = chance.choice(_UNITS) * chance.choice((0, 0, 0, 20, _MOST_REPEATED))
    return f"{drawn}{unit}{basic_plane(chance) if chance.random() < 0.2 else ''}"


def _markdown(chance: random.Random) -> str:
    fields = [f"{chance.choice(_KEYS)}: {chance.choice(_VALUES)}" for _ in range(chance.randrange(6))]
    front = "\n".join(chance.sample(["title: عنوان", *fields], k=len(fields) + 1))
    opening = chance.choice(("---\n", "---\n", "---\n", "--- \n", "", "+++\n"))
    closing = chance.choice(("\n---\n", "\n---\n", "\n...\n", ""))
    return f"{opening}{front}{closing}\n{_words(chance)}\n\n{_words(chance)}"


def _text(chance: random.Random) -> str:
    return chance.choice(("\n", "\r\n", "\u2028", "\n\n")).join(_words(chance, 20) for _ in range(chance.randrange(9)))


def _value(chance: random.Random, depth: int = 0) -> object:
    kind = chance.randrange(6 if depth < 3 else 3)
    if kind == 0:
        return chance.choice(_JSON)
    if kind < 3:
        return chance.choice((_words(chance, 8), chance.choice(_VALUES)))
    if kind < 5:
        return [_value(chance, depth + 1) for _ in range(chance.randrange(5))]
    return {chance.choice(_KEYS): _value(chance, depth + 1) for _ in range(chance.randrange(4))}


def _records(chance: random.Random) -> str:
    lines = []
    for _ in range(chance.randrange(1, 5)):
        record: dict[str, object] = {"title": "عنوان", "paragraphs": [_words(chance, 20) for _ in range(3)]}
        record |= {chance.choice((*_KEYS, "paragraphs")): _value(chance) for _ in range(chance.randrange(4))}
        lines.append(json.dumps(record, ensure_ascii=chance.random() < 0.5))
    lines.append(chance.choice(("", "{", "[" * 3000, '{"title": NaN}', "null", '"a"', '{"title": "\\ud800"}')))
    return "\n".join(lines)


def _page(chance: random.Random) -> str:
    tags = "".join(chance.choice(chance.choice((TAGS, TAGS, WORDS, CRAFTED))) for _ in range(chance.randrange(80)))
    nested = chance.choice(("<div>", "<b>", "<table><tr><td>", "<a href=", "<!--")) * chance.choice((0, 0, 5, 300))
    return f"<html><head><title>عنوان</title></head><body>{tags}{nested}{_words(chance, 20)}"


_BODIES: Mapping[str, Callable[[random.Random], str]] = {
    ".md": _markdown,
    ".txt": _text,
    ".jsonl": _records,
    ".html": _page,
}


def _flip(data: bytes, chance: random.Random) -> bytes:
    changed = bytearray(data)
    for _ in range(chance.randrange(1, 9) if changed else 0):
        changed[chance.randrange(len(changed))] = chance.randrange(256)
    return bytes(changed)


def _cut(data: bytes, chance: random.Random) -> bytes:
    begin, end = sorted(chance.randrange(len(data) + 1) for _ in range(2))
    return data[:begin] + data[end:] if chance.random() < 0.5 else data[begin:end]


def _insert(data: bytes, chance: random.Random) -> bytes:
    at = chance.randrange(len(data) + 1)
    value = chance.choice(_VALUES).encode("utf-8", "replace")
    piece = chance.choice((chance.choice(PIECES), chance.randbytes(8), value))
    return data[:at] + piece * chance.choice((1, 1, 50)) + data[at:]


def _double(data: bytes, chance: random.Random) -> bytes:
    begin, end = sorted(chance.randrange(len(data) + 1) for _ in range(2))
    return data[:end] + data[begin:end] * chance.choice((1, 3, 20)) + data[end:]


CHANGES: tuple[Callable[[bytes, random.Random], bytes], ...] = (_flip, _cut, _insert, _double)
