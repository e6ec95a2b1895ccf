"""Cards of what members follow: where to tell them, what they follow, and what is new of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

import discord
from discord.utils import as_chunks

from bot.answering import Quote
from bot.chat.buttons.privacy import follow_line
from bot.chat.cards.answer_card import question_lines, quote_blocks
from bot.chat.cards.button_ids import ButtonKind, custom_id, encode_references, quote_reference
from bot.chat.cards.card import ANSWER, Button, Card, button_payloads, room_beside
from bot.chat.cards.card_text import fit, inline, isolate, join_with_commas, one_line, size
from bot.chat.open_refusals.bells import PLACE_LABELS
from bot.records.member_rows import FOLLOW_DAYS, Follow
from bot.texts import Texts

SUBJECT = "follow.subject"
"""The text under which a card shows what is to be followed; it is read back from there."""

_QUESTION, _LABEL, _A_ROW = 150, 60, 5
_BUTTONS = {ButtonKind.UNFOLLOW: ("button.unfollow", "🔕"), ButtonKind.CONTEXT: ("button.context", "🔎")}
# Chosen: so many quotes are read; Discord takes forty parts of a card, and each quote is one, or two.
_MOST_QUOTES, _MOST_OF_MANY, _FEW = 3, 1, 3


@dataclass(frozen=True, slots=True)
class FollowedNews:
    """What came of what a member follows: the quotes, the newest first."""

    follow: Follow
    quotes: Sequence[Quote]


def choice_card(subject: str, previous: str | None, places: Sequence[str], texts: Texts) -> Card:
    """Ask in which of the places a member wants to be told of a subject."""
    buttons = tuple(Button(custom_id(ButtonKind.FOLLOW, place), texts(PLACE_LABELS[place])) for place in places)
    above = question_lines(subject, previous, texts, SUBJECT)
    footnote = texts("follow.kept", count=FOLLOW_DAYS)
    return Card((texts("follow.where"),), above=above, footnote=footnote, rows=(buttons,))


def following_card(key: str, follow_id: int, subject: str, texts: Texts) -> Card:
    """Say that a member follows a subject, with the button that ends it."""
    said = texts(key, subject=inline(subject, _QUESTION, texts.language))
    end = _button(ButtonKind.UNFOLLOW, str(follow_id), None, texts)
    return Card((said,), footnote=texts("follow.kept", count=FOLLOW_DAYS), rows=((end,),))


def follow_list_card(follows: Sequence[Follow], texts: Texts) -> Card:
    """List what a member follows, where they are told and how long, with a button to end each."""
    title = texts("follow.list")
    if not follows:
        return Card((texts("follow.nothing"),), title=title)
    write = partial(inline, room=_LABEL, language=texts.language)
    lines = [follow_line(one, one.subject, texts, write) for one in follows]
    buttons = [_button(ButtonKind.UNFOLLOW, str(one.id), one.subject, texts) for one in follows]
    return Card(
        ("\n".join(lines),),
        title=title,
        footnote=texts("follow.how_to_end"),
        rows=_rows(buttons),
    )


def followed_card(
    news: Sequence[FollowedNews], ending: Sequence[Follow], until: int, texts: Texts, member: int | None = None
) -> Card:
    """Tell what is new of what a member follows, and what ends soon; `member` is mentioned above.

    The buttons show the context of quotes, end each, or renew all that ends soon; `until` is the time until which it
    was looked: a mark of the card.
    """
    title, is_few = texts("follow.title"), len(news) <= _FEW
    above = (f"<@{member}>",) if member else ()
    ends = [texts("follow.ends", subject=_named(one, texts), date=texts.day(one.last_day)) for one in ending]
    most = _MOST_QUOTES if is_few else _MOST_OF_MANY
    quotes = [one.quotes[:most] for one in news]
    heads = [f"**{_named(one.follow, texts)}**" for one in news]
    more = [texts("list.more", count=left) if (left := len(one.quotes) - most) > 0 else "" for one in news]
    count = sum(map(len, quotes))
    room = room_beside(*above, *heads, *more, *ends, title=title) - 4 * len(news) - count
    blocks = [
        "\n".join(filter(None, (head, *quote_blocks(shown, texts, room // count), left)))
        for shown, head, left in zip(quotes, heads, more, strict=True)
    ]
    if not is_few:
        blocks = ["\n".join(blocks)]
    told = {one.id: one for one in (*(each.follow for each in news), *ending)}.values()
    is_one = len(told) == 1
    buttons = [
        _button(ButtonKind.UNFOLLOW, _end_payload(one, until), None if is_one else one.subject, texts) for one in told
    ]
    renewal = Button(custom_id(ButtonKind.RENEW, ".".join(str(one.id) for one in ending)), texts("button.renew"), "🔁")
    # Corrections read back there what the card quotes.
    context, step = list[Button](), 1 if is_few else _MOST_QUOTES
    for at in range(0, len(news), step):
        places = encode_references([quote_reference(one) for shown in quotes[at : at + step] for one in shown])
        subjects = join_with_commas((one.follow.subject for one in news[at : at + step]), texts)
        context.append(_button(ButtonKind.CONTEXT, places, None if is_one else subjects, texts))
    rows = (*_rows(context), *_rows(buttons), *([(renewal,)] if ending else []))
    return Card((*blocks, *(["\n".join(ends)] if ends else [])), ANSWER, above=above, title=title, rows=rows)


def is_card_of(message: discord.Message, follows: Sequence[Follow]) -> bool:
    """Whether a message is the card that was claimed for some follows, by the buttons that end them."""
    wanted = {_end_payload(one, one.claimed_until or 0) for one in follows}
    return not wanted.isdisjoint(button_payloads(message.components, ButtonKind.UNFOLLOW))


def _end_payload(follow: Follow, until: int) -> str:
    return f"{follow.id}.{until}"


def _named(follow: Follow, texts: Texts) -> str:
    return inline(follow.subject, _LABEL, texts.language)


def _button(kind: ButtonKind, payload: str, subject: str | None, texts: Texts) -> Button:
    """Make a button that is labelled by what it does, and where there are several, by its subject too."""
    key, sign = _BUTTONS[kind]
    words = texts(key)
    if subject is not None:
        words = f"{words}: {isolate(fit(one_line(subject), _LABEL - size(words), str), texts.language)}"
    return Button(custom_id(kind, payload), words, sign)


def _rows(buttons: Sequence[Button]) -> tuple[tuple[Button, ...], ...]:
    return tuple(map(tuple, as_chunks(buttons, _A_ROW)))
