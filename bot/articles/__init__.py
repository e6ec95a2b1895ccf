"""Reads files into articles without navigation, and says which files gave none."""

from bot.articles.article import (
    Article,
    ArticleError,
    ChangedSentence,
    CitedSource,
    Paragraph,
    Rejection,
    RejectionReason,
    changed_sentences,
    find_successor,
    has_sentences,
    read_rejections,
)
from bot.articles.article_store import (
    ArticleColumns,
    Articles,
    ArticleStore,
    header,
    id_digest,
    outlet_key,
    paragraph_digest,
)
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
from bot.articles.corpus_files import GOLDEN_FILES, CorpusFile, read_whole
from bot.articles.marks import BoilerplatePhrases
from bot.articles.origins import ORIGINS_FILE, Origin, Origins
from bot.articles.quality import NO_ARTICLE_WARNINGS, QualityWarning, article_warnings, quality_warnings
from bot.articles.removals import NO_REMOVALS, Removal, RemovalList, Removals
from bot.articles.table import ArticleTable, count_languages, count_months, count_outlets, outlet_labels
from bot.articles.table_builder import TableBuilder, TableRows
from bot.articles.units import NO_KNOWN_UNITS, DigestBuilder, KnownArticle, KnownUnits, SourceUnit, with_digests
from bot.articles.validation import link_key, typed_link, typed_links
