"""The links of the articles in a file of any form, found without reading the articles."""

import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from bot.articles.article import ArticleError
from bot.articles.corpus_files import MOST_BYTES, open_regular, read_whole
from bot.articles.html import page_link, read_saved_page, saved_page_link, without_tracking
from bot.articles.readers import front_matter_lines, read_front_matter
from bot.articles.validation import web_address

_HEAD = 8192  # bytes; the front matter of an article
_FIELD = "url:"


def known_links(path: Path) -> Iterator[tuple[str, int | None]]:
    """Yield each link of a file, and its line where the file has an article a line; nothing for what cannot be read.

    Links come without tracking parameters, as those of pages do.
    """
    readers = {".md": _of_markdown, ".jsonl": _of_json_lines, ".html": _of_page, ".htm": _of_page}
    reader = readers.get(path.suffix.lower())
    try:
        for written, line in reader(path) if reader else ():
            if link := web_address(written):
                yield without_tracking(link), line
    except (ArticleError, OSError):
        return


def _of_markdown(path: Path) -> Iterator[tuple[str, None]]:
    lines = read_whole(path)[:_HEAD].decode("utf-8-sig", "replace").split("\n")
    inner = front_matter_lines(lines)
    line = next((line for line in lines[inner] if line.startswith(_FIELD)), None) if inner is not None else None
    if line is None:
        return
    # Of thousands of files, YAML reads this line in a quarter of the time that all of the front matter takes.
    written = read_front_matter(f"---\n{line}\n---\n").fields.get("url")
    if isinstance(written, str):
        yield written, None


def _of_page(path: Path) -> Iterator[tuple[str, None]]:
    page = read_saved_page(path)
    if link := page_link(page.html, saved_page_link(page.html)):
        yield link, None


def _of_json_lines(path: Path) -> Iterator[tuple[str, int]]:
    with open_regular(path) as stream:
        number = 1
        while line := stream.readline(MOST_BYTES):
            # Cheaper than to parse lines that have none.
            if b'"url"' in line:
                with suppress(ValueError, RecursionError):
                    record = json.loads(line.decode("utf-8-sig"))
                    if isinstance(record, dict) and isinstance(record.get("url"), str):
                        yield record["url"], number
            number += line.endswith(b"\n")
