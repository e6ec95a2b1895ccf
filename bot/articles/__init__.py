"""Reads files into articles without navigation, and says which files gave none."""

from bot.articles.article import Article, ArticleError, Paragraph, Rejection, RejectionReason, read_rejections
from bot.articles.corpus import (
    Corpus,
    ProgressCallback,
    find_corpus,
    no_progress,
    read_articles,
    read_corpus,
    read_units,
    size_to_read,
)
from bot.articles.corpus_files import GOLDEN_FILES, Found, read_whole
from bot.articles.counts import count_languages, count_months, count_outlets, outlet_key, outlets
from bot.articles.marks import Marks
from bot.articles.quality import NO_ARTICLE, Suspicion, shape_of, suspicions
from bot.articles.table import Articles, ArticleTable, id_digest
from bot.articles.table_builder import TableSpool, merge_tables
from bot.articles.units import NOTHING_KNOWN, DigestSpool, KnownArticle, KnownUnits, Unit, digested

__all__ = [
    "GOLDEN_FILES",
    "NOTHING_KNOWN",
    "NO_ARTICLE",
    "Article",
    "ArticleError",
    "ArticleTable",
    "Articles",
    "Corpus",
    "DigestSpool",
    "Found",
    "KnownArticle",
    "KnownUnits",
    "Marks",
    "Paragraph",
    "ProgressCallback",
    "Rejection",
    "RejectionReason",
    "Suspicion",
    "TableSpool",
    "Unit",
    "count_languages",
    "count_months",
    "count_outlets",
    "digested",
    "find_corpus",
    "id_digest",
    "merge_tables",
    "no_progress",
    "outlet_key",
    "outlets",
    "read_articles",
    "read_corpus",
    "read_rejections",
    "read_units",
    "read_whole",
    "shape_of",
    "size_to_read",
    "suspicions",
]
