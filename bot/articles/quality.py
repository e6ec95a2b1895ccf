"""Warnings of articles that look wrong: no date, hardly any text, mojibake, error pages, paywalls."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from enum import StrEnum

from bot.articles.article import Article
from bot.articles.html import has_phrase, is_paywall_notice
from bot.articles.marks import BoilerplatePhrases, fold

_OLDEST_YEAR = 1950
_ONE_BLOCK_WORDS = 200
_BLOCKS_WORDS = 300  # on average, as a single block has that was divided
_FEWEST_WORDS = 10
_SHORT_WORDS = 30  # one article in seventy of a radio station's has fewer
ERROR_WORDS = 60
"""The pages of errors have fewer words; what has more may quote how they put it."""
_LAST_TEXTS = 3  # where a wall stands
_PARTS_OF_TITLE = re.compile(r"[|:•·»]|\s[\-–—]\s")
_MOST_DROPPED = 0.6  # of the blocks of a file
_FEWEST_DROPPED = 4
_LEAST_ARABIC = 0.5  # of the letters
_SHORTEST_SAMPLE = 15  # characters; less says nothing about a language or an encoding

_ARABIC = re.compile("[\u0620-\u064a\u066e-\u06d3\ufb50-\ufdff\ufe70-\ufeff]")
# UTF-8 or Windows-1256 read as a Latin encoding: «Ø§Ù„» or «ÇáÚ». No language writes a third of its letters so.
_AS_LATIN = re.compile("[À-ÿ]")
_MOST_AS_LATIN = 0.35
# UTF-8 read as Windows-1256: «ط§ظ„». Each letter became ط or ظ and a sign that is hardly ever behind these.
_AS_ARABIC = re.compile("[طظ][\u00a0-\u00bf\u200c-\u200f\u2013-\u203a€™Œœƒˆٹپچژڈگکڑںھ،؛؟]")
_MOST_AS_ARABIC = 0.15
# The opening of UTF-8's quotation marks and dashes, read as Windows-1252.
_SPOILT_QUOTE = "â€"
_LOST = "\ufffd"
_MOST_LOST = 0.01


class QualityWarning(StrEnum):
    """Kinds of warnings; each has a sentence in the reply texts."""

    NO_DATE = "no_date"
    FUTURE_DATE = "future_date"
    OLD_DATE = "old_date"
    EMPTY = "empty"
    SHORT = "short"
    ONE_BLOCK = "one_block"
    NAVIGATION = "navigation"
    MOJIBAKE = "mojibake"
    FOREIGN = "foreign"
    TITLE_AS_BODY = "title_as_body"
    SAME_TITLE = "same_title"
    ERROR_PAGE = "error_page"
    PAYWALL = "paywall"
    FRONT = "front"  # only pages show this, not the articles made of them


NO_ARTICLE_WARNINGS = frozenset(map(QualityWarning, ("empty", "short", "error_page", "paywall", "front")))
"""The warnings that a page may have no article, or not the whole of it."""


def quality_warnings(
    articles: Iterable[Article], today: date, phrases: BoilerplatePhrases
) -> Mapping[QualityWarning, tuple[Article, ...]]:
    """Group the articles of a corpus by their warnings, each group in the order of the articles."""
    found: defaultdict[QualityWarning, list[Article]] = defaultdict(list)
    by_title: defaultdict[str, list[Article]] = defaultdict(list)
    for article in articles:
        by_title[fold(article.title)].append(article)
        for warning in article_warnings(article, today, phrases):
            found[warning].append(article)
    for same in by_title.values():
        if len(same) > 1:
            found[QualityWarning.SAME_TITLE] += same
    return {warning: tuple(found[warning]) for warning in QualityWarning if warning in found}


def article_warnings(article: Article, today: date, phrases: BoilerplatePhrases) -> tuple[QualityWarning, ...]:
    """List the warnings of an article, regardless of all others."""
    texts = [paragraph.text for paragraph in article.paragraphs]
    words = sum(len(text.split()) for text in texts)
    return (
        *_of_fields(article, today, texts, words),
        *_of_page(article, phrases, texts, words),
        *_of_letters(article, texts),
    )


def _of_fields(article: Article, today: date, texts: list[str], words: int) -> Iterator[QualityWarning]:
    if article.published is None:
        yield QualityWarning.NO_DATE
    elif article.published > today:
        yield QualityWarning.FUTURE_DATE
    elif article.published.year < _OLDEST_YEAR:
        yield QualityWarning.OLD_DATE
    if words < _FEWEST_WORDS:
        yield QualityWarning.EMPTY
    elif words < _SHORT_WORDS:
        yield QualityWarning.SHORT
    if words > (_ONE_BLOCK_WORDS if len(texts) == 1 else _BLOCKS_WORDS * len(texts)):
        yield QualityWarning.ONE_BLOCK
    if article.dropped >= max(_FEWEST_DROPPED, _MOST_DROPPED * (article.dropped + len(texts))):
        yield QualityWarning.NAVIGATION
    if texts and fold(texts[0]) == fold(article.title):
        yield QualityWarning.TITLE_AS_BODY


def _of_page(article: Article, phrases: BoilerplatePhrases, texts: list[str], words: int) -> Iterator[QualityWarning]:
    """Recognise pages that were saved in the place of an article."""
    error_phrases = phrases.error_phrases if words < ERROR_WORDS else ()
    parts = _PARTS_OF_TITLE.split(article.title)
    titles = {fold(article.title), *(map(fold, parts) if len(parts) > 1 else ())}
    # Other news may stand below an error.
    is_error = len(article.title.split()) <= phrases.line_words and has_phrase(article.title, phrases.gone)
    is_error |= not titles.isdisjoint(phrases.error_titles)
    if is_error or any(has_phrase(text, error_phrases) for text in texts):
        yield QualityWarning.ERROR_PAGE
    if any(is_paywall_notice(text, phrases) for text in texts[-_LAST_TEXTS:]):
        yield QualityWarning.PAYWALL


def _of_letters(article: Article, texts: list[str]) -> Iterator[QualityWarning]:
    if any(map(is_mojibake, (article.title, *texts))):
        yield QualityWarning.MOJIBAKE
        return
    body = " ".join(texts)
    letters = sum(map(str.isalpha, body))
    if letters >= _SHORTEST_SAMPLE and len(_ARABIC.findall(body)) < _LEAST_ARABIC * letters:
        yield QualityWarning.FOREIGN


def is_mojibake(text: str) -> bool:
    """Whether a text was read in a wrong encoding."""
    size = len(text) - text.count(" ")
    if size < _SHORTEST_SAMPLE:
        return False
    return (
        _SPOILT_QUOTE in text
        or text.count(_LOST) > _MOST_LOST * size
        or len(_AS_LATIN.findall(text)) > _MOST_AS_LATIN * size
        or len(_AS_ARABIC.findall(text)) > _MOST_AS_ARABIC * size
    )
