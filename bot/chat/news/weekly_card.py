"""The card of a week for moderators."""

from collections.abc import Sequence

from bot.answering import Gap
from bot.chat.cards.card import Card, room_beside
from bot.chat.cards.card_text import inline, size
from bot.chat.cards.moderator_cards import gap_line
from bot.chat.cards.quote_text import fit_list
from bot.chat.news.news_card import outlet_lines
from bot.records.news import ANSWERED, HELPFUL, REFUSED, UNHELPFUL, Week
from bot.texts import Texts

_QUESTION = 200
_MOST_OUTLETS = 6


def weekly_card(week: Week, gaps: Sequence[Gap], texts: Texts) -> Card:
    """Lay out what members asked and how that ended, what is lacking most, what found its answer, and what came."""
    title = texts("week.title", first=texts.day(week.first), last=texts.day(week.last))
    others = [_block(*block) for block in (_found(week, texts), _arrived(week, texts)) if block[1]]
    room = room_beside(_questions(week, texts), *others, title=title)
    heading = f"**{texts('week.gaps')}**"
    listed = fit_list([gap_line(gap, texts) for gap in gaps], texts, room - size(heading) - 1)
    gap_blocks = [f"{heading}\n{listed}"] if gaps else []
    return Card((_questions(week, texts), *gap_blocks, *others), title=title)


def _questions(week: Week, texts: Texts) -> str:
    answered, refused = week.figures.get(ANSWERED, 0), week.figures.get(REFUSED, 0)
    lines = [texts("week.questions", asked=answered + refused, answered=answered, refused=refused)]
    votes = {name: week.figures.get(name, 0) for name in (HELPFUL, UNHELPFUL)}
    if any(votes.values()):
        lines.append(texts("week.votes", **votes))
    return "\n".join(lines)


def _found(week: Week, texts: Texts) -> tuple[str, Sequence[str]]:
    quoted = (texts("week.question", question=inline(one, _QUESTION, texts.language)) for one in week.questions)
    return texts("week.found"), [texts("week.found_count", count=week.found), *quoted] if week.found else []


def _arrived(week: Week, texts: Texts) -> tuple[str, Sequence[str]]:
    count = sum(number for _, number in week.outlets)
    return texts("week.arrived", count=count), list(outlet_lines(week.outlets, texts, _MOST_OUTLETS))


def _block(heading: str, lines: Sequence[str]) -> str:
    return "\n".join((f"**{heading}**", *lines))
