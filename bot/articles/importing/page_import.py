"""Articles made of fetched pages, of files and of typed text, checked, with a report of what was left out."""

import json
import logging
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, astuple, dataclass, replace
from datetime import UTC, datetime
from typing import Any

from bot.articles.article import (
    Article,
    ArticleError,
    Block,
    CitedSource,
    RejectionReason,
    article_fields,
    article_of,
    make_paragraphs,
)
from bot.articles.boilerplate import strip_navigation
from bot.articles.characters import decode, one_line, unify_newlines
from bot.articles.corpus import read_article
from bot.articles.html import (
    ExtractionReport,
    SavedPage,
    decode_saved_page,
    is_front_page,
    read_page,
    report_extraction,
)
from bot.articles.marks import BoilerplatePhrases
from bot.articles.quality import QualityWarning, article_warnings
from bot.articles.readers import front_matter_fields, read_markdown, write_markdown
from bot.articles.validation import build_article
from bot.storage import encode
from bot.workers.child_process import CallError, ChildError, ChildProcess

logger = logging.getLogger(__name__)

_SECONDS = 60.0  # chosen: on a busy machine, several times what the largest page takes
_SAMPLE = 2048
_HEADING = re.compile(r"^#{1,6} ")


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
    imported = _imported(article, phrases)
    front = [QualityWarning.FRONT] if is_front_page(read.page_blocks, article) else []
    # What is reported is what will be read.
    extraction = report_extraction(read.page_blocks, imported.article, phrases)
    return replace(imported, extraction=extraction, warnings=(*imported.warnings, *front))


async def import_page_apart(
    name: str, page: SavedPage, phrases: BoilerplatePhrases, given: Mapping[str, str] | None = None
) -> ImportedArticle:
    """Import a page in a child process, which ends with one that takes too long; raise ArticleError."""
    record = {"url": page.url, "given": dict(given or {})}
    return await _import_apart(name, record, encode(page.html), phrases)


async def import_file_apart(name: str, data: bytes, phrases: BoilerplatePhrases) -> ImportedArticle:
    """Import an article file, or a page, in a child process, as `import_page_apart` does."""
    name = _meant_name(name, data)
    if name.lower().endswith((".html", ".htm")):
        return await import_page_apart(name, decode_saved_page(data), phrases)
    return await _import_apart(name, {}, data, phrases)


def _meant_name(name: str, data: bytes) -> str:
    """Return the name of a file with the ending that fits what a text or Markdown file holds."""
    if not name.lower().endswith((".txt", ".md")):
        return name
    head = data[:_SAMPLE].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith((b"<!doctype html", b"<html", b"<head", b"<body")):
        return f"{name}.html"
    has_matter = head.startswith(b"---") and b"\ntitle:" in head
    return f"{name}.md" if has_matter or head.startswith(b"# ") else name


async def _import_apart(
    name: str, record: Mapping[str, Any], data: bytes, phrases: BoilerplatePhrases
) -> ImportedArticle:
    function = f"{__name__}:{import_answer.__name__}"
    record = {"name": name, "phrases": asdict(phrases), **record}
    try:
        found = await ChildProcess().call(function, record, data, _SECONDS)
    except CallError as error:
        logger.warning("Reading %r failed unexpectedly; nothing is imported:\n%s", name[:200], error)
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
    """Import a page, or a file that is none and has nothing given, in the child."""
    phrases, name = BoilerplatePhrases.from_lists(record["phrases"]), record["name"]
    try:
        if "given" in record:
            page = SavedPage(data.decode("utf-8", "surrogatepass"), record["url"])
            imported = import_page(name, page, phrases, record["given"])
        else:
            imported = import_file(name, data, phrases)
    except ArticleError as error:
        return {"reason": error.reason, "line": error.line, "detail": error.detail, "field": error.field}
    extraction = astuple(imported.extraction)
    article = article_fields(imported.article)
    return {"article": article, "text": imported.text, "extraction": extraction, "warnings": [*imported.warnings]}


def import_text(
    name: str, body: str, phrases: BoilerplatePhrases, given: Mapping[str, str], sources: Sequence[CitedSource] = ()
) -> ImportedArticle:
    """Make an article of its fields and a text with blank lines and, before headings, ##; raise ArticleError."""
    parts = filter(None, map(one_line, re.split(r"\n[^\S\n]*(?:\n[^\S\n]*)+", unify_newlines(body))))
    blocks = [Block(_HEADING.sub("", part), heading=bool(_HEADING.match(part))) for part in parts]
    kept = strip_navigation(blocks, phrases)
    article = build_article(name, given, "published", make_paragraphs(kept), len(blocks) - len(kept))
    return _imported(replace(article, sources=tuple(sources)), phrases)


def import_file(name: str, data: bytes, phrases: BoilerplatePhrases) -> ImportedArticle:
    """Import an article file that is no page, by the end of its name; raise ArticleError."""
    text = decode(data).strip() if name.lower().endswith(".md") else "---"
    if text and not text.startswith("---"):
        # Its first line is its title, with # or without.
        title, _, body = text.partition("\n")
        data = f"---\ntitle: {json.dumps(one_line(title.lstrip('#')), ensure_ascii=False)}\n---\n{body}".encode()
    return _imported(read_article(name, data, phrases), phrases)


def _imported(article: Article, phrases: BoilerplatePhrases) -> ImportedArticle:
    text, extraction = write_markdown(article), ExtractionReport(navigation=article.dropped)
    warnings = article_warnings(article, datetime.now(UTC).date(), phrases)
    return ImportedArticle(read_markdown(article.id, text, phrases), text, extraction, warnings)
