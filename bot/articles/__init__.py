"""Reads files into articles without navigation, and says which files gave none."""

from bot.articles.article import Article, Paragraph, Rejection, RejectionReason
from bot.articles.corpus import Corpus, read_corpus
from bot.articles.errors import ArticleError
from bot.articles.marks import Marks
from bot.articles.outlets import outlet_key, outlets
from bot.articles.shape import Suspicion, shape_of, suspicions

__all__ = [
    "Article",
    "ArticleError",
    "Corpus",
    "Marks",
    "Paragraph",
    "Rejection",
    "RejectionReason",
    "Suspicion",
    "outlet_key",
    "outlets",
    "read_corpus",
    "shape_of",
    "suspicions",
]
