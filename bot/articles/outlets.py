"""The names of outlets, which files spell as they please."""

from collections import Counter
from functools import lru_cache

import numpy as np

from bot.arabic import normalise
from bot.articles.table import ArticleTable


# Few outlets publish most of any coverage; the bound keeps a hostile stream of names out of memory.
@lru_cache(maxsize=1 << 10)
def outlet_key(outlet: str) -> str:
    """Return what all spellings of an outlet's name have in common."""
    return " ".join(normalise(outlet).split())


def outlets(articles: ArticleTable) -> tuple[str, ...]:
    """List the outlets of articles, that of the most articles first, each in its most common spelling."""
    return tuple(name for name, _ in count_outlets(articles))


def count_outlets(articles: ArticleTable) -> list[tuple[str, int]]:
    """Count the articles of each outlet, as `outlets` lists them."""
    labels, first, counts = np.unique(articles.columns.outlets, return_index=True, return_counts=True)
    spellings: dict[str, Counter[str]] = {}
    for place in np.argsort(first).tolist():
        if (name := articles.outlet_names.get(int(labels[place]))) is not None:
            spellings.setdefault(outlet_key(name), Counter())[name] += int(counts[place])
    ordered = sorted(spellings.values(), key=lambda counted: -counted.total())
    return [(counted.most_common(1)[0][0], counted.total()) for counted in ordered]
