"""The post that names what came into the coverage, for everybody in a channel."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

from bot.articles import Article
from bot.chat.cards.card import Card
from bot.chat.cards.quote_text import fit_list
from bot.chat.cards.source_lines import article_entry, outlet_name
from bot.records.news import Arrival
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
