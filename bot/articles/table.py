"""The articles of an edition in arrays of their own; an article is assembled from them on demand."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import numpy as np

from bot.articles.article import Article, CitedSource, Paragraph
from bot.articles.article_store import NONE, ArticleColumns, ArticleStore, id_digest
from bot.articles.validation import link_key
from bot.storage import Arrays, TextTable, strip_prefix

ARTICLE_TEXTS = ("ids", "titles", "urls", "sources")
"""The texts of which each article has one."""


class ArticleTable(ArticleStore):
    """The embedded articles.

    Columns of its own, with an entry for each article: `authors` are labels, `dropped` the blocks that were navigation,
    `firsts` the number of the first paragraph, and at the end the number of paragraphs. `sections` are the paragraphs'
    labels.
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
        """Return the titles of the articles with some numbers, in that order, and read nothing else."""
        return [self._titles[number] for number in numbers]

    def headers(self, numbers: Sequence[int]) -> list[Article]:
        """Return the articles with some numbers, and read neither paragraphs nor sources."""
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
        return [
            replace(
                self._header(number),
                paragraphs=tuple(
                    Paragraph(self._texts[place], self._label(self._sections[place]))
                    for place in range(self._firsts[number], self._firsts[number + 1])
                ),
                sources=tuple(CitedSource(*fields) for fields in json.loads(self._sources[number] or "[]")),
            )
            for number in numbers
        ]

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

    def _label(self, label: int) -> str | None:
        return None if label == NONE else self._labels[label]
