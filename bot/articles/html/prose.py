"""Prose, and the blocks among it that are none: bylines, credits, paywall notices, fragments, rows of links."""

import re
from collections.abc import Iterable, Iterator, Sequence

from bot.arabic import SentenceEnd, ends_sentence
from bot.articles.article import Block
from bot.articles.credits import Credit, CreditForm, author_names, read_credit
from bot.articles.html.page_text import PageBlock
from bot.articles.marks import BoilerplatePhrases, fold, text_key

_TEASER_WORDS = 150  # before a paywall; the whole articles that subscribers save have more
_SENTENCE_WORDS = 8
_PUNCTUATION = frozenset(".،؛؟!,…")
_MOST_PROSE = 2  # paragraphs before a credit: the first may be a standfirst

_LEAST_WORDS = 3
_BAR = re.compile(r"(?:(?<!\s)\s++)?+[|│¦•·]++\s*+")
_LONGEST = 300  # characters
_FEWEST_LABELS = 3
_LABEL_WORDS = 3


def is_prose(block: Block) -> bool:
    """Whether a block is a sentence, not links in a row."""
    long = len(block.text.split()) >= _SENTENCE_WORDS
    return long and not block.heading and not _PUNCTUATION.isdisjoint(block.text)


def is_cut_off(blocks: Sequence[Block], phrases: BoilerplatePhrases, *, for_subscribers: bool) -> bool:
    """Whether blocks are a teaser before a paywall; `for_subscribers` is what the page's metadata says."""
    if sum(len(block.text.split()) for block in blocks) > _TEASER_WORDS:
        return False
    return for_subscribers or any(is_paywall_notice(block.text, phrases) for block in blocks)


def is_paywall_notice(text: str, phrases: BoilerplatePhrases) -> bool:
    """Whether a text is a short notice that the rest is for subscribers."""
    return len(text.split()) <= phrases.headline_words and has_phrase(text, phrases.paywalls)


def has_phrase(text: str, phrases: Iterable[str]) -> bool:
    """Whether one of some phrases stands in a text."""
    folded = f" {fold(text)} "
    return any(f" {phrase} " in folded for phrase in phrases)


def drop_fragments(blocks: Iterable[Block]) -> Iterator[Block]:
    """Leave out blocks of few words, unless they end a sentence or answer a question.

    The answer of an interview may be one word, and without it the next answer would stand under its question.
    """
    asked = False
    for block in blocks:
        if asked or not is_fragment(block):
            yield block
            asked = ends_sentence(block.text, SentenceEnd.QUESTION)


def is_fragment(block: Block) -> bool:
    """Whether a block is too short for a paragraph, and no sentence."""
    short = not block.heading and not block.item and len(block.text.split()) < _LEAST_WORDS
    is_sentence = any(map(str.isalpha, block.text)) and ends_sentence(block.text, SentenceEnd.PARAGRAPH)
    return short and not is_sentence


def is_byline(block: Block, phrases: BoilerplatePhrases) -> bool:
    """Whether a block is a short line that opens with «by», or that says when the article appeared or changed."""
    credit = read_credit(block.text, (), phrases)
    return credit is not None and bool(credit.forms & (CreditForm.BYLINE | CreditForm.DATELINE))


def drop_bylines(blocks: Iterable[Block], phrases: BoilerplatePhrases) -> list[Block]:
    """Leave out bylines and datelines, wherever they stand."""
    return [block for block in blocks if not is_byline(block, phrases)]


def drop_credits(
    blocks: Sequence[Block], author: str | None, phrases: BoilerplatePhrases
) -> tuple[list[Block], Credit]:
    """Leave out the credits above the text, under its first paragraph and behind it; return their author and day.

    `author` is the one of the page's metadata.
    """
    names = author_names(author)
    kept, found, prose = list[Block](), list[Credit](), 0
    for place, block in enumerate(blocks):
        # Behind the text only a name that is known makes a credit.
        is_near = prose < _MOST_PROSE or (place == len(blocks) - 1 and names)
        credit = read_credit(block.text, names, phrases) if is_near and not block.heading else None
        signed = CreditForm.AUTHOR if prose else CreditForm.AUTHOR | CreditForm.ADDRESS
        if credit is None or not credit.forms & signed:
            kept.append(block)
            prose += is_prose(block)
        else:
            found.append(credit)
    authors = (credit.author for credit in found if credit.author)
    days = (credit.day for credit in found if credit.day)
    return kept, Credit(next(authors, None), next(days, None))


def choose_author(author: str | None, credit: Credit) -> str | None:
    """Return the author that the page names, or else its credit's."""
    if author is None or credit.author is None:
        return author or credit.author
    # An address behind an Arabic name is read as more of the name.
    is_longer = author.startswith(f"{credit.author} ")
    with_address = is_longer and author.removeprefix(credit.author).isascii() and not credit.author.isascii()
    return credit.author if with_address else author


def drop_link_rows(
    blocks: Sequence[Block], page_blocks: Sequence[PageBlock], phrases: BoilerplatePhrases
) -> Iterator[Block]:
    """Leave out rows of nothing but links, and rows of short labels between bars before the text and behind it."""
    links = [block.text for block in page_blocks if block.link_row and not block.item]
    # The bars between the cells of a table are none of the page's own.
    rows, keys = frozenset(links), frozenset(map(text_key, links))
    prose = [place for place, block in enumerate(blocks) if is_prose(block)] or [0]
    for place, block in enumerate(blocks):
        is_edge = not prose[0] <= place <= prose[-1]
        if block.text in rows or (not block.item and text_key(block.text) in keys):
            is_row = len(block.text.split()) <= phrases.headline_words and not ends_sentence(block.text)
        else:
            # Rows of as many parts one below the other are a table that a page has in lines.
            beside = [*blocks[max(place - 1, 0) : place], *blocks[place + 1 : place + 2]]
            size, *sizes = (len(_BAR.split(each.text)) for each in (block, *beside))
            is_row = is_edge and is_label_row(block) and size not in sizes
        if block.heading or not is_row:
            yield block


def is_label_row(block: Block) -> bool:
    """Whether a block is a row of short labels between bars, without a number or a sentence."""
    if block.item or len(block.text) > _LONGEST:
        return False
    labels = [label for label in _BAR.split(block.text) if label]
    return (
        len(labels) >= _FEWEST_LABELS
        and all(len(label.split()) <= _LABEL_WORDS and not ends_sentence(label) for label in labels)
        and not any(map(str.isdigit, block.text))
    )
