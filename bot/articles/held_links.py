"""Finds the links of the articles in a file of any form, without reading the articles themselves."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

from bot.articles.errors import ArticleError
from bot.articles.extraction import link_of
from bot.articles.fields import web_address
from bot.articles.files import MOST_BYTES, open_regular, read_whole
from bot.articles.page_fields import saved_from
from bot.articles.saved_pages import read_saved

_LINK = re.compile(rb"^url:[ \t]*(\S[^\r\n]*)", re.MULTILINE)
_HEAD = 8192  # bytes; the front matter of an article
_QUOTES = "\"' \t"


def held_links(path: Path) -> Iterator[tuple[str, int | None]]:
    """Yield each link of a file, and its line where the file has an article a line; nothing for what cannot be read."""
    readers = {".md": _of_markdown, ".jsonl": _of_json_lines, ".html": _of_page, ".htm": _of_page}
    reader = readers.get(path.suffix.lower())
    try:
        for written, line in reader(path) if reader else ():
            if link := web_address(written):
                yield link, line
    except (ArticleError, OSError):
        return


def _of_markdown(path: Path) -> Iterator[tuple[str, None]]:
    match = _LINK.search(read_whole(path)[:_HEAD])
    if match is not None:
        yield match[1].decode("utf-8", "replace").strip(_QUOTES), None


def _of_page(path: Path) -> Iterator[tuple[str, None]]:
    page = read_saved(path)
    if link := link_of(page.html, saved_from(page.html)):
        yield link, None


def _of_json_lines(path: Path) -> Iterator[tuple[str, int]]:
    with open_regular(path) as stream:
        number = 1
        while line := stream.readline(MOST_BYTES):
            # Cheaper than to parse lines that have none.
            if b'"url"' in line and isinstance(link := _url_of(line), str):
                yield link, number
            number += line.endswith(b"\n")


def _url_of(line: bytes) -> object:
    try:
        record = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None
    return record.get("url") if isinstance(record, dict) else None
