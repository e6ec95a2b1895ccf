"""Short names for articles, for where Discord keeps them: their ids may be of any length."""

from bot.articles import Article, id_digest
from bot.edition import Edition

# What a person types as a title begins otherwise.
_MARK = "\u00b6"


def article_key(article: Article) -> str:
    """Return a name that an article keeps from edition to edition."""
    return _MARK + id_digest(article.id).hex()


def is_article_key(text: str) -> bool:
    """Tell whether a text may be the key of an article, and is no title."""
    return text.startswith(_MARK)


def find_article(edition: Edition, key: str) -> Article | None:
    """Return the article of a key, None where the edition does not have it."""
    if not is_article_key(key):
        return None
    try:
        digest = bytes.fromhex(key.removeprefix(_MARK))
    except ValueError:
        return None
    return next((article for article in edition.articles.with_digest(digest) if article_key(article) == key), None)
