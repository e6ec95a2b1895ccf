"""Cards of what is new: the post that names what came, for everybody in a channel, and a week's for moderators."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from bot.answering import Gap
from bot.articles import Article
from bot.chat.cards.card import Card, room_beside
from bot.chat.cards.card_text import inline, size
from bot.chat.cards.moderator_cards import gap_line
from bot.chat.cards.quote_text import fit_list
from bot.chat.cards.source_lines import article_entry, outlet_name
from bot.records.news import ANSWERED, HELPFUL, REFUSED, UNHELPFUL, Arrival, Week
from bot.texts import Texts

# Chosen: a list of more titles is longer than a screen, and of more articles no title says what they are about.
_MOST_TITLES, _MOST_LISTED = 15, 100
# Chosen: what is older is an addition to the archive, not news.
_NEWS_DAYS = 30
_MOST_OUTLETS = 10
# As many titles with links of usual length as fit beside the other lines; the longest list of outlets needs less.
_LIST = 3300


def news_card(arrivals: Sequence[Arrival], texts: Texts) -> Card:
    """Name the newest arrivals with outlet and day; count older articles, and sum up where there are hundreds.

    A few older ones without anything newer, as where a moderator has added one, are named as well.
    """
    recent = [one for one in arrivals if not _is_old(one)]
    if not recent and len(arrivals) <= _MOST_TITLES:
        recent = list(arrivals)
    is_summed_up = len(recent) > _MOST_LISTED
    blocks = [texts("news.arrived", count=len(arrivals))]
    if is_summed_up or not recent:
        blocks.append("\n".join(_by_outlet(arrivals, texts)))
    else:
        lines = [article_entry(_article(one), texts) for one in recent[:_MOST_TITLES]]
        blocks.append(fit_list(lines, texts, _LIST, len(recent)))
    older = len(arrivals) - len(recent)
    notes = [texts("news.older", count=older)] if older and recent else []
    return Card((*blocks, "\n".join((*notes, texts("news.see_all")))), title=texts("news.title"))


def outlet_lines(counts: Sequence[tuple[str | None, int]], texts: Texts, most: int = _MOST_OUTLETS) -> Iterator[str]:
    """Count articles by outlet in a line each, the first few, then all others together."""
    for outlet, count in counts[:most]:
        name = outlet_name(outlet, texts) if outlet else texts("news.no_outlet")
        yield texts("status.count", name=name, number=count)
    if others := sum(count for _, count in counts[most:]):
        yield texts("status.others", number=others)


def _by_outlet(arrivals: Sequence[Arrival], texts: Texts) -> Iterator[str]:
    return outlet_lines(Counter(one.outlet for one in arrivals).most_common(), texts)


def _is_old(one: Arrival) -> bool:
    arrived = datetime.fromtimestamp(one.arrived_at, UTC).date()
    return one.published is not None and (arrived - one.published).days > _NEWS_DAYS


def _article(one: Arrival) -> Article:
    return Article(one.article_id, one.title, (), one.outlet, one.url, published=one.published)


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
