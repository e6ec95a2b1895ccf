"""What stands behind a quote, in words; and links that open at it: https://wicg.github.io/scroll-to-text-fragment/."""

from collections.abc import Callable, Iterator, Sequence
from urllib.parse import quote as percent_encode

from bot.answering import Quote
from bot.articles import Article, CitedSource
from bot.texts.catalogue import Texts

TEXT_DIRECTIVE = "#:~:text="
LONGEST_DIRECTIVE = 300
"""Characters. Chosen: six Arabic words, percent-encoded, and a link still leaves a card room for its quotes."""

# Words of either end of a quote that stand for a long one, the most first. Chosen.
_WORDS_OF_END = (6, 5, 4, 3, 2)
_WORDS_BEFORE = (1, 2, 3)
# What `percent_encode` leaves, and the directive or Discord's markup would read.
_READ_AS_MARKUP = str.maketrans({"-": "%2D", "_": "%5F", "~": "%7E"})


def cited_text(sources: Sequence[CitedSource], texts: Texts, write: Callable[[CitedSource], str]) -> str:
    """Name the sources that an article rests on, with their days; `write` writes a name."""
    named = (
        texts("answer.cited_dated", name=write(source), date=texts.day_month_or_year(source.published))
        if source.published
        else write(source)
        for source in sources
    )
    return texts("answer.cited", sources=f"{texts('answer.cited_separator')} ".join(named))


def dead_text(article: Article, texts: Texts) -> str | None:
    """Say since when the link of an article is dead; None where it is not."""
    return texts("answer.dead", date=texts.day(article.dead_since)) if article.dead_since else None


def quote_link(quote: Quote) -> str | None:
    """Return the link of a quote's article, None where it has none that works, opening at the quote where it can.

    It stays plain where it has a fragment of its own, and where no directive of `LONGEST_DIRECTIVE` characters leads
    to the quote rather than to earlier words of the article that are the same.
    """
    url = quote.article.live_url
    if url is None or "#" in url:
        return url
    before = [paragraph.text for paragraph in quote.article.paragraphs[: quote.paragraph + 1]]
    before[-1] = before[-1][: quote.start]
    return url + text_directive("\n".join(before), quote.text)


def text_directive(before: str, text: str) -> str:
    """Return the directive that finds a text behind others of its page; empty where none is short enough.

    `before` has a paragraph a line. A short text is named whole, a long one by its first and last words, which never
    overlap; words before it set it apart from the same words earlier.
    """
    words = text.split()
    ends = [(" ".join(words[:count]), " ".join(words[-count:])) for count in _WORDS_OF_END if 2 * count < len(words)]
    folded = before.casefold()
    for start, end in [(text, ""), *ends]:
        # To encode words takes longer than to see that they are too long: a byte of a letter takes three characters.
        if 3 * len((start + end).encode(errors="replace")) - 2 * len(start + end) > LONGEST_DIRECTIVE:
            continue
        for prefix in _prefixes(before, folded + text[: len(start) - 1].casefold(), start):
            parts = (f"{_encode(prefix)}-" if prefix else "", _encode(start), _encode(end))
            directive = TEXT_DIRECTIVE + ",".join(filter(None, parts))
            if len(directive) <= LONGEST_DIRECTIVE:
                return directive
    return ""


def _prefixes(before: str, earlier: str, start: str) -> Iterator[str]:
    """Yield no prefix where the start is the first of its kind, else words before it that make it so.

    `earlier` is all that ends before the start's own end. Browsers take the first match, whatever letters are capitals.
    """
    if start.casefold() not in earlier:
        yield ""
        return
    words = before.rpartition("\n")[2].split()
    for count in _WORDS_BEFORE:
        if count <= len(words):
            prefix = " ".join(words[-count:])
            if f"{prefix} {start}".casefold() not in earlier:
                yield prefix


def _encode(text: str) -> str:
    return percent_encode(text, safe="", errors="replace").translate(_READ_AS_MARKUP)
