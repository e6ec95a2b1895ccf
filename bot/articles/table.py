"""The articles of an edition in arrays of their own, assembled on demand, and counted by outlet, month and language."""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property

import numpy as np

from bot.articles.article import Article, CitedSource, Paragraph
from bot.articles.article_store import NONE, ArticleColumns, ArticleStore, id_digest, outlet_key
from bot.articles.validation import link_key
from bot.storage import Arrays, TextTable, release_memory, strip_prefix

ARTICLE_TEXTS = ("ids", "titles", "urls", "sources")
"""The texts of which each article has one."""
# Texts lie far apart, and the system maps 64 kilobytes around each; chosen.
_MOST_LOADED = 1 << 8


class ArticleTable(ArticleStore):
    """The embedded articles.

    Columns of its own, with an entry for each article: `authors` are labels, `dropped` the blocks that were navigation,
    `dead` the ordinals of days since which links are dead, 0 for none, `firsts` the number of the first paragraph, and
    at the end that of all; `sections` are the paragraphs' labels.
    """

    def __init__(self, arrays: Arrays) -> None:
        """Read the arrays of a `TableBuilder`."""
        self._arrays, self._loaded = arrays, 0
        self._ids, self._titles, self._urls, self._sources, self._texts, labels = (
            TextTable.from_arrays(strip_prefix(arrays, name)) for name in (*ARTICLE_TEXTS, "texts", "labels")
        )
        columns = strip_prefix(arrays, "columns")
        self._authors, self._dropped, self._dead = columns["authors"], columns["dropped"], columns["dead"]
        self._firsts, self._sections = columns["firsts"], columns["sections"]
        super().__init__(ArticleColumns.from_arrays(columns), labels)

    def number(self, name: str) -> int | None:
        """Return the number of the article with an id, or None."""
        return next((number for number in self._numbers(id_digest(name)) if self._ids[number] == name), None)

    def release_memory(self) -> None:
        """Give mapped pages back to the system."""
        release_memory(self._arrays)

    def texts(self, number: int) -> list[str]:
        """Return the texts of an article's paragraphs that are not blank, and read nothing else."""
        texts = map(self._texts.__getitem__, range(*self._firsts[number : number + 2]))
        return [text for text in texts if text.strip()]

    def titles(self, numbers: Sequence[int]) -> list[str]:
        """Return the titles of the articles with some numbers, in that order, and read nothing else."""
        return [self._titles[number] for number in numbers]

    def headers(self, numbers: Sequence[int]) -> list[Article]:
        """Return the articles with some numbers, and read neither paragraphs nor sources."""
        return [self._header(number) for number in numbers]

    def with_text(self, texts: Sequence[str]) -> list[Article]:
        """Return the articles whose paragraphs are these; of most others nothing is read."""
        as_long = np.flatnonzero(np.diff(self._firsts) == len(texts)).tolist()
        places = ((number, enumerate(texts, self._firsts[number])) for number in as_long)
        return self.read([number for number, own in places if all(self._texts[place] == text for place, text in own)])

    def with_link(self, link: str) -> list[Article]:
        """Return the articles of a link, however it is written, without their paragraphs and sources."""
        wanted = link_key(link)
        return self.headers([number for number, key in enumerate(self._link_keys) if key == wanted])

    @cached_property
    def _link_keys(self) -> Sequence[str | None]:
        return [link_key(url) if url else None for url in self._urls]

    def _load(self, numbers: Sequence[int]) -> list[Article]:
        self._loaded += len(numbers)
        if self._loaded >= _MOST_LOADED:
            self._loaded = 0
            release_memory({"texts": self._arrays["texts.characters"]})
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
            dead_since=date.fromordinal(dead) if (dead := int(self._dead[number])) else None,
            dropped=int(self._dropped[number]),
        )

    def _label(self, label: int) -> str | None:
        return None if label == NONE else self._labels[label]


def count_months(articles: ArticleStore) -> list[tuple[date, int]]:
    """Count the articles of each month by its first day, the newest first; those without a day count nowhere."""
    days = articles.columns.days[articles.columns.days > 0].astype(np.int64) - date(1970, 1, 1).toordinal()
    months, counts = np.unique(days.astype("datetime64[D]").astype("datetime64[M]"), return_counts=True)
    return list(zip(months.astype("datetime64[D]").astype(object), counts.tolist(), strict=True))[::-1]


def count_languages(articles: ArticleStore) -> list[tuple[str | None, int]]:
    """Count the articles of each language, the most frequent first; None counts those without a language."""
    labels, counts = np.unique(articles.columns.languages, return_counts=True)
    order = np.argsort(-counts, kind="stable")
    return [(articles.language_names.get(int(labels[place])), int(counts[place])) for place in order]


def outlet_labels(articles: ArticleStore, outlet: str | None) -> list[int]:
    """Return the labels of an outlet in every spelling that the articles have of it, none for no outlet."""
    key = None if outlet is None else outlet_key(outlet)
    return [label for label, name in articles.outlet_names.items() if outlet_key(name) == key]


def count_outlets(articles: ArticleStore) -> list[tuple[str, int]]:
    """Count the articles of each outlet, that of the most articles first, each in its most common spelling."""
    labels, first, counts = np.unique(articles.columns.outlets, return_index=True, return_counts=True)
    spellings: dict[str, Counter[str]] = {}
    for place in np.argsort(first).tolist():
        if (name := articles.outlet_names.get(int(labels[place]))) is not None:
            spellings.setdefault(outlet_key(name), Counter())[name] += int(counts[place])
    ordered = sorted(spellings.values(), key=lambda counted: -counted.total())
    return [(counted.most_common(1)[0][0], counted.total()) for counted in ordered]
