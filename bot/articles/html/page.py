"""Reads saved web pages: the article that stands in the page, without what stands around it."""

from dataclasses import dataclass

from bot.articles.article import Article, ArticleError, RejectionReason, paragraphs_of
from bot.articles.boilerplate import strip_navigation
from bot.articles.html.credits import author_of, without_credits
from bot.articles.html.extraction import extract
from bot.articles.html.link_rows import without_rows
from bot.articles.html.metadata import saved_from
from bot.articles.html.order import as_on_page, with_headings, with_standfirst
from bot.articles.html.page_text import SeenBlock
from bot.articles.html.prose import is_byline, is_cut_off, is_dateline, is_prose, without_byline, without_fragments
from bot.articles.html.titles import headline_of, without_headline
from bot.articles.marks import Marks
from bot.articles.validation import LONGEST, build_article

_SAMPLE = 8192  # characters; comments may stand before the page
_OPENINGS = ("<!doctype html", "<html", "<head", "<body")


@dataclass(frozen=True, slots=True)
class PageArticle:
    """An article and all the text of the page that it was made from."""

    article: Article
    seen: tuple[SeenBlock, ...]


def read_html(article_id: str, text: str, marks: Marks) -> Article:
    """Read the article of a page, or raise ArticleError."""
    return read_page(article_id, text, marks).article


def read_page(article_id: str, text: str, marks: Marks, url: str | None = None) -> PageArticle:
    """Read a page that came from a link, and keep its whole text; raise ArticleError where it has no article."""
    if not text.strip():
        raise ArticleError(RejectionReason.EMPTY)
    head = text[:_SAMPLE].lower()
    if not any(opening in head for opening in _OPENINGS):
        raise ArticleError(RejectionReason.NO_PAGE)
    page = extract(text, marks, url or saved_from(text))
    found = with_headings(as_on_page(page.blocks, page.seen), page.seen, marks)
    title = headline_of(page.title, found)
    below_title = list(without_headline(title, found))
    blocks = with_standfirst(below_title, page.seen, title, page.description, marks)
    author = without_byline(page.author, marks)
    uncredited, credit = without_credits(blocks, author, marks)
    stripped = strip_navigation(uncredited, marks)
    unsigned = [block for block in stripped if not is_byline(block, marks) and not is_dateline(block, marks)]
    body = list(without_rows(unsigned, page.seen, marks))
    whole = list(without_fragments(body))
    if not any(map(is_prose, whole)):
        raise ArticleError(RejectionReason.NO_BODY)
    if is_cut_off(whole, marks, for_subscribers=page.for_subscribers):
        raise ArticleError(RejectionReason.PAYWALLED)
    fields = {
        "title": title,
        "outlet": page.outlet,
        "url": page.url,
        "author": author_of(author, credit),
        "published": page.published or (credit.day.isoformat() if credit.day else None),
        "language": page.language,
    }
    # What an extraction takes for a name may be a whole text. Better none than a wrong one.
    fields |= {name: None for name in LONGEST if name != "title" and len(fields[name] or "") > LONGEST[name]}
    dropped = len(uncredited) - len(body)
    article = build_article(article_id, fields, "published", paragraphs_of(whole), dropped)
    return PageArticle(article, page.seen)
