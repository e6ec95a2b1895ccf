"""The names of outlets, which files spell as they please."""

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from bot.arabic import normalise
from bot.articles.article import Article


# Few outlets publish most of any coverage; the bound keeps a hostile stream of names out of memory.
@lru_cache(maxsize=1 << 10)
def outlet_key(outlet: str) -> str:
    """Return what all spellings of an outlet's name have in common."""
    return " ".join(normalise(outlet).split())


def outlets(articles: Iterable[Article]) -> tuple[str, ...]:
    """List the outlets of articles, that of the most articles first, each in its most common spelling."""
    spellings: dict[str, Counter[str]] = {}
    for article in articles:
        if article.outlet is not None:
            spellings.setdefault(outlet_key(article.outlet), Counter())[article.outlet] += 1
    ordered = sorted(spellings.values(), key=lambda counts: -counts.total())
    return tuple(counts.most_common(1)[0][0] for counts in ordered)
