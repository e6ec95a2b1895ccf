"""Articles counted by outlet, month and language; one key for the spellings of an outlet's name."""

from collections import Counter
from datetime import date
from functools import lru_cache

import numpy as np

from bot.arabic import normalise
from bot.articles.article_store import ArticleStore

_EPOCH = date(1970, 1, 1).toordinal()


def count_months(articles: ArticleStore) -> list[tuple[date, int]]:
    """Count the articles of each month by its first day, the newest first; those without a day count nowhere."""
    days = articles.columns.days[articles.columns.days > 0].astype(np.int64)
    months, counts = np.unique((days - _EPOCH).astype("datetime64[D]").astype("datetime64[M]"), return_counts=True)
    firsts = months.astype("datetime64[D]").astype(object)
    return [(first, int(count)) for first, count in zip(firsts, counts, strict=True)][::-1]


def count_languages(articles: ArticleStore) -> list[tuple[str | None, int]]:
    """Count the articles of each language, the most frequent first; None counts those without a language."""
    labels, counts = np.unique(articles.columns.languages, return_counts=True)
    order = np.argsort(-counts, kind="stable")
    return [(articles.language_names.get(int(labels[place])), int(counts[place])) for place in order]


# Few outlets publish most of any coverage; the bound keeps a hostile stream of names out of memory.
@lru_cache(maxsize=1 << 10)
def outlet_key(outlet: str) -> str:
    """Return one key for all spellings of an outlet's name."""
    return " ".join(normalise(outlet).split())


def outlet_labels(articles: ArticleStore, outlet: str | None) -> list[int]:
    """Return the labels of an outlet in every spelling that the articles have of it, none for no outlet."""
    key = None if outlet is None else outlet_key(outlet)
    return [label for label, name in articles.outlet_names.items() if outlet_key(name) == key]


def outlets(articles: ArticleStore) -> tuple[str, ...]:
    """List the outlets of articles, that of the most articles first, each in its most common spelling."""
    return tuple(name for name, _ in count_outlets(articles))


def count_outlets(articles: ArticleStore) -> list[tuple[str, int]]:
    """Count the articles of each outlet, as `outlets` lists them."""
    labels, first, counts = np.unique(articles.columns.outlets, return_index=True, return_counts=True)
    spellings: dict[str, Counter[str]] = {}
    for place in np.argsort(first).tolist():
        if (name := articles.outlet_names.get(int(labels[place]))) is not None:
            spellings.setdefault(outlet_key(name), Counter())[name] += int(counts[place])
    ordered = sorted(spellings.values(), key=lambda counted: -counted.total())
    return [(counted.most_common(1)[0][0], counted.total()) for counted in ordered]
