"""Cards for reading on: the context of quotes, a citation to paste, and further passages on a question."""

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence

from bot.answering import Quote
from bot.arabic import Span
from bot.chat.cards.answer_card import question_lines, quote_blocks, scope_lines
from bot.chat.cards.button_ids import ButtonKind, custom_id, encode_scope
from bot.chat.cards.card import CODE_FENCE, TEXT_LIMIT, Attachment, Card, page_items, page_rows, room_beside
from bot.chat.cards.card_text import fit, join_with_commas, size
from bot.chat.cards.quote_text import block_quote, cut_notice, fit_quote
from bot.chat.cards.source_lines import source_line
from bot.retrieval import Scope
from bot.texts import Texts, dead_text

_NEIGHBOUR = 400
_APART = 2
# A neighbour that is cut shorter than this is left out.
_LEAST_NEIGHBOUR = 80

_A_PAGE = 2
_CITATION_FILE = "quote.txt"


def context_card(found: Sequence[Quote | None], texts: Texts) -> Card:
    """Lay out the quoted paragraphs between their neighbours, each once; say so where one is gone.

    Articles stand in the order of their quotes, paragraphs in the order of their article. Those that follow each other
    are one block, with the source below it.
    """
    title, footnote = texts("context.title"), texts("context.footnote")
    gone = (texts("context.gone"),) if None in found else ()
    quoted: dict[str, dict[int, list[Quote]]] = {}
    for quote in filter(None, found):
        quoted.setdefault(quote.article.id, {}).setdefault(quote.paragraph, []).append(quote)
    if not quoted:
        return Card(gone, title=title)
    room = room_beside(*gone, title=title, footnote=footnote)
    each = room // sum(map(len, quoted.values()))
    blocks = [block for quotes in quoted.values() for block in _blocks(quotes, each, texts)]
    return Card((*blocks, *gone), title=title, footnote=footnote)


def _blocks(quoted: Mapping[int, Sequence[Quote]], each: int, texts: Texts) -> Iterator[str]:
    """Lay out the quoted paragraphs of an article and their neighbours, as many characters each."""
    article = next(iter(quoted.values()))[0].article
    for number, run in enumerate(_runs(quoted, len(article.paragraphs))):
        quotes = [quoted[paragraph][0] for paragraph in run if paragraph in quoted]
        source = "\n".join(
            source_line(quote, texts, again=number > 0 or place > 0) for place, quote in enumerate(quotes)
        )
        cut = cut_notice(texts)
        room = each * len(quotes) - size(source) - size(cut) - 1
        shown: dict[int, str] = {}
        is_cut = False
        for paragraph in run:
            if paragraph in quoted:
                spans = sorted((Span(quote.start, quote.end) for quote in quoted[paragraph]), key=lambda one: one.start)
                words, each_room = article.paragraphs[paragraph].text, room // len(quotes) - _APART
                shown[paragraph], was_cut = fit_quote(words, each_room, spans)
                is_cut = is_cut or was_cut
        room -= sum(map(size, shown.values())) + _APART * len(shown)
        neighbours = [paragraph for paragraph in run if paragraph not in quoted]
        for paragraph in neighbours:
            is_before = paragraph + 1 in quoted and paragraph - 1 not in quoted
            beside = _neighbour(article.paragraphs[paragraph].text, room // len(neighbours), is_before=is_before)
            if beside:
                shown[paragraph] = beside
        yield "\n\n".join(shown[number] for number in run if number in shown) + f"\n{source}{cut if is_cut else ''}"


def _runs(quoted: Collection[int], count: int) -> list[list[int]]:
    near = {number + step for number in quoted for step in (-1, 0, 1)}
    runs: list[list[int]] = []
    for number in sorted(near.intersection(range(count))):
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return runs


def _neighbour(text: str, room: int, *, is_before: bool) -> str | None:
    """Set a neighbour as a block quote; a long one is cut to what is beside the quote. None where the room is small."""
    room = min(room - _APART, _NEIGHBOUR)
    if room < _LEAST_NEIGHBOUR:
        return None
    if is_before and size(block_quote(text)) > room:
        # Cut between words, to at least half of the room.
        cuts = [space.end() for space in re.finditer(r"\s+", text)]
        number = bisect_left(cuts, -room, key=lambda cut: -size(block_quote(f"…{text[cut:]}")))
        if number < len(cuts) and size(shown := block_quote(f"…{text[cuts[number] :]}")) * 2 > room:
            return shown
    return fit(text, room, block_quote)


def further_card(  # noqa: PLR0913 (the page and what it shows)
    question: str, earlier: str | None, quotes: Sequence[Quote], page: int, texts: Texts, *, scope: Scope | None = None
) -> Card:
    """Lay out a page of further passages below the question, which turning the page reads back."""
    above = (*question_lines(question, earlier, texts), *scope_lines(scope, texts))
    if not quotes:
        return Card((texts("further.nothing"),), above=above)
    shown, page, pages = page_items(quotes, page, _A_PAGE)
    title, footnote = texts("further.title"), texts("further.footnote", number=page + 1, count=pages)
    room = room_beside(*above, title=title, footnote=footnote)
    blocks = quote_blocks(shown, texts, room // len(shown))
    code = f":{encode_scope(scope)}" if scope else ""
    rows = page_rows(page, pages, lambda number: custom_id(ButtonKind.PAGE, f"{number}{code}"), texts)
    return Card(blocks, above=above, title=title, footnote=footnote, rows=rows)


def citation_card(found: Sequence[Quote | None], texts: Texts) -> Card:
    """Show each quote with its outlet, day and link in a block of code, which shows every character as it is.

    What a block of code cannot hold comes as a file. None stands for a quote that is gone.
    """
    gone = (texts("context.gone"),) if None in found else ()
    quotes = [quote for quote in found if quote]
    title = texts("citation.title")
    if not quotes:
        return Card(gone, title=title)
    text = "\n\n".join(citation(quote, texts) for quote in quotes)
    block = f"{CODE_FENCE}\n{text}\n{CODE_FENCE}"
    if CODE_FENCE in text or size(block) > TEXT_LIMIT // 2:
        return Card((texts("citation.file"), *gone), title=title, attachment=Attachment(_CITATION_FILE, f"{text}\n"))
    return Card((block, *gone), title=title)


def citation(quote: Quote, texts: Texts) -> str:
    """Write a quote, the outlet or else the title of its article, its day and its link."""
    article = quote.article
    day = texts.day(article.published) if article.published else None
    parts = article.outlet or article.title, day, article.url, dead_text(article, texts)
    return f"«{quote.text}» ({join_with_commas(filter(None, parts), texts)})"
