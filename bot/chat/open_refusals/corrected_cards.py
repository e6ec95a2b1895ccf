"""Cards as they are corrected: quotes whose article was changed or went, late answers that are none."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
# A quote with the line in bold above it, if any, and the small print below.
_QUOTE = re.compile(r"^(\*\*.*\n)?((?:> .*(?:\n|\Z))+)((?:-# .*(?:\n|\Z))*)", re.MULTILINE)
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
    """Return the references of the quotes that a card shows, none where it has none."""
    context = (load for kind, load in map(_parsed, _buttons(card)) if kind is ButtonKind.CONTEXT)
    try:
        return tuple(one for load in context for one in decode_references(load))
    except StaleButtonError:
        return ()


def shown_words(card: Card) -> list[str]:
    """Return the quotes that a card shows, as their reader sees them; a quote may be cut."""
    quoted = (match[2].strip("\n").split("\n") for block in card.blocks for match in _QUOTE.finditer(block))
    return [unescape_markdown(one_line(" ".join(line[len(_QUOTED) :] for line in lines))) for lines in quoted]


def corrected_card(card: Card, corrections: Sequence[Correction | None], texts: Texts, day: date) -> Card:
    """Put what stands there now, and why, in the place of quotes; None stands for a quote that is as it was.

    The old words go, and so does what the card said of its first quote where that is corrected.
    """
    found = [match[0] for block in card.blocks for match in _QUOTE.finditer(block)]
    wrong = [text for text, correction in zip(found, corrections, strict=True) if correction]
    above = card.above if corrections[0] is None else tuple(_kept_above(card.above, texts, (*_ABOVE, _ARRIVED)))
    left = TEXT_LIMIT - sum(map(size, (*above, *card.blocks))) + sum(map(size, wrong))
    rest = iter(corrections)

    def corrected(quote: re.Match[str]) -> str:
        correction = next(rest)
        return _corrected(quote, correction, left // len(wrong), texts, day) if correction else quote[0]

    blocks = tuple(_QUOTE.sub(corrected, block) for block in card.blocks)
    became = dict(zip(shown_references(card), corrections, strict=True))
    rows = tuple(filter(None, (tuple(_renewed(row, became)) for row in card.rows)))
    is_left = any(one is None or one.quote for one in corrections)
    return replace(card, blocks=blocks, above=above, rows=rows, colour=card.colour if is_left else REFUSAL)


def reopened_card(card: Card, reasons: Iterable[str], bell: BellState, texts: Texts, day: date) -> Card:
    """Turn a late answer that is none back into a card without one, with a bell; `reasons` are keys of texts."""
    lines = dict.fromkeys(texts(key, date=texts.day(day)) for key in reasons)
    delete = (button for button in _buttons(card) if _parsed(button)[0] is ButtonKind.DELETE)
    row = (Button(custom_id(ButtonKind.BELL, bell.payload), texts("button.bell"), "🔔"), *delete)
    above = tuple(_kept_above(card.above, texts, _ABOVE))
    return Card(("\n".join((texts("bell.reopened"), *lines)),), REFUSAL, above=above, rows=(row,))


def _corrected(quote: re.Match[str], correction: Correction, room: int, texts: Texts, day: date) -> str:
    """Lay a correction out in the place of a quote, below a day or subject and above the card's footnote."""
    head, small = quote[1] or "", quote[3].split("\n")
    lines = [] if not head or _shows(head[:-1], _NOTE, texts) else [head[:-1]]
    lines.append(texts(f"correction.{correction.key}", date=texts.day(day)))
    footnote = [line for line in small if any(_shows(line, key, texts) for key in _FOOTNOTES)]
    room -= sum(size(line) + 1 for line in (*lines, *footnote))
    quoted = quote_blocks([correction.quote], texts, room) if correction.quote else ()
    return "\n".join((*lines, *quoted, *footnote)) + "\n" * quote[0].endswith("\n")


def _renewed(row: Sequence[Button], became: Mapping[QuoteReference, Correction | None]) -> Iterator[Button]:
    """Yield buttons with the references that became of theirs, without those that need some and have none left."""
    for button in row:
        kind, load = _parsed(button)
        if kind not in _OF_QUOTES:
            yield button
            continue
        now = ((one, became.get(one)) for one in decode_references(load))
        left = [quote_reference(new.quote) if new and new.quote else old for old, new in now if not new or new.quote]
        if kind and left:
            yield replace(button, custom_id=custom_id(kind, encode_references(left)))


def _kept_above(above: Sequence[str], texts: Texts, keys: Sequence[str]) -> Iterator[str]:
    """Yield the member who is mentioned, the scope, and what the texts of some keys say."""
    kept = small_print(""), "<@"
    return (line for line in above if line.startswith(kept) or any(_shows(line, key, texts) for key in keys))


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
