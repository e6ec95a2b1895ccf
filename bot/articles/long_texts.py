"""Overlong texts divided into paragraphs, so that the cost of a question is bounded."""

from collections.abc import Iterator

from bot.arabic import Span, sentences

# Of 21,000 paragraphs of news the longest has 1,569 words and 9,682 characters: longer ones are whole articles whose
# line breaks were lost, or made to hold the bot up, since of each candidate all is read.
MOST_WORDS = 2000
MOST_CHARACTERS = 12_000
# As long as one paragraph of news in five hundred, so that a quote's place in the article still says something.
_WORDS = 400
_CHARACTERS = 3000


def split_long_text(text: str) -> Iterator[str]:
    """Yield a text, or where it is too long its pieces: whole sentences, in order, with nothing but space between them.

    What has no sentences is divided at commas, or else between words, or else anywhere (see `sentences`).
    """
    # Of so few characters no text has too many words.
    if len(text) < 2 * MOST_WORDS or (len(text) <= MOST_CHARACTERS and len(text.split()) <= MOST_WORDS):
        yield text
        return
    start = end = words = 0
    for span in sentences(text):
        more = _count(text, span)
        if words and (words + more > _WORDS or span.end - start > _CHARACTERS):
            yield text[start:end]
            words = 0
        start = start if words else span.start
        end, words = span.end, words + more
    if words:
        yield text[start:end]


def _count(text: str, span: Span) -> int:
    return len(text[span.start : span.end].split())
