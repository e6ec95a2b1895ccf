"""Articles written as Markdown that is read back as the same article."""

import json
import re
from dataclasses import asdict

from bot.articles.article import Article, Block, CitedSource
from bot.articles.characters import one_line
from bot.articles.readers import markdown_blocks

_SPECIAL = re.compile(r"[!-/:-@\[-`{-~•]")
_OPENING = re.compile(r"\S+")


def front_matter_fields(article: Article) -> dict[str, str | None]:
    """Return the fields of an article as its file has them, None for what it lacks."""
    return {
        "title": article.title,
        "outlet": article.outlet,
        "url": article.url,
        "author": article.author,
        "published": article.published.isoformat() if article.published else None,
        "language": article.language,
    }


def write_markdown(article: Article) -> str:
    """Write front matter, headings and paragraphs; what Markdown or YAML would take for its own is escaped."""
    fields = front_matter_fields(article)
    # JSON's strings are YAML's too, once nothing unseen is in them.
    matter = [f"{name}: {json.dumps(one_line(value), ensure_ascii=False)}" for name, value in fields.items() if value]
    if article.sources:
        matter.append(f"sources: {json.dumps([_filled(source) for source in article.sources], ensure_ascii=False)}")
    return "\n".join(["---", *matter, "---", "", *_body(article)])


def _filled(source: CitedSource) -> dict[str, str]:
    """Return the fields of a source that it has."""
    return {name: value for name, value in asdict(source).items() if value}


def _body(article: Article) -> list[str]:
    lines: list[str] = []
    section = None
    for paragraph in article.paragraphs:
        if paragraph.section not in {section, None}:
            lines += [_written(Block(one_line(paragraph.section or ""), heading=True)), ""]
        section = paragraph.section
        lines += [_written(Block(one_line(paragraph.text))), ""]
    return lines


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
