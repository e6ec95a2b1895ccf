"""Articles made of fetched pages and of typed text, checked, with a report of what was left out."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.articles.article import Article, Block, make_paragraphs
from bot.articles.boilerplate import strip_navigation
from bot.articles.characters import one_line, unify_newlines
from bot.articles.html import ExtractionReport, SavedPage, is_front_page, read_page, report_extraction
from bot.articles.importing.markdown_writer import front_matter_fields, write_markdown
from bot.articles.marks import BoilerplatePhrases
from bot.articles.quality import QualityWarning, article_warnings
from bot.articles.readers import read_markdown
from bot.articles.validation import build_article

_BLANK_LINES = re.compile(r"\n[^\S\n]*(?:\n[^\S\n]*)+")


@dataclass(frozen=True, slots=True)
class ImportedArticle:
    """An article as it will be read, the text of its file, what was left out of it, and what looks wrong."""

    article: Article
    text: str
    extraction: ExtractionReport
    warnings: Sequence[QualityWarning]


def import_page(
    name: str, page: SavedPage, phrases: BoilerplatePhrases, given: Mapping[str, str] | None = None
) -> ImportedArticle:
    """Import a page; `given` are fields that take the place of the page's own. Raise ArticleError."""
    read = read_page(name, page.html, phrases, page.url)
    article = _with_fields(read.article, given) if given else read.article
    text = write_markdown(article)
    # What is reported is what will be read.
    written = read_markdown(name, text, phrases)
    warnings = article_warnings(article, datetime.now(UTC).date(), phrases)
    if is_front_page(read.page_blocks, article):
        warnings = (*warnings, QualityWarning.FRONT)
    return ImportedArticle(written, text, report_extraction(read.page_blocks, written, phrases), warnings)


def import_text(name: str, body: str, phrases: BoilerplatePhrases, given: Mapping[str, str]) -> ImportedArticle:
    """Make an article of a text, whose paragraphs blank lines part, and of its fields; raise ArticleError."""
    blocks = [Block(text) for part in _BLANK_LINES.split(unify_newlines(body)) if (text := one_line(part))]
    kept = strip_navigation(blocks, phrases)
    article = build_article(name, given, "published", make_paragraphs(kept), len(blocks) - len(kept))
    text = write_markdown(article)
    warnings = article_warnings(article, datetime.now(UTC).date(), phrases)
    extraction = ExtractionReport(navigation=article.dropped)
    return ImportedArticle(read_markdown(name, text, phrases), text, extraction, warnings)


def _with_fields(article: Article, given: Mapping[str, str]) -> Article:
    """Return an article with other fields, checked as those of a file are; raise ArticleError."""
    fields = {**front_matter_fields(article), **given}
    return build_article(article.id, fields, "published", article.paragraphs, article.dropped)
