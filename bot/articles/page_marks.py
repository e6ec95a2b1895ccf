"""What only web pages have around an article, recognised by the marks: bylines and paywalls."""

from collections.abc import Sequence

from bot.articles.block import Block
from bot.articles.marks import Marks, fold

_TEASER_WORDS = 150  # before a paywall; the whole articles that subscribers save have more
_SENTENCE_ENDS = (".", "؟", "!", "…")


def is_byline(block: Block, marks: Marks) -> bool:
    """Tell whether a block is a short line with the author's name."""
    short = len(block.text.split()) <= marks.line_words and not block.text.endswith(_SENTENCE_ENDS)
    return short and _byline_words(block.text, marks) > 0


def without_byline(author: str | None, marks: Marks) -> str | None:
    """Take «by» off a name."""
    if author is None:
        return None
    return " ".join(author.split()[_byline_words(author, marks) :]).strip(":،,- ") or None


def is_cut_off(blocks: Sequence[Block], marks: Marks, *, for_subscribers: bool) -> bool:
    """Tell whether a text is the little that a paywall shows; `for_subscribers` is what the page says of itself."""
    if sum(len(block.text.split()) for block in blocks) > _TEASER_WORDS:
        return False
    return for_subscribers or any(_is_paywall(block, marks) for block in blocks)


def _is_paywall(block: Block, marks: Marks) -> bool:
    short = len(block.text.split()) <= marks.headline_words
    return short and any(f" {phrase} " in f" {fold(block.text)} " for phrase in marks.paywalls)


def _byline_words(text: str, marks: Marks) -> int:
    """Count the words that a text opens with before a name stands."""
    folded = f"{fold(text)} "
    return max((len(phrase.split()) for phrase in marks.bylines if folded.startswith(f"{phrase} ")), default=0)
