"""How many articles there are of a month and in a language, without making any of them."""

from datetime import date

import numpy as np

from bot.articles.table import ArticleTable

_EPOCH = date(1970, 1, 1).toordinal()


def count_months(articles: ArticleTable) -> list[tuple[date, int]]:
    """Count the articles of each month by its first day, the newest first; those without a day count nowhere."""
    days = articles.columns.days[articles.columns.days > 0].astype(np.int64)
    months, counts = np.unique((days - _EPOCH).astype("datetime64[D]").astype("datetime64[M]"), return_counts=True)
    firsts = months.astype("datetime64[D]").astype(object)
    return [(first, int(count)) for first, count in zip(firsts, counts, strict=True)][::-1]


def count_languages(articles: ArticleTable) -> list[tuple[str | None, int]]:
    """Count the articles in each language, that of the most first; None are those that do not say."""
    labels, counts = np.unique(articles.columns.languages, return_counts=True)
    order = np.argsort(-counts, kind="stable")
    return [(articles.language_names.get(int(labels[place])), int(counts[place])) for place in order]
