"""Cards of answers as they are corrected: quotes whose article was changed or went, late answers that are none."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.answering import Quote
from bot.chat.cards.answer_card import quote_blocks
from bot.chat.cards.button_ids import (
    BellState,
    ButtonKind,
    QuoteReference,
    StaleButtonError,
    custom_id,
    decode_references,
    encode_references,
    parse_button_id,
    quote_reference,
)
from bot.chat.cards.card import REFUSAL, TEXT_LIMIT, Button, Card, small_print
from bot.chat.cards.card_text import one_line, size, unescape_markdown
from bot.texts import Texts

_QUOTED = "> "
_OF_QUOTES = frozenset({ButtonKind.CONTEXT, ButtonKind.CITE})
# What stands above a card whatever it quotes; all else speaks of its first quote.
_QUESTIONS = ("question", "before", "follows", "follows_page", "followed", "followed_page", "unanswered")
_ABOVE = (*(f"answer.{key}" for key in _QUESTIONS), "reply.directly", "reply.no_history")
_NOTE = "correction.changed"
_ARRIVED, _FOOTNOTES = "bell.arrived", ("card.as_of", "timeline.footnote")


@dataclass(frozen=True, slots=True)
class Correction:
    """What became of a quote, as a key of texts, and what stands in its place now, if anything does."""

    key: str
    quote: Quote | None = None


def shown_references(card: Card) -> tuple[QuoteReference, ...]:
    """Return the references of the quotes that a card shows, none where it is no answer."""
    context = (load for kind, load in map(_parsed, _buttons(card)) if kind is ButtonKind.CONTEXT)
    try:
        return decode_references(next(context, ""))
    except StaleButtonError:
        return ()


def shown_words(card: Card) -> list[str]:
    """Return the quotes that a card shows, as their reader sees them; a quote may be cut."""
    quoted = ([line for line in block.split("\n") if line.startswith(_QUOTED)] for block in card.blocks)
    return [unescape_markdown(one_line(" ".join(line[len(_QUOTED) :] for line in lines))) for lines in quoted if lines]


def corrected_card(card: Card, corrections: Sequence[Correction | None], texts: Texts, day: date) -> Card:
    """Put what stands there now, and why, in the place of quotes; None stands for a quote that is as it was.

    The old words go, and so does what the card said of its first quote where that is corrected.
    """
    numbers = [number for number, block in enumerate(card.blocks) if f"\n{_QUOTED}" in f"\n{block}"]
    wrong = {number: one for number, one in zip(numbers, corrections, strict=False) if one}
    above = card.above if corrections[0] is None else tuple(_kept_above(card.above, texts, (*_ABOVE, _ARRIVED)))
    left = TEXT_LIMIT - sum(map(size, (*above, *(b for number, b in enumerate(card.blocks) if number not in wrong))))
    blocks = list(card.blocks)
    for number, correction in wrong.items():
        blocks[number] = _corrected_block(blocks[number], correction, left // len(wrong), texts, day)
    pairs = zip(shown_references(card), corrections, strict=True)
    references = [
        quote_reference(one.quote) if one and one.quote else was for was, one in pairs if not one or one.quote
    ]
    rows = tuple(filter(None, (tuple(_renewed(row, references)) for row in card.rows)))
    return replace(card, blocks=tuple(blocks), above=above, rows=rows, colour=card.colour if references else REFUSAL)


def reopened_card(card: Card, reasons: Iterable[str], bell: BellState, texts: Texts, day: date) -> Card:
    """Turn a late answer that is none back into a card without one, with a bell; `reasons` are keys of texts."""
    lines = dict.fromkeys(texts(key, date=texts.day(day)) for key in reasons)
    delete = (button for button in _buttons(card) if _parsed(button)[0] is ButtonKind.DELETE)
    row = (Button(custom_id(ButtonKind.BELL, bell.payload), texts("button.bell"), "🔔"), *delete)
    above = tuple(_kept_above(card.above, texts, _ABOVE))
    return Card(("\n".join((texts("bell.reopened"), *lines)),), REFUSAL, above=above, rows=(row,))


def _corrected_block(block: str, correction: Correction, room: int, texts: Texts, day: date) -> str:
    """Lay a correction out, below the day of a timeline and above the footnote that stood in its block."""
    lines = block.split("\n")
    first = next(number for number, line in enumerate(lines) if line.startswith(_QUOTED))
    day_line = [line for line in lines[:first] if not _shows(line, _NOTE, texts)]
    note = [*day_line, texts(f"correction.{correction.key}", date=texts.day(day))]
    footnote = [line for line in lines[-1:] if any(_shows(line, key, texts) for key in _FOOTNOTES)]
    room -= sum(size(line) + 1 for line in (*note, *footnote))
    quoted = quote_blocks([correction.quote], texts, room) if correction.quote else ()
    return "\n".join((*note, *quoted, *footnote))


def _renewed(row: Sequence[Button], references: Sequence[QuoteReference]) -> Iterator[Button]:
    """Yield buttons with these references, without those that need some where there are none."""
    for button in row:
        kind = _parsed(button)[0]
        if kind not in _OF_QUOTES:
            yield button
        elif kind and references:
            yield replace(button, custom_id=custom_id(kind, encode_references(references)))


def _kept_above(above: Sequence[str], texts: Texts, keys: Sequence[str]) -> Iterator[str]:
    scope = small_print("")
    return (line for line in above if line.startswith(scope) or any(_shows(line, key, texts) for key in keys))


def _shows(line: str, key: str, texts: Texts) -> bool:
    """Whether a line of a card is made of the text of a key, in whichever language, or ends in it."""
    line = line.removeprefix(small_print(""))
    for own in texts.in_each_language:
        parts = own.entries[key].replace("}", "{").split("{")
        if line.endswith(parts[-1]) and (len(parts) == 1 or line.startswith(parts[0])):
            return True
    return False


def _buttons(card: Card) -> Iterator[Button]:
    return (button for row in card.rows for button in row)


def _parsed(button: Button) -> tuple[ButtonKind | None, str]:
    try:
        return parse_button_id(button.custom_id)
    except StaleButtonError:
        return None, ""
