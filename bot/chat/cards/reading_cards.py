"""Cards for reading on: the context of quotes, and further passages on a question."""

from collections.abc import Collection, Sequence

from bot.answering import Quote
from bot.arabic import Span
from bot.articles import Article
from bot.chat.cards.answer_card import question_lines, quote_blocks, scope_lines
from bot.chat.cards.button_ids import ButtonKind, custom_id, encode_scope
from bot.chat.cards.card import TEXT_LIMIT, Card
from bot.chat.cards.card_pages import page_items, page_rows
from bot.chat.cards.card_text import fit_quote, inline, size
from bot.chat.cards.source_lines import source_lines
from bot.retrieval import Scope
from bot.texts import Texts

_NEIGHBOUR = 400
# A neighbour that is cut shorter than this is left out.
_LEAST_NEIGHBOUR = 80

_A_PAGE = 2


def context_card(found: Sequence[Quote | None], texts: Texts) -> Card:
    """Lay out each quoted paragraph once, in the order of the quotes; say so where one is gone."""
    title, footnote = texts("context.title"), texts("context.footnote")
    gone = (texts("context.gone"),) if None in found else ()
    paragraphs: dict[tuple[str, int], list[Quote]] = {}
    for quote in filter(None, found):
        paragraphs.setdefault((quote.article.id, quote.paragraph), []).append(quote)
    if not paragraphs:
        return Card(gone, title=title)
    room = TEXT_LIMIT - sum(map(size, (*gone, f"### {title}", f"-# {footnote}")))
    each = room // len(paragraphs)
    articles = [article for article, _ in paragraphs]
    blocks = (
        _block(quotes, paragraphs.keys(), each, texts, again=article == previous)
        for quotes, article, previous in zip(paragraphs.values(), articles, (None, *articles), strict=False)
    )
    return Card((*blocks, *gone), title=title, footnote=footnote)


def _block(quotes: Sequence[Quote], shown: Collection[tuple[str, int]], room: int, texts: Texts, *, again: bool) -> str:
    """Lay out a paragraph with its source, between as much of its neighbours as fits.

    Small print follows the source, since some clients know it only below a line of plain text.
    """
    article, number = quotes[0].article, quotes[0].paragraph
    source = source_lines(quotes[0], texts, again=again)
    cut = f"-# {texts('card.cut')}"
    room -= size(source) + size(cut) + 2
    paragraph, is_cut = _paragraph(article.paragraphs[number].text, quotes, room)
    room -= size(paragraph)
    before, after = (
        _neighbour(article, beside, key, room // 2, texts) if (article.id, beside) not in shown else None
        for beside, key in ((number - 1, "context.before"), (number + 1, "context.after"))
    )
    return "\n".join(filter(None, (before, paragraph, source, cut if is_cut else None, after)))


def _paragraph(text: str, quotes: Sequence[Quote], room: int) -> tuple[str, bool]:
    """Set a paragraph as a block quote; of a long one the sentences around its first quote; tell whether it was cut."""
    spans = sorted((Span(quote.start, quote.end) for quote in quotes), key=lambda span: span.start)
    return fit_quote(text, room, spans)


def _neighbour(article: Article, number: int, key: str, room: int, texts: Texts) -> str | None:
    if not 0 <= number < len(article.paragraphs):
        return None
    room = min(room - size(f"-# {texts(key, words='')}\n"), _NEIGHBOUR)
    if room < _LEAST_NEIGHBOUR:
        return None
    return f"-# {texts(key, words=inline(article.paragraphs[number].text, room, texts.language))}"


def further_card(  # noqa: PLR0913 (the page and what it shows)
    question: str, earlier: str | None, quotes: Sequence[Quote], page: int, texts: Texts, *, scope: Scope | None = None
) -> Card:
    """Lay out a page of further passages below the question, which turning the page reads back."""
    above = (*question_lines(question, earlier, texts), *scope_lines(scope, texts))
    if not quotes:
        return Card((texts("further.nothing"),), above=above)
    shown, page, pages = page_items(quotes, page, _A_PAGE)
    title, footnote = texts("further.title"), texts("further.footnote", number=page + 1, count=pages)
    room = TEXT_LIMIT - sum(map(size, (*above, f"### {title}", f"-# {footnote}")))
    blocks = quote_blocks(shown, texts, room)
    code = f":{encode_scope(scope)}" if scope else ""
    rows = page_rows(page, pages, lambda number: custom_id(ButtonKind.PAGE, f"{number}{code}"), texts)
    return Card(blocks, above=above, title=title, footnote=footnote, rows=rows)
