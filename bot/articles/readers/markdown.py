"""Markdown article files read and written: front matter, headings, paragraphs, inline markup as plain text."""

import html
import json
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from itertools import islice

from bot.articles.article import Article, ArticleError, Block, RejectionReason, make_paragraphs
from bot.articles.boilerplate import strip_navigation
from bot.articles.characters import drop_invisible, one_line, unify_newlines
from bot.articles.marks import BoilerplatePhrases
from bot.articles.readers.front_matter import read_front_matter
from bot.articles.validation import MOST_PARAGRAPHS, build_article, check_count, with_cited_sources

# Every pattern runs in linear time on hostile text: no class in it can reach past the character it begins with, and a
# run of signs is tried once, from its beginning.
_IMAGE = re.compile(r"!\[[^\[\]]*\](?:\((?:[^()]|\([^()]*\))*+\)|\[[^\[\]]*\])")
_LINK = re.compile(r"(?<!\\)\[([^\[\]]*)\](?:\((?:[^()]|\([^()]*\))*+\)|\[[^\[\]]+\])")
_AUTOLINK = re.compile(r"<(https?://[^<>\s]*)>")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_STARS = re.compile(r"(?<![\\*])(\*{1,3})(?=[^\s*])([^*]*[^\s*])\1(?!\*)")
_UNDERSCORES = re.compile(r"(?<![\\\w])(_{1,3})(?=[^\s_])([^_]*[^\s_])\1(?!\w)")
_STRUCK = re.compile(r"~~([^~]+)~~")
_CODE = re.compile(r"(?<!`)`++([^`]+)`++")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|\w{2,32});")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")

_HEADING = re.compile(r" {0,3}#{1,6}(?:\s|$)")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-+)\s*")
_BREAKS = (
    re.compile(r" {0,3}(?:[-*_] *+){3,}"),  # a rule
    re.compile(r" {0,3}(?:```|~~~).*"),  # the fence of a code block
    re.compile(r" {0,3}\[[^\[\]]+\]:\s*\S.*"),  # a link's definition
)
_QUOTE = re.compile(r"(?: {0,3}> ?)+")
_BULLET = re.compile(r"\s*[-*+•]\s+")
_NUMBER = re.compile(r"\s*\d{1,3}[.)]\s+")
_SPECIAL = re.compile(r"[!-/:-@\[-`{-~•]")
_OPENING = re.compile(r"\S+")


def plain_text(markdown: str) -> str:
    """Strip links, images, emphasis, tags and escapes from one paragraph."""
    text = _IMAGE.sub("", markdown)
    text = _LINK.sub(r"\1", text)
    text = _TAG.sub(" ", _AUTOLINK.sub(r"\1", text))
    for _ in range(2):  # emphasis within emphasis
        text = _UNDERSCORES.sub(r"\2", _STARS.sub(r"\2", text))
    text = _CODE.sub(r"\1", _STRUCK.sub(r"\1", text))
    return one_line(_ENTITY.sub(lambda entity: html.unescape(entity[0]), _ESCAPED.sub(r"\1", text)))


def read_markdown(article_id: str, text: str, phrases: BoilerplatePhrases) -> Article:
    """Read one article, or raise ArticleError."""
    text = drop_invisible(unify_newlines(text))
    if not text.strip():
        raise ArticleError(RejectionReason.EMPTY)
    matter = read_front_matter(text)
    blocks = list(islice(markdown_blocks(_without_comments(matter.body)), MOST_PARAGRAPHS + 1))
    check_count(len(blocks))
    body = strip_navigation(blocks, phrases)
    try:
        article = build_article(article_id, matter.fields, "published", make_paragraphs(body), len(blocks) - len(body))
    except ArticleError as error:
        error.line = matter.lines.get(error.field or error.detail)
        raise
    article = with_cited_sources(article, matter.fields.get("sources"))
    for remark in article.remarks:
        remark.line = matter.lines.get(remark.field)
    return article


