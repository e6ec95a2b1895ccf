"""Articles made of fetched pages, of files and of typed text, checked, with a report of what was left out."""

import logging
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, astuple, dataclass
from datetime import UTC, datetime
from typing import Any

from bot.articles.article import (
    Article,
    ArticleError,
    Block,
    RejectionReason,
    article_fields,
    article_of,
    make_paragraphs,
)
from bot.articles.boilerplate import strip_navigation
from bot.articles.characters import one_line, unify_newlines
from bot.articles.corpus import read_article
from bot.articles.html import ExtractionReport, SavedPage, is_front_page, read_page, report_extraction
from bot.articles.marks import BoilerplatePhrases
from bot.articles.quality import QualityWarning, article_warnings
from bot.articles.readers import front_matter_fields, read_markdown, write_markdown
from bot.articles.validation import build_article
from bot.storage import encode
from bot.workers.child_process import CallError, ChildError, ChildProcess

logger = logging.getLogger(__name__)

_SECONDS = 60.0  # chosen: on a busy machine, several times what the largest page takes
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
    article = read.article
    if given:  # checked as the fields of a file are
        fields = {**front_matter_fields(article), **given}
        article = build_article(article.id, fields, "published", article.paragraphs, article.dropped)
    text = write_markdown(article)
    # What is reported is what will be read.
    written = read_markdown(name, text, phrases)
    warnings = article_warnings(article, datetime.now(UTC).date(), phrases)
    if is_front_page(read.page_blocks, article):
        warnings = (*warnings, QualityWarning.FRONT)
    return ImportedArticle(written, text, report_extraction(read.page_blocks, written, phrases), warnings)


async def import_page_apart(
    name: str, page: SavedPage, phrases: BoilerplatePhrases, given: Mapping[str, str] | None = None
) -> ImportedArticle:
    """Import a page in a child process, which ends with one that takes too long; raise ArticleError."""
    record = {"name": name, "url": page.url, "phrases": asdict(phrases), "given": dict(given or {})}
    function = f"{__name__}:{import_answer.__name__}"
    try:
        found = await ChildProcess().call(function, record, encode(page.html), _SECONDS)
    except CallError as error:
        logger.warning("Reading the page %r failed unexpectedly; nothing is imported:\n%s", name[:200], error)
        raise ArticleError(RejectionReason.NO_BODY) from error
    except ChildError as error:
        raise ArticleError(RejectionReason.HUNG) from error
    if "reason" in found:
        raise ArticleError(RejectionReason(found["reason"]), found["line"], found["detail"], found["field"])
    warnings = [QualityWarning(warning) for warning in found["warnings"]]
    missing, navigation, fragments = found["extraction"]
    extraction = ExtractionReport(tuple(missing), navigation, fragments)
    return ImportedArticle(article_of(found["article"]), found["text"], extraction, warnings)


def import_answer(record: dict[str, Any], data: bytes) -> dict[str, Any]:
    """Import a page, in the child."""
    page = SavedPage(data.decode("utf-8", "surrogatepass"), record["url"])
    phrases = BoilerplatePhrases.from_lists(record["phrases"])
    try:
        imported = import_page(record["name"], page, phrases, record["given"])
    except ArticleError as error:
        return {"reason": error.reason, "line": error.line, "detail": error.detail, "field": error.field}
    extraction = astuple(imported.extraction)
    article = article_fields(imported.article)
    return {"article": article, "text": imported.text, "extraction": extraction, "warnings": [*imported.warnings]}


def import_text(name: str, body: str, phrases: BoilerplatePhrases, given: Mapping[str, str]) -> ImportedArticle:
    """Make an article of a text, whose paragraphs blank lines part, and of its fields; raise ArticleError."""
    blocks = [Block(text) for part in _BLANK_LINES.split(unify_newlines(body)) if (text := one_line(part))]
    kept = strip_navigation(blocks, phrases)
    return _imported(build_article(name, given, "published", make_paragraphs(kept), len(blocks) - len(kept)), phrases)


def import_file(name: str, data: bytes, phrases: BoilerplatePhrases) -> ImportedArticle:
    """Import an article file that is no page, by the end of its name; raise ArticleError."""
    return _imported(read_article(name, data, phrases), phrases)


def _imported(article: Article, phrases: BoilerplatePhrases) -> ImportedArticle:
    text = write_markdown(article)
    warnings = article_warnings(article, datetime.now(UTC).date(), phrases)
    extraction = ExtractionReport(navigation=article.dropped)
    return ImportedArticle(read_markdown(article.id, text, phrases), text, extraction, warnings)
