"""The articles of an edition in arrays of their own; an article is assembled from them on demand."""

import json
from collections.abc import Sequence
from dataclasses import astuple, replace
from datetime import date

import numpy as np

from bot.articles.article import Article, CitedSource, Paragraph
from bot.articles.article_store import NONE, ArticleColumns, ArticleStore, id_digest
from bot.articles.validation import link_key
from bot.storage import Arrays, TextTable, encode, strip_prefix

ARTICLE_TEXTS = ("ids", "titles", "urls", "sources")
"""The texts of which each article has one."""


class ArticleTable(ArticleStore):
    """The embedded articles.

    An entry an article of the columns that others do not read: `authors` are labels, `dropped` the blocks of the
    article that were navigation, `firsts` the number of its first paragraph, and behind them the number of paragraphs.
    `sections` are the paragraphs' labels.
    """

    def __init__(self, arrays: Arrays) -> None:
        """Read the arrays of a `TableBuilder`."""
        self._ids, self._titles, self._urls, self._sources, self._texts, labels = (
            TextTable.from_arrays(strip_prefix(arrays, name)) for name in (*ARTICLE_TEXTS, "texts", "labels")
        )
        columns = strip_prefix(arrays, "columns")
        self._authors, self._dropped = columns["authors"], columns["dropped"]
        self._firsts, self._sections = columns["firsts"], columns["sections"]
        super().__init__(ArticleColumns.from_arrays(columns), labels)

    def number(self, name: str) -> int | None:
        """Return the number of the article with an id, or None."""
        return next((number for number in self._numbers(id_digest(name)) if self._ids[number] == name), None)

    def titles(self, numbers: Sequence[int]) -> list[str]:
        """Return the titles of the articles with some numbers, in that order; of the articles nothing else is read."""
        return [self._titles[number] for number in numbers]

    def headers(self, numbers: Sequence[int]) -> list[Article]:
        """Return the articles with some numbers without their paragraphs and sources, of which nothing is read."""
        return [self._header(number) for number in numbers]

    def with_text(self, texts: Sequence[str]) -> list[Article]:
        """Return the articles whose paragraphs are these; of most others nothing is read."""
        firsts = self._firsts
        same_size = np.flatnonzero(np.diff(firsts) == len(texts)).tolist()
        return self.read(
            [
                number
                for number in same_size
                if all(self._texts[firsts[number] + place] == text for place, text in enumerate(texts))
            ]
        )

    def with_link(self, link: str) -> list[Article]:
        """Return the articles of a link, however it is written, without their paragraphs and sources."""
        key = link_key(link)
        return self.headers([number for number, url in enumerate(self._urls) if url and link_key(url) == key])

    def _load(self, numbers: Sequence[int]) -> list[Article]:
        return [self._make(number) for number in numbers]

    def _make(self, number: int) -> Article:
        paragraphs = tuple(map(self._paragraph, range(self._firsts[number], self._firsts[number + 1])))
        return replace(self._header(number), paragraphs=paragraphs, sources=_read_sources(self._sources[number]))

    def _header(self, number: int) -> Article:
        columns = self.columns
        return Article(
            id=self._ids[number],
            title=self._titles[number],
            paragraphs=(),
            outlet=self._label(columns.outlets[number]),
            url=self._urls[number] or None,
            author=self._label(self._authors[number]),
            published=date.fromordinal(day) if (day := int(columns.days[number])) else None,
            language=self._label(columns.languages[number]),
            dropped=int(self._dropped[number]),
        )

    def _paragraph(self, number: int) -> Paragraph:
        return Paragraph(self._texts[number], self._label(self._sections[number]))

    def _label(self, label: int) -> str | None:
        return None if label == NONE else self._labels[label]


def write_sources(sources: Sequence[CitedSource]) -> str:
    """Write the sources of an article as one text."""
    return json.dumps([astuple(source) for source in sources], ensure_ascii=False) if sources else ""


def _read_sources(text: str) -> tuple[CitedSource, ...]:
    return tuple(CitedSource(*fields) for fields in json.loads(text)) if text else ()


def describe(article: Article) -> bytes:
    """Write down everything that a reader could see of an article."""
    return encode(repr(article))
