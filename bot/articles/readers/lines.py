"""The readers of lines: scraped plain text, a title and then a block a line, and JSON Lines, an article a line."""

import codecs
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from io import BufferedReader
from itertools import islice
from pathlib import Path

from bot.arabic import SentenceEnd, ends_sentence
from bot.articles.article import Article, ArticleError, Block, RejectionReason, make_paragraphs
from bot.articles.boilerplate import strip_navigation
from bot.articles.characters import is_binary, one_line, unify_newlines
from bot.articles.corpus_files import MOST_BYTES, open_regular
from bot.articles.marks import BoilerplatePhrases
from bot.articles.origins import NO_ORIGIN, Origin
from bot.articles.units import KnownArticle, KnownUnits, line_digest, remarked
from bot.articles.validation import MOST_PARAGRAPHS, build_article, check_count, id_from_record, with_cited_sources

_BLANK = b" \t\r\n\xef\xbb\xbf"
_HEADING_WORDS = 12
_LIST_MARKERS = ("-", "*", "•", "–", "—")
_PAGE_OPENINGS = ("<!doctype html", "<html")


def read_json_lines(
    path: Path,
    phrases: BoilerplatePhrases,
    advance: Callable[[int], None],
    known: KnownUnits,
    origin: Origin = NO_ORIGIN,
) -> Iterator[tuple[int | None, bytes, Article | KnownArticle | ArticleError]]:
    """Yield each line's number, its digest and its article or error; `advance` counts the bytes read.

    A line with a bad link or source gives both: an error that says so, and its article without it.
    """
    empty = True
    for number, line in enumerate(_lines(path, advance), 1):
        if isinstance(line, bytes) and not line.strip(_BLANK):
            continue
        empty = False
        digest = line_digest(line, origin.salt) if isinstance(line, bytes) else b""
        try:
            yield from remarked(number, digest, known.find(digest) or _read_line(line, phrases, origin))
        except ArticleError as error:
            error.line = number
            yield number, digest, error
    if empty:
        raise ArticleError(RejectionReason.EMPTY)


def _lines(path: Path, advance: Callable[[int], None]) -> Iterator[bytes | ArticleError]:
    """Yield lines, and an error in the place of each that is too long to hold."""
    with open_regular(path) as stream:
        # A file that is no JSON Lines is rejected once, not line by line.
        start = stream.peek(8)
        if is_binary(start):
            raise ArticleError(RejectionReason.BINARY)
        if start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            raise ArticleError(RejectionReason.ENCODING, detail="UTF-16")
        while line := _read(stream, advance):
            if len(line) <= MOST_BYTES:
                yield line
                continue
            while line and not line.endswith(b"\n"):
                line = _read(stream, advance)
            yield ArticleError(RejectionReason.TOO_LARGE)


def _read(stream: BufferedReader, advance: Callable[[int], None]) -> bytes:
    try:
        line = stream.readline(MOST_BYTES + 1)
    except OSError as error:
        raise ArticleError(RejectionReason.UNREADABLE) from error
    advance(len(line))
    return line


def _read_line(line: bytes | ArticleError, phrases: BoilerplatePhrases, origin: Origin) -> Article:
    if isinstance(line, ArticleError):
        raise line
    record = _parse(line)
    texts = record.get("paragraphs", [])
    texts = [] if texts is None else texts
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        raise ArticleError(RejectionReason.BAD_FIELD, detail="paragraphs")
    check_count(len(texts))
    blocks = [Block(text) for text in map(one_line, texts) if text]
    body = strip_navigation(blocks, phrases)
    # Ids are those of the whole corpus: two sources may count alike.
    name = origin.article_id(id_from_record(record))
    paragraphs, dropped = make_paragraphs(body), len(blocks) - len(body)
    try:
        article = build_article(name, record, "date", paragraphs, dropped)
    except ArticleError as error:
        if error.reason is not RejectionReason.BAD_URL:
            raise
        # Where something else is wrong, too, that is the reason.
        article = build_article(name, {**record, "url": None}, "date", paragraphs, dropped)
        article = replace(article, remarks=(ArticleError(RejectionReason.LINK_LEFT_OUT, detail=error.detail),))
    return origin.with_outlet(with_cited_sources(article, record.get("sources")))


def _parse(line: bytes) -> dict[str, object]:
    try:
        record = json.loads(line.removeprefix(codecs.BOM_UTF8).decode())
    except UnicodeDecodeError as error:
        raise ArticleError(RejectionReason.ENCODING) from error
    except (ValueError, RecursionError) as error:
        raise ArticleError(RejectionReason.BAD_JSON) from error
    if not isinstance(record, dict):
        raise ArticleError(RejectionReason.BAD_JSON)
    return record


def read_plain_text(article_id: str, text: str, phrases: BoilerplatePhrases) -> Article:
    """Read one article, or raise ArticleError."""
    if text.lstrip().lower().startswith(_PAGE_OPENINGS):
        raise ArticleError(RejectionReason.UNKNOWN_FORM, detail="HTML")
    lines = list(islice(filter(None, map(one_line, unify_newlines(text).split("\n"))), MOST_PARAGRAPHS + 2))
    if not lines:
        raise ArticleError(RejectionReason.EMPTY)
    check_count(len(lines) - 1)
    # Navigation goes first: a teaser between a heading and its paragraph must not hide the heading.
    blocks = strip_navigation([Block(line) for line in lines[1:]], phrases)
    dropped = len(lines) - 1 - len(blocks)
    return build_article(article_id, {"title": lines[0]}, "published", make_paragraphs(with_headings(blocks)), dropped)


def with_headings(blocks: Sequence[Block]) -> Iterator[Block]:
    """Mark the headings among paragraphs; the first block is the standfirst, however short."""
    short = [
        len(block.text.split()) <= _HEADING_WORDS
        and not ends_sentence(block.text, SentenceEnd.NO_HEADING)
        and not block.text.startswith(_LIST_MARKERS)
        for block in blocks
    ]
    for index, block in enumerate(blocks):
        leads = short[index] and short[index + 1 : index + 2] == [False]
        in_list = short[max(0, index - 2) : index] == [True, True]  # three short lines in a row: results, names
        yield replace(block, heading=index > 0 and leads and not in_list)
