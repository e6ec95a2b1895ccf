"""Answers and refusals as cards, with their buttons. Every line of ours begins with a letter of ours."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from bot.answering import MOST_CHARACTERS, Answer, Quote, Refusal, Scope
from bot.chat.cards.button_ids import ButtonKind, custom_id, encode_scope
from bot.chat.cards.card import ANSWER, REFUSAL, TEXT_LIMIT, Button, Card
from bot.chat.cards.card_text import fit, fit_lines, inline, quoted_list, size
from bot.chat.cards.markdown_escape import block_quote, one_line, unescape_markdown
from bot.chat.cards.quote_reference import encode_references, quote_reference
from bot.chat.cards.scopes import scope_text
from bot.chat.cards.source_lines import article_line, other_source_lines, source_lines
from bot.texts import Texts

_TERM, _TERMS = 60, 10
# A question of the longest kind that is understood, escaped and isolated.
_QUESTION = 2 * MOST_CHARACTERS + 2

# Where the answer came directly instead, the question, what it leaned on.
_ABOVE = 3

# Of what a quote's source leaves of the room, so much may go to the others that have it.
_ALSO_SHARE = 3

QUESTION, FOLLOWS = "answer.question", "answer.follows"

Row = tuple[Button, ...]


def outcome_card(
    result: Answer | Refusal, texts: Texts, as_of: date | None = None, *, with_question: bool = False
) -> Card:
    """Lay out whatever came of a question, below the question where nothing else shows it.

    A question that leaned on the one before it is always marked as such. What part of the coverage was searched stands
    below both; nothing reads that back: a question that leans on this one is put to all of the coverage.
    """
    above = question_lines(result.question if with_question else None, result.completed_from, texts)
    above += scope_lines(result.scope, texts)
    room = TEXT_LIMIT - sum(map(size, above))
    if isinstance(result, Answer):
        return replace(answer_card(result, texts, as_of, room), above=above)
    return replace(refusal_card(result, texts, room), above=above)


def question_lines(question: str | None, before: str | None, texts: Texts) -> tuple[str, ...]:
    """Show a question and the one before it that it leaned on: `shown_question` reads both back."""
    shown = ((QUESTION, question), (FOLLOWS, before))
    return tuple(texts(key, question=inline(words, _QUESTION, texts.language)) for key, words in shown if words)


def scope_lines(scope: Scope | None, texts: Texts) -> tuple[str, ...]:
    """Say what part of the coverage was searched, where that was not all of it."""
    return (f"-# {texts('scope.searched', scope=scope_text(scope, texts))}",) if scope else ()


def read_question(shown: Sequence[str], key: str, texts: Texts) -> str | None:
    """Read a question back from the texts of a card that shows it under this key."""
    before, after = texts(key, question="\n").split("\n")
    for line in shown[:_ABOVE]:
        if line.startswith(before) and line.endswith(after):
            return unescape_markdown(one_line(line[len(before) : len(line) - len(after)])) or None
    return None


def answer_card(answer: Answer, texts: Texts, as_of: date | None = None, room: int = TEXT_LIMIT) -> Card:
    """Lay out each quote with its source under it."""
    footnote = texts("card.verbatim_as_of", date=texts.day(as_of)) if as_of else texts("card.verbatim")
    room -= size(footnote) + len("-# ")
    return Card(quote_blocks(answer.quotes, texts, room), ANSWER, footnote=footnote)


def quote_blocks(quotes: Sequence[Quote], texts: Texts, room: int) -> tuple[str, ...]:
    """Lay out each quote with its source under it, in equal parts of the room."""
    each = room // len(quotes)
    before = (None, *(quote.article.id for quote in quotes))
    return tuple(
        _quote_block(quote, each, texts, again=quote.article.id == previous)
        for quote, previous in zip(quotes, before, strict=False)
    )


def refusal_card(refusal: Refusal, texts: Texts, room: int = TEXT_LIMIT) -> Card:
    """Lay out why there is no answer, what the coverage and the nearest passage lack, and what to read instead."""
    lines = [reason_line(refusal, texts)]
    if refusal.missing:
        lines.append(texts("refusal.missing", terms=_terms(refusal.missing, texts)))
    if detail := refusal.detail:
        lines.append(texts(f"lacking.{detail.kind}", words=_terms(detail.words, texts)))
    if refusal.hint:
        lines.append(refusal.hint)
    blocks = [fit_lines(lines, room)]
    if refusal.related:
        room -= size(blocks[0])
        reading = [texts("refusal.related"), *(article_line(article, texts) for article in refusal.related[:5])]
        blocks.append(fit_lines(reading, room))
    return Card(tuple(blocks), REFUSAL)


def reason_line(refusal: Refusal, texts: Texts) -> str:
    """Say in one line why there is no answer."""
    return texts(f"refusal.{refusal.reason}", length=len(refusal.question), limit=MOST_CHARACTERS)


def _quote_block(quote: Quote, room: int, texts: Texts, *, again: bool) -> str:
    source = source_lines(quote, texts, again=again)
    if also := other_source_lines(quote, texts, (room - size(source)) // _ALSO_SHARE):
        source = f"{source}\n{also}"
    shown = fit(quote.text, room - size(source) - 1, partial(block_quote, marks=quote.highlights))
    return f"{shown}\n{source}"


def _terms(terms: tuple[str, ...], texts: Texts) -> str:
    return quoted_list(terms[:_TERMS], _TERM, texts)


def outcome_buttons(result: Answer | Refusal, asker: int, texts: Texts, *, has_more: bool) -> tuple[Row, ...]:
    """Return the rows of buttons: reading in the first, what people make of the answer in the second."""
    delete = Button(custom_id(ButtonKind.DELETE, str(asker)), emoji="🗑️")
    if isinstance(result, Refusal):
        # Of the rest there is nothing that anybody would want to take away.
        return ((delete,),) if result.is_of_question else ()
    places = encode_references([quote_reference(quote) for quote in result.quotes])
    reading = [Button(custom_id(ButtonKind.CONTEXT, places), texts("button.context"), "🔎")]
    # A button must not lead to nothing.
    if has_more:
        reading.append(Button(custom_id(ButtonKind.MORE, encode_scope(result.scope)), texts("button.more"), "📚"))
    helpful, unhelpful = (
        Button(custom_id(ButtonKind.VOTE, payload), emoji=emoji) for payload, emoji in (("1", "👍"), ("0", "👎"))
    )
    return tuple(reading), (helpful, unhelpful, delete)