def _without_comments(text: str) -> str:
    """Drop HTML comments; one that never ends stays, rather than hide the rest of the article."""
    kept = []
    position = 0
    while (start := text.find("<!--", position)) >= 0 and (end := text.find("-->", start)) >= 0:
        kept.append(text[position:start])
        position = end + len("-->")
    return "".join([*kept, text[position:]])


@dataclass(slots=True)
class _Draft:
    """A block while its lines come in."""

    lines: list[str] = field(default_factory=list)
    heading: bool = False
    item: bool = False


def markdown_blocks(body: str) -> Iterator[Block]:
    """Cut a body into headings, list items and paragraphs."""
    drafts = [_Draft()]
    for line in body.split("\n"):
        _place(line[match.end() :] if (match := _QUOTE.match(line)) else line, drafts)
        # A line is added to the last draft alone, so that the others are finished, and a caller may stop.
        yield from _finished(drafts[:-1])
        del drafts[:-1]
    yield from _finished(drafts)


def _finished(drafts: list[_Draft]) -> Iterator[Block]:
    for draft in drafts:
        if text := plain_text(" ".join(draft.lines)):
            yield Block(text, draft.heading, draft.item)


def _place(line: str, drafts: list[_Draft]) -> None:
    """Add a line to the last draft, or begin another with it."""
    last = drafts[-1]
    if opening := _HEADING.match(line):
        words = line[opening.end() :].split()
        # A heading may have a closing run of #.
        text = " ".join(words[:-1] if words and not words[-1].strip("#") else words)
        drafts += [_Draft([text], heading=True), _Draft()]
    elif last.lines and not last.item and _UNDERLINE.fullmatch(line):
        last.heading = True
        drafts.append(_Draft())
    elif not line.strip() or any(form.fullmatch(line) for form in _BREAKS):
        drafts.append(_Draft())
    # A number may begin a list but not break into a paragraph: a line may begin with a year.
    elif marker := _BULLET.match(line) or (None if last.lines and not last.item else _NUMBER.match(line)):
        drafts.append(_Draft([line[marker.end() :]], item=True))
    else:
        last.lines.append(line)


def front_matter_fields(article: Article) -> dict[str, str | None]:
    """Return the fields of an article as its file has them, None for what it lacks."""
    return {
        "title": article.title,
        "outlet": article.outlet,
        "url": article.url,
        "author": article.author,
        "published": article.published.isoformat() if article.published else None,
        "language": article.language,
        "dead_since": article.dead_since.isoformat() if article.dead_since else None,
    }


def write_markdown(article: Article) -> str:
    """Write front matter, headings and paragraphs; what Markdown or YAML would take for its own is escaped."""
    fields = front_matter_fields(article)
    # JSON's strings are YAML's too, once nothing unseen is in them.
    matter = [f"{name}: {json.dumps(one_line(value), ensure_ascii=False)}" for name, value in fields.items() if value]
    if article.sources:
        sources = [{name: own for name, own in asdict(source).items() if own} for source in article.sources]
        matter.append(f"sources: {json.dumps(sources, ensure_ascii=False)}")
    lines, section = ["---", *matter, "---", ""], None
    for paragraph in article.paragraphs:
        if paragraph.section not in {section, None}:
            lines += [_written(Block(one_line(paragraph.section or ""), heading=True)), ""]
        section = paragraph.section
        lines += [_written(Block(one_line(paragraph.text))), ""]
    return "\n".join(lines)


def _written(block: Block) -> str:
    """Write a block plainly where it reads as itself, since these files are edited by hand; else with escapes."""
    # A comment may begin in one block and end in another.
    plain = block.text.replace("&", "&amp;").replace("<", "&lt;") if "<" in block.text else block.text
    escaped = (_OPENING.sub(_entities, plain, count=1), _entities(block.text))
    for text in (plain, *escaped):
        line = f"## {text}" if block.heading else text
        if list(markdown_blocks(line)) == [block]:
            return line
    return line


def _entities(text: str | re.Match[str]) -> str:
    found = text if isinstance(text, str) else text[0]
    return _SPECIAL.sub(lambda sign: f"&#{ord(sign[0])};", found)
