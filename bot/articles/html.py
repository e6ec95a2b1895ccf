"""Reads saved web pages: the article that stands in the page, without what stands around it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bot.articles.article import Article, RejectionReason
from bot.articles.block import Block, paragraphs_of
from bot.articles.boilerplate import strip_navigation
from bot.articles.errors import ArticleError
from bot.articles.extraction import extract
from bot.articles.fields import build_article
from bot.articles.marks import Marks, fold
from bot.articles.page_fields import saved_from
from bot.articles.page_marks import is_byline, is_cut_off, without_byline
from bot.articles.short_blocks import without_fragments

_SENTENCE_WORDS = 8
_SAMPLE = 8192  # characters; comments may stand before the page
_OPENINGS = ("<!doctype html", "<html", "<head", "<body")
_PUNCTUATION = frozenset(".،؛؟!,…")


@dataclass(frozen=True, slots=True)
class PageArticle:
    """An article and what was left out of its page: blocks of navigation, and buttons and counters."""

    article: Article
    navigation: int
    short: int


def read_html(article_id: str, text: str, marks: Marks) -> Article:
    """Read the article of a page, or raise ArticleError."""
    return read_page(article_id, text, marks).article


def read_page(article_id: str, text: str, marks: Marks, url: str | None = None) -> PageArticle:
    """Read a page that came from a link, and say what was left out; raise ArticleError where it has no article."""
    if not text.strip():
        raise ArticleError(RejectionReason.EMPTY)
    head = text[:_SAMPLE].lower()
    if not any(opening in head for opening in _OPENINGS):
        raise ArticleError(RejectionReason.NO_PAGE)
    page = extract(text, url or saved_from(text))
    blocks = list(_without_title(page.blocks, page.title))
    body = [block for block in strip_navigation(blocks, marks) if not is_byline(block, marks)]
    whole = list(without_fragments(body))
    if not any(map(_is_prose, whole)):
        raise ArticleError(RejectionReason.NO_BODY)
    if is_cut_off(whole, marks, for_subscribers=page.for_subscribers):
        raise ArticleError(RejectionReason.PAYWALLED)
    fields = {
        "title": page.title,
        "outlet": page.outlet,
        "url": page.url,
        "author": without_byline(page.author, marks),
        "published": page.published,
        "language": page.language,
    }
    dropped = len(blocks) - len(body)
    article = build_article(article_id, fields, "published", paragraphs_of(whole), dropped)
    return PageArticle(article, dropped, len(body) - len(whole))


def _without_title(blocks: Iterable[Block], title: str) -> Iterator[Block]:
    """Leave out the headings that repeat the title: the article's paragraphs stand under none of them."""
    folded = fold(title)
    for block in blocks:
        if not (block.heading and fold(block.text) == folded):
            yield block


def _is_prose(block: Block) -> bool:
    """Tell a sentence from links in a row."""
    long = len(block.text.split()) >= _SENTENCE_WORDS
    return long and not block.heading and not _PUNCTUATION.isdisjoint(block.text)
