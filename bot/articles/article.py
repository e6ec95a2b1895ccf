"""Articles with their blocks and paragraphs, rejections of files that hold none, and what changed between versions."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import zip_longest
from typing import Any

from bot.arabic import Span, normal_words, sentences
from bot.errors import TextError

LONGEST_HEADING = 1000
"""Characters; a longer one is text, whatever a file calls it. Of 10,138 news articles the longest title has 106."""
# Of 21,000 paragraphs of news the longest has 1,569 words and 9,682 characters: longer ones are whole articles whose
# line breaks were lost, or made to hold the bot up, since of each candidate all is read.
MOST_WORDS = 2000
MOST_CHARACTERS = 12_000
# As long as one paragraph of news in five hundred, so that a quote's place in the article still says something.
_PIECE_WORDS = 400
_PIECE_CHARACTERS = 3000
# To compare two versions takes time by the square of their sentences; beyond these, changes are not looked for.
_MOST_SENTENCES = 400


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One body paragraph, as it is indexed and quoted, and the heading it stands under."""

    text: str
    section: str | None = None


@dataclass(frozen=True, slots=True)
class CitedSource:
    """Reporting that an article says it rests on; `published` is a day, a month or a year, as ISO 8601 writes them."""

    name: str
    url: str | None = None
    published: str | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """One published piece: its body without navigation, and what is known about it.

    `dead_since` is the day since which its link leads to nothing. `dropped` is the number of blocks of its file that
    were taken out as navigation; `remarks` say what else was left out when it was read. Neither counts in comparisons.
    """

    id: str
    title: str
    paragraphs: tuple[Paragraph, ...]
    outlet: str | None = None
    url: str | None = None
    author: str | None = None
    published: date | None = None
    language: str | None = None
    sources: tuple[CitedSource, ...] = ()
    dead_since: date | None = field(default=None, repr=False)
    dropped: int = field(default=0, compare=False, repr=False)
    remarks: "tuple[ArticleError, ...]" = field(default=(), compare=False, repr=False)

    @property
    def live_url(self) -> str | None:
        """The link, None where it is dead."""
        return self.url if self.dead_since is None else None


_DAYS = ("published", "dead_since")


def article_fields(article: Article) -> dict[str, Any]:
    """Return the fields of an article as JSON can hold them, without its remarks."""
    plain = {name: getattr(article, name) for name in ("id", "title", "outlet", "url", "author", "language", "dropped")}
    return plain | {
        "paragraphs": [(paragraph.text, paragraph.section) for paragraph in article.paragraphs],
        **{name: day.isoformat() if (day := getattr(article, name)) else None for name in _DAYS},
        "sources": [(source.name, source.url, source.published) for source in article.sources],
    }


def article_of(fields: Mapping[str, Any]) -> Article:
    """Make an article of its fields."""
    plain = dict(fields)
    plain["paragraphs"] = tuple(Paragraph(*paragraph) for paragraph in plain["paragraphs"])
    plain.update({name: date.fromisoformat(plain[name]) if plain[name] else None for name in _DAYS})
    plain["sources"] = tuple(CitedSource(*source) for source in plain["sources"])
    return Article(**plain)


class RejectionReason(StrEnum):
    """Why a file or line gave no article, or one without a link or source; each has a sentence in the reply texts."""

    MISSING = "missing"
    UNREADABLE = "unreadable"
    UNKNOWN_FORM = "unknown_form"
    MISPLACED = "misplaced"
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    BINARY = "binary"
    ENCODING = "encoding"
    NO_TITLE = "no_title"
    NO_BODY = "no_body"
    BAD_FRONT_MATTER = "bad_front_matter"
    BARE_COLON = "bare_colon"
    BAD_JSON = "bad_json"
    BAD_FIELD = "bad_field"
    LONG_FIELD = "long_field"
    BAD_DATE = "bad_date"
    BAD_URL = "bad_url"
    LINK_LEFT_OUT = "link_left_out"
    SOURCE_LEFT_OUT = "source_left_out"
    DUPLICATE_ID = "duplicate_id"
    PAYWALLED = "paywalled"
    HUNG = "hung"
    NO_PAGE = "no_page"
    OLD_DOCUMENT = "old_document"
    BROKEN_DOCUMENT = "broken_document"
    NO_EXTRA = "no_extra"


@dataclass(frozen=True, slots=True)
class Rejection:
    """A file, or one line of it, that could not be read, by name and reason; or what an article was read without.

    `line` is 1-based and None where the whole file is meant; `detail` is the part of the reason that
    only this file has (a field's name, a size), fit to be shown as it is.
    """

    path: str
    reason: RejectionReason
    line: int | None = None
    detail: str = ""

    @property
    def location(self) -> str:
        """The file's name, and the number of the line where the rejection is of a line."""
        return f"{self.path}:{self.line}" if self.line else self.path


