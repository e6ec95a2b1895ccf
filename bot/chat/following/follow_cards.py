"""Cards of what members follow: where to tell them, what they follow, and what is new of it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import discord

from bot.answering import Quote
from bot.chat.buttons.page_buttons import button_payloads
from bot.chat.cards.answer_card import question_lines
from bot.chat.cards.button_ids import ButtonKind, custom_id
from bot.chat.cards.card import ANSWER, Button, Card, room_beside, small_print
from bot.chat.cards.card_text import fit, inline, isolate, one_line, size
from bot.chat.cards.quote_text import cut_notice, fit_quote
from bot.chat.cards.source_lines import article_line, source_line
from bot.chat.open_refusals.bells import PLACE_LABELS
from bot.records.member_rows import FOLLOW_DAYS, Follow
from bot.texts import Texts

SUBJECT = "follow.subject"
"""The text under which a card shows what is to be followed; it is read back from there."""

_QUESTION, _LABEL, _A_ROW = 150, 60, 5
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
    return Card(
        (said,), footnote=texts("follow.kept", count=FOLLOW_DAYS), rows=((_end_button(str(follow_id), texts),),)
    )


def follow_list_card(follows: Sequence[Follow], texts: Texts) -> Card:
    """List what a member follows, where they are told and how long, with a button to end each."""
    title = texts("follow.list")
    if not follows:
        return Card((texts("follow.nothing"),), title=title)
    lines = [
        texts(
            "follow.told_directly" if one.is_direct else "follow.told_here",
            subject=_named(one, texts),
            channel=f"<#{one.channel_id}>",
            date=texts.day(one.last_day),
        )
        for one in follows
    ]
    buttons = [_end_button(str(one.id), texts, one.subject) for one in follows]
    return Card(("\n".join(lines),), title=title, footnote=texts("follow.how_to_end"), rows=_rows(buttons))


def followed_card(
    news: Sequence[FollowedNews], ending: Sequence[Follow], until: int, texts: Texts, member: int | None = None
) -> Card:
    """Tell what is new of what a member follows, and what ends soon; `member` is mentioned above.

    The buttons end each, or renew all that ends soon; `until` is the time until which it was looked: a card's mark.
    """
    title, is_few = texts("follow.title"), len(news) <= _FEW
    above = (f"<@{member}>",) if member else ()
    ends = [texts("follow.ends", subject=_named(one, texts), date=texts.day(one.last_day)) for one in ending]
    most = _MOST_QUOTES if is_few else _MOST_OF_MANY
    heads = [f"**{_named(one.follow, texts)}**" for one in news]
    rest = [len(one.quotes) - most for one in news]
    more = [texts("list.more", count=left) if left > 0 else "" for left in rest]
    count = sum(min(most, len(one.quotes)) for one in news)
    room = room_beside(*above, *heads, *more, *ends, title=title) - 4 * len(news) - count
    blocks = [
        "\n".join(filter(None, (head, *(_quote(each, room // count, texts) for each in one.quotes[:most]), left)))
        for one, head, left in zip(news, heads, more, strict=True)
    ]
    if not is_few:
        blocks = ["\n".join(blocks)]
    told = {one.id: one for one in (*(each.follow for each in news), *ending)}.values()
    is_one = len(told) == 1
    buttons = [_end_button(_end_payload(one, until), texts, None if is_one else one.subject) for one in told]
    payload = ".".join(str(one.id) for one in ending)
    renewal = Button(custom_id(ButtonKind.RENEW, payload), texts("button.renew"), "🔁")
    rows = (*_rows(buttons), *([(renewal,)] if ending else []))
    return Card((*blocks, *(["\n".join(ends)] if ends else [])), ANSWER, above=above, title=title, rows=rows)


def is_card_of(message: discord.Message, follows: Sequence[Follow]) -> bool:
    """Whether a message is the card that was claimed for some follows, by the buttons that end them."""
    wanted = {_end_payload(one, one.claimed_until or 0) for one in follows}
    return not wanted.isdisjoint(button_payloads(message.components, ButtonKind.UNFOLLOW))


def _end_payload(follow: Follow, until: int) -> str:
    return f"{follow.id}.{until}"


def _quote(quote: Quote, room: int, texts: Texts) -> str:
    """Lay out a quote with its source, whose link is to the quote, or the page, or left out, as the room is."""
    article = quote.article
    plain = (article_line(one, texts) for one in (article, replace(article, url=None)))
    sources = (source_line(quote, texts), *map(small_print, plain))
    source = next((one for one in sources if 2 * size(one) <= room), sources[-1])
    cut = cut_notice(texts)
    shown, is_cut = fit_quote(quote.text, room - size(source) - size(cut) - 1)
    return f"{shown}\n{source}{cut if is_cut else ''}"


def _named(follow: Follow, texts: Texts) -> str:
    return inline(follow.subject, _LABEL, texts.language)


def _end_button(payload: str, texts: Texts, subject: str | None = None) -> Button:
    label = _label(texts("button.unfollow"), subject is None, subject or "", texts)
    return Button(custom_id(ButtonKind.UNFOLLOW, payload), label, "🔕")


def _label(words: str, is_one: bool, subject: str, texts: Texts) -> str:  # noqa: FBT001
    """Label a button: by what it does, or where there are several by its subject too."""
    return words if is_one else f"{words}: {isolate(fit(one_line(subject), _LABEL - size(words), str), texts.language)}"


def _rows(buttons: Sequence[Button]) -> tuple[tuple[Button, ...], ...]:
    return tuple(tuple(buttons[start : start + _A_ROW]) for start in range(0, len(buttons), _A_ROW))
