"""The paragraphs that an answer's quotes come from, whole, the quotes in bold, between their neighbours."""

from collections.abc import Collection, Sequence

from bot.answering import Quote
from bot.arabic import Span
from bot.articles import Article
from bot.chat.card import ROOM, Card
from bot.chat.layout import fit, name, size
from bot.chat.neutralise import block_quote
from bot.chat.sources import source_lines
from bot.texts import Texts

_NEIGHBOUR = 400
# A neighbour that is cut shorter than this tells nothing.
_LEAST_NEIGHBOUR = 80


def context_card(found: Sequence[Quote | None], texts: Texts) -> Card:
    """Lay out each paragraph once, in the order of its quotes, and say where one is gone."""
    title, footnote = texts("context.title"), texts("context.footnote")
    gone = (texts("context.gone"),) if None in found else ()
    paragraphs: dict[tuple[str, int], list[Quote]] = {}
    for quote in filter(None, found):
        paragraphs.setdefault((quote.article.id, quote.paragraph), []).append(quote)
    if not paragraphs:
        return Card(gone, title=title)
    room = ROOM - sum(map(size, (*gone, f"### {title}", f"-# {footnote}")))
    each = room // len(paragraphs)
    articles = [article for article, _ in paragraphs]
    blocks = (
        _block(quotes, paragraphs.keys(), each, texts, again=article == previous)
        for quotes, article, previous in zip(paragraphs.values(), articles, (None, *articles), strict=False)
    )
    return Card((*blocks, *gone), title=title, footnote=footnote)


def _block(quotes: Sequence[Quote], shown: Collection[tuple[str, int]], room: int, texts: Texts, *, again: bool) -> str:
    """Lay out a paragraph with its source, between as much of its neighbours as there is room for.

    Small print follows the source, since some clients know it only below a line of plain text.
    """
    article, number = quotes[0].article, quotes[0].paragraph
    source = source_lines(quotes[0], texts, again=again)
    room -= size(source) + 1
    paragraph = _paragraph(article.paragraphs[number].text, quotes, room)
    room -= size(paragraph)
    before, after = (
        _neighbour(article, beside, key, room // 2, texts) if (article.id, beside) not in shown else None
        for beside, key in ((number - 1, "context.before"), (number + 1, "context.after"))
    )
    return "\n".join(filter(None, (before, paragraph, source, after)))


def _paragraph(text: str, quotes: Sequence[Quote], room: int) -> str:
    """Set a paragraph as a block quote; one too long for its room begins a little before the first of its quotes."""
    spans = sorted((Span(quote.start, quote.end) for quote in quotes), key=lambda span: span.start)
    if size(whole := block_quote(text, spans)) <= room:
        return whole
    first = spans[0].start
    begin = text.find(" ", max(first - room // 4, 0), first) + 1 if first > room // 4 else 0
    opening = "…" if begin else ""
    moved = len(opening) - begin

    def render(part: str) -> str:
        reached = (Span(span.start + moved, min(span.end + moved, len(part))) for span in spans)
        return block_quote(part, [span for span in reached if span.start < span.end])

    return fit(opening + text[begin:], room, render)


def _neighbour(article: Article, number: int, key: str, room: int, texts: Texts) -> str | None:
    if not 0 <= number < len(article.paragraphs):
        return None
    room = min(room - size(f"-# {texts(key, words='')}\n"), _NEIGHBOUR)
    if room < _LEAST_NEIGHBOUR:
        return None
    return f"-# {texts(key, words=name(article.paragraphs[number].text, room, texts.language))}"