def read_rejections(rows: Iterable[Sequence[Any]]) -> tuple[Rejection, ...]:
    """Make rejections of their fields, as JSON has them."""
    return tuple(Rejection(path, RejectionReason(reason), *rest) for path, reason, *rest in rows)


@dataclass(frozen=True, slots=True)
class Block:
    """One line or paragraph of a file; `heading` and `item` are known where the form marks them."""

    text: str
    heading: bool = False
    item: bool = False


def make_paragraphs(blocks: Iterable[Block], section: str | None = None) -> tuple[Paragraph, ...]:
    """Make paragraphs of body blocks, each under the last heading before it; overlong blocks become several."""
    paragraphs = []
    for block in blocks:
        if block.heading and len(block.text) <= LONGEST_HEADING:
            section = block.text
        else:
            paragraphs += [Paragraph(piece, section) for piece in split_long_text(block.text)]
    return tuple(paragraphs)


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
        more = len(text[span.start : span.end].split())
        if words and (words + more > _PIECE_WORDS or span.end - start > _PIECE_CHARACTERS):
            yield text[start:end]
            words = 0
        start = start if words else span.start
        end, words = span.end, words + more
    if words:
        yield text[start:end]


class ArticleError(TextError):
    """One reason for a rejection or a remark; the corpus adds the path, and `field` names what is wrong."""

    def __init__(self, reason: RejectionReason, line: int | None = None, detail: str = "", field: str = "") -> None:
        super().__init__(f"rejection.{reason.value}", detail=detail)
        self.reason = reason
        self.line = line
        self.detail = detail
        self.field = field

    def as_rejection(self, path: str) -> Rejection:
        """Return the rejection of the file that this happened in."""
        return Rejection(path, self.reason, self.line, self.detail)


@dataclass(frozen=True, slots=True)
class ChangedSentence:
    """A sentence of the old version and what stands in its place in the new one; one of them may be empty."""

    old: str
    new: str


def changed_sentences(old: Article, new: Article) -> Iterator[ChangedSentence]:
    """Yield the sentences, titles first, that are changed, removed or added, in the order of the text."""
    before, after = _sentences(old), _sentences(new)
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "equal":
            for removed, added in zip_longest(before[i1:i2], after[j1:j2], fillvalue=""):
                yield ChangedSentence(removed, added)


def _sentences(article: Article) -> list[str]:
    found = [article.title]
    for paragraph in article.paragraphs:
        if len(found) >= _MOST_SENTENCES:
            break
        found += [paragraph.text[span.start : span.end].strip() for span in sentences(paragraph.text)]
    return found[:_MOST_SENTENCES]


# Chosen: of a sentence whose figure, name or day was corrected more than half of the words are the same.
_LEAST_ALIKE = 0.6


def has_sentences(article: Article, quoted: str) -> bool:
    """Whether an article still has every sentence of a quote, wherever, but for signs that are no words."""
    if any(quoted in paragraph.text for paragraph in article.paragraphs):
        return True
    texts = [f" {' '.join(normal_words(paragraph.text))} " for paragraph in article.paragraphs]
    own = (" ".join(normal_words(quoted[span.start : span.end])) for span in sentences(quoted))
    return all(any(f" {words} " in text for text in texts) for words in own if words)


def find_successor(article: Article, quoted: str) -> tuple[int, Span] | None:
    """Return the paragraph and the span of what stands in a quote's place in a later version; None where nothing does.

    These are the sentences that are most like those quoted, as far as they follow each other in one paragraph.
    """
    places = [
        (number, span, normal_words(paragraph.text[span.start : span.end]))
        for number, paragraph in enumerate(article.paragraphs)
        for span in sentences(paragraph.text)
    ][:_MOST_SENTENCES]
    matched = set[int]()
    for sentence in sentences(quoted):
        matcher = SequenceMatcher(None, b=normal_words(quoted[sentence.start : sentence.end]), autojunk=False)
        best, at = _LEAST_ALIKE, -1
        for index, (_, _, words) in enumerate(places):
            matcher.set_seq1(words)
            # The quick ones are never lower than the ratio itself.
            if min(matcher.real_quick_ratio(), matcher.quick_ratio()) >= best and matcher.ratio() > best:
                best, at = matcher.ratio(), index
        if at >= 0:
            matched.add(at)
    if not matched:
        return None
    first = last = min(matched)
    number = places[first][0]
    while last + 1 in matched and places[last + 1][0] == number:
        last += 1
    return number, Span(places[first][1].start, places[last][1].end)
