"""The pipeline from a web page to an article: extraction, repairs, checks."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from bot.arabic import ends_sentence
from bot.articles.article import Article, ArticleError, Block, RejectionReason, make_paragraphs
from bot.articles.boilerplate import strip_navigation
from bot.articles.html.extraction import Claim, extract_page
from bot.articles.html.foreign_sections import drop_comments
from bot.articles.html.metadata import saved_page_link
from bot.articles.html.order import (
    drop_links,
    restore_corrections,
    restore_headings,
    restore_items,
    restore_order,
    restore_standfirst,
)
from bot.articles.html.page_text import PageBlock
from bot.articles.html.prose import (
    drop_biography,
    drop_bylines,
    drop_fragments,
    is_paywall_notice,
    is_prose,
    strip_byline,
)
from bot.articles.marks import BoilerplatePhrases, fold
from bot.articles.validation import MAX_FIELD_LENGTHS, build_article

_SAMPLE = 8192  # characters; comments may stand before the page
_LEAST_WORDS = 3
_MOST_ABOUT = 3
_TEASER_WORDS = 150  # before a paywall; the whole articles that subscribers save have more
_MOST_MORE = 4  # words; titles are cut to fit


@dataclass(frozen=True, slots=True)
class PageArticle:
    """An article, all the text of its page, and what that page claims to be and is not."""

    article: Article
    page_blocks: tuple[PageBlock, ...]
    claim: Claim | None = None


def read_html(article_id: str, text: str, phrases: BoilerplatePhrases) -> Article:
    """Read the article of a page, or raise ArticleError."""
    return read_page(article_id, text, phrases).article


def read_page(
    article_id: str, text: str, phrases: BoilerplatePhrases, url: str | None = None, sites: Collection[str] = ()
) -> PageArticle:
    """Read a page that came from a link, and keep its whole text; raise ArticleError where it has no article.

    It may speak for the site of its link, and for `sites`.
    """
    if not text.strip():
        raise ArticleError(RejectionReason.EMPTY)
    head = text[:_SAMPLE].lower()
    if not any(opening in head for opening in ("<!doctype html", "<html", "<head", "<body")):
        raise ArticleError(RejectionReason.NO_PAGE)
    page = extract_page(text, phrases, url or saved_page_link(text), sites)
    ordered = drop_links(restore_order(page.blocks, page.page_blocks), page.page_blocks)
    restored = restore_corrections(restore_items(ordered, page.page_blocks), page.page_blocks, phrases)
    found = restore_headings(restored, page.page_blocks, phrases)
    title = fuller_headline(page.title, found)
    below_title = list(drop_headline_repeats(title, found))
    blocks = restore_standfirst(below_title, page.page_blocks, title, page.description, phrases)
    body, day = drop_bylines(strip_navigation(drop_comments(blocks, phrases), phrases), phrases)
    author = strip_byline(page.fields["author"], phrases)
    whole = list(drop_fragments(drop_biography(body, author, phrases)))
    if not any(map(is_prose, whole)):
        raise ArticleError(RejectionReason.NO_BODY)
    if sum(len(block.text.split()) for block in whole) <= _TEASER_WORDS:
        # The wall itself is a box that is no text of the article.
        shown = (block.text for block in page.page_blocks if not block.linked)
        if page.for_subscribers or any(is_paywall_notice(text, phrases) for text in shown):
            raise ArticleError(RejectionReason.PAYWALLED)
    published = page.fields["published"] or (day.isoformat() if day else None)
    fields = {**page.fields, "title": title, "author": author, "published": published}
    # What an extraction takes for a name may be a whole text. Better none than a wrong one.
    fields |= {
        name: None
        for name in MAX_FIELD_LENGTHS
        if name != "title" and len(fields[name] or "") > MAX_FIELD_LENGTHS[name]
    }
    dropped = len(blocks) - len(body)
    article = build_article(article_id, fields, "published", make_paragraphs(whole), dropped)
    return PageArticle(article, page.page_blocks, page.claim)


def fuller_headline(title: str, blocks: Sequence[Block]) -> str:
    """Return the line above the text that begins as the title does, or else the title."""
    folded = fold(title)
    size = folded.count(" ") + 1
    for block in takewhile(lambda block: not is_prose(block), blocks):
        words = fold(block.text).split()
        is_fuller = _LEAST_WORDS <= size < len(words) <= size + _MOST_MORE and words[:size] == folded.split(" ")
        if is_fuller and not block.heading and not ends_sentence(block.text):
            return block.text
    return title


def drop_headline_repeats(title: str, blocks: Sequence[Block]) -> Iterator[Block]:
    """Leave out blocks above the text that repeat the title, or are items of few words, and every heading that does."""
    folded = fold(title)
    # A long title is a sentence by its signs.
    top = list(takewhile(lambda block: not is_prose(block) or fold(block.text) == folded, blocks))
    above, items = len(top), sum(block.item for block in top)
    for place, block in enumerate(blocks):
        is_repeat = fold(block.text) == folded and (block.heading or place < above)
        # The writer, the outlet, the day and the section of an article may be a list.
        is_about = block.item and place < above and items <= _MOST_ABOUT and len(block.text.split()) <= _MOST_MORE
        if not (is_repeat or is_about):
            yield block
