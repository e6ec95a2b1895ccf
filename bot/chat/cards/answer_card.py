"""Answers and refusals as cards, with their buttons.

Every line of our own begins with a letter of the reply language, which sets its direction.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.answering import MOST_CHARACTERS, Answer, CoverageSummary, Quote, Refusal
from bot.chat.cards.button_ids import BellState, ButtonKind, custom_id, encode_references, encode_scope, quote_reference
from bot.chat.cards.card import ANSWER, NOTICE, REFUSAL, TEXT_LIMIT, Button, Card, room_beside
from bot.chat.cards.card_text import inline, one_line, quoted_list, size, small_print, unescape_markdown
from bot.chat.cards.introduction_card import example_rows, summary_block
from bot.chat.cards.quote_text import cut_notice, fit_lines, fit_quote
from bot.chat.cards.scopes import scope_text
from bot.chat.cards.source_lines import cited_line, other_source_lines, source_lines
from bot.chat.cards.source_list import article_entries, article_menu
from bot.chat.cards.timeline_card import timeline_card, timeline_page, timeline_rows
from bot.retrieval import Scope
from bot.texts import SECOND_PAGE, Texts, answer_lines, asks_back, follows_line, refusal_lines

_TERM, _TERMS, _RELATED = 60, 10, 5
# A question of the longest kind that is understood, escaped and isolated.
_QUESTION = 2 * MOST_CHARACTERS + 2

# Notices that the answer came late, and in a direct message; the question, the previous question.
_ABOVE = 4

# What an article rests on, and the other sources of a quote, get at most this part of the room that is left to each.
_SMALL_PRINT_SHARE = 3

QUESTION, _BEFORE = "answer.question", "answer.before"
FOLLOWS, _FOLLOWS_PAGE = "answer.follows", "answer.follows_page"
# No question has a hundred pages.
_DIGITS = 2

Row = tuple[Button, ...]


def outcome_card(  # noqa: PLR0913 (an outcome, and what its card shows beside it)
    result: Answer | Refusal,
    texts: Texts,
    as_of: date | None = None,
    *,
    with_question: bool = False,
    summary: CoverageSummary | None = None,
    page: int = 0,
) -> Card:
    """Lay out an answer or refusal, below the question where nothing else shows it; of a timeline, a page.

    The previous question that completed it is always shown, then the scope. Nothing reads the scope back: a follow-up
    is put to all of the coverage. A refusal is followed by the summary of the coverage, where one is given.
    """
    asked, before, above = result.question if with_question else None, result.completed_from, tuple[str, ...]()
    if before and asks_back(result):
        # Not as understood, but for the reply to what is asked back.
        above = (texts(_BEFORE, question=inline(before, _QUESTION, texts.language)),)
        before = None
    above = (*question_lines(asked, before, texts), *above, *scope_lines(result.scope, texts))
    if isinstance(result, Refusal):
        return replace(refusal_card(result, texts, room_beside(*above), summary), above=above)
    above += tuple(answer_lines(result, texts, lambda text, room: inline(text, room, texts.language)))
    if result.is_timeline:
        return replace(timeline_card(result, page, texts, room_beside(*above)), above=above)
    return replace(answer_card(result, texts, as_of, room_beside(*above)), above=above)


def question_lines(question: str | None, before: str | None, texts: Texts) -> tuple[str, ...]:
    """Show a question and the previous one that completed it, and from the third page of that on, which one it is.

    `read_question` and `read_previous` read them back.
    """
    asked = (texts(QUESTION, question=inline(question, _QUESTION, texts.language)),) if question else ()
    if not before:
        return asked
    return (*asked, follows_line(before, texts, lambda words, _: inline(words, _QUESTION, texts.language)))


def scope_lines(scope: Scope | None, texts: Texts) -> tuple[str, ...]:
    """Name the scope that was searched, if there was one."""
    return (small_print(texts("scope.searched", scope=scope_text(scope, texts))),) if scope else ()


def read_question(shown: Sequence[str], key: str, texts: Texts) -> str | None:
    """Read the question back that a card shows under a text key, in whichever language it is laid out."""
    for own in texts.in_each_language:
        before, after = own(key, question="\n").split("\n")
        for line in shown[:_ABOVE]:
            if line.startswith(before) and line.endswith(after):
                return unescape_markdown(one_line(line[len(before) : len(line) - len(after)])) or None
    return None


def read_previous(shown: Sequence[str], question: str, texts: Texts) -> str | None:
    """Read back what completed a question, as an answer has it: a line, and one more for each page of it but two."""
    if asked := read_question(shown, FOLLOWS, texts) or read_question(shown, _BEFORE, texts):
        return asked
    for own in texts.in_each_language:
        before, between, after = own(_FOLLOWS_PAGE, question="\n", page="\n").split("\n")
        for line in shown[:_ABOVE]:
            words, _, page = line.removeprefix(before).removesuffix(after).rpartition(between)
            is_page = line.startswith(before) and line.endswith(after) and len(page) <= _DIGITS and page.isdecimal()
            if is_page and (asked := unescape_markdown(one_line(words))):
                return "\n".join([asked, *[question] * (int(page) - SECOND_PAGE)])
    return None


def answer_card(answer: Answer, texts: Texts, as_of: date | None = None, room: int = TEXT_LIMIT) -> Card:
    """Lay out each quote that it takes to answer, with its source under it."""
    footnote = texts("card.verbatim_as_of", date=texts.day(as_of)) if as_of else texts("card.verbatim")
    room -= size(small_print(footnote))
    unquoted, quotes = answer.unquoted_articles, answer.shown_quotes
    listed = article_entries(unquoted, texts, room // 2) if unquoted else ""
    blocks = quote_blocks(quotes, texts, room - size(listed))
    menu = article_menu(unquoted, texts) if listed else None
    return Card((*blocks, listed) if listed else blocks, ANSWER, footnote=footnote, menu=menu)


def quote_blocks(quotes: Sequence[Quote], texts: Texts, room: int) -> tuple[str, ...]:
    """Lay out each quote with its source under it, in equal parts of the room."""
    each = room // len(quotes)
    before = (None, *(quote.article.id for quote in quotes))
    return tuple(
        _quote_block(quote, each, texts, again=quote.article.id == previous)
        for quote, previous in zip(quotes, before, strict=False)
    )


def refusal_card(
    refusal: Refusal, texts: Texts, room: int = TEXT_LIMIT, summary: CoverageSummary | None = None
) -> Card:
    """Lay out why there is no answer, what is missing, related articles, and what the coverage is about."""
    about = summary_block(summary, texts) if summary else ""
    room -= size(about)
    lines = refusal_lines(refusal, texts, lambda terms: quoted_list(terms[:_TERMS], _TERM, texts))
    blocks = [fit_lines(tuple(lines), room)]
    related = refusal.related[:_RELATED]
    if related:
        room -= size(blocks[0])
        announced = texts("refusal.related")
        blocks.append(f"{announced}\n{article_entries(related, texts, room - size(announced) - 1)}")
    if about:
        blocks.append(about)
    # A greeting is returned, not refused.
    menu = article_menu(related, texts) if related else None
    return Card(tuple(blocks), REFUSAL if refusal.is_of_question else NOTICE, menu=menu)


def _quote_block(quote: Quote, room: int, texts: Texts, *, again: bool) -> str:
    source = source_lines(quote, texts, again=again)
    if not again and (cited := cited_line(quote.article, texts, (room - size(source)) // _SMALL_PRINT_SHARE)):
        source = f"{source}\n{small_print(cited)}"
    if also := other_source_lines(quote, texts, (room - size(source)) // _SMALL_PRINT_SHARE):
        source = f"{source}\n{also}"
    cut = cut_notice(texts)
    shown, is_cut = fit_quote(quote.text, room - size(source) - size(cut) - 1, quote.highlights)
    return f"{shown}\n{source}{cut if is_cut else ''}"


def outcome_buttons(  # noqa: PLR0913 (an outcome, and what its card shows beside it)
    result: Answer | Refusal,
    asker: int,
    texts: Texts,
    *,
    has_more: bool,
    summary: CoverageSummary | None = None,
    page: int = 0,
    is_lasting: bool = False,
) -> tuple[Row, ...]:
    """Return the rows of buttons: reading on in the first, or examples to ask, votes and deletion in the last.

    Between them a timeline has those that turn its pages. Below a refusal that an answer may take the place of,
    `is_lasting`, the last has a bell.
    """
    delete = Button(custom_id(ButtonKind.DELETE, str(asker)), emoji="🗑️")
    if isinstance(result, Refusal):
        examples = example_rows(summary) if summary else ()
        # Other refusals are too short to be worth deleting, and nothing answers them later.
        state = BellState(0, result.reason.value, encode_scope(result.scope))
        bell = Button(custom_id(ButtonKind.BELL, state.payload), texts("button.bell"), "🔔")
        last = (bell, delete) if is_lasting else (delete,)
        return (*examples, last) if result.is_of_question else examples
    shown = timeline_page(result, page) if result.is_timeline else result.shown_quotes
    places = encode_references([quote_reference(quote) for quote in shown])
    reading = [Button(custom_id(ButtonKind.CONTEXT, places), texts("button.context"), "🔎")]
    reading.append(Button(custom_id(ButtonKind.CITE, places), texts("button.cite"), "📋"))
    turns = timeline_rows(result, page, texts) if result.is_timeline else ()
    # A button must not lead to nothing; a timeline has pages of its own.
    if has_more and not result.is_timeline:
        reading.append(Button(custom_id(ButtonKind.MORE, encode_scope(result.scope)), texts("button.more"), "📚"))
    helpful, unhelpful = (
        Button(custom_id(ButtonKind.VOTE, payload), emoji=emoji) for payload, emoji in (("1", "👍"), ("0", "👎"))
    )
    return tuple(reading), *turns, (helpful, unhelpful, delete)
