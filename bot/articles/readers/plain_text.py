"""The reader of scraped plain text: a title, a standfirst, then headings and paragraphs, one a line."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from bot.arabic import SentenceEnd, ends_sentence
from bot.articles.article import Article, ArticleError, Block, RejectionReason, make_paragraphs
from bot.articles.boilerplate import strip_navigation
from bot.articles.characters import one_line, unify_newlines
from bot.articles.marks import BoilerplatePhrases
from bot.articles.validation import MOST_PARAGRAPHS, build_article, check_count

_HEADING_WORDS = 12
_LIST_MARKERS = ("-", "*", "•", "–", "—")
_PAGE_OPENINGS = ("<!doctype html", "<html")


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
