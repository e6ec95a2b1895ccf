"""Articles, sources of quotes, scopes and counts as lines."""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime
from functools import partial

from bot.answering import Quote
from bot.articles import Article, CitedSource
from bot.chat.cards.card import small_print
from bot.chat.cards.card_text import inline, join_with_commas, link, size
from bot.chat.cards.quote_text import fit_list
from bot.retrieval import Scope
from bot.texts import Texts, cited_text, dead_text, quote_link

_TITLE, _OUTLET, _SECTION = 200, 80, 100
MOST_OUTLETS, _LIST = 10, 900
# A line may break behind the dot, not before it.
_DOT = "\u00a0· "


def article_line(article: Article, texts: Texts) -> str:
    """Name an article by linked title, outlet and date."""
    return join_parts(title_link(article, texts), _outlet(article, texts), *_day_and_state(article, texts))


def article_entry(article: Article, texts: Texts) -> str:
    """Name an article by linked title in bold, with its date and outlet in small print below."""
    day, state = _day_and_state(article, texts)
    small = join_parts(day, _outlet(article, texts), state)
    title = f"**{title_link(article, texts)}**"
    return f"{title}\n{small_print(small)}" if small else title


def source_line(quote: Quote, texts: Texts, *, again: bool = False) -> str:
    """Name a quote's article, or say that it is the same `again`, and the quote's place in it, in small print."""
    article = quote.article
    title = link(article.title, quote_link(quote), _TITLE, texts.language)
    named = join_parts(title, _outlet(article, texts), day_and_age(article, texts), dead_text(article, texts))
    section = article.paragraphs[quote.paragraph].section
    source = join_parts(
        texts("card.same_article") if again else named,
        texts("card.place", number=quote.paragraph + 1, count=len(article.paragraphs)),
        section and texts("card.section", section=inline(section, _SECTION, texts.language)),
    )
    return small_print(f"{texts('answer.source')} {source}")


def day_and_age(article: Article, texts: Texts) -> str | None:
    """Name the day of an article and how old it is today: Discord would say that in the reader's language."""
    if article.published is None:
        return None
    day, age = texts.day(article.published), texts.age(article.published, today())
    return f"{day} ({age})" if age else day


def today() -> date:
    """Return the day of a card that is made now."""
    return datetime.now(UTC).date()


def cited_line(article: Article, texts: Texts, room: int) -> str:
    """Name the sources that an article rests on, as many as fit, the first that has one with its link; else nothing."""

    def name(source: CitedSource, linked: CitedSource | None) -> str:
        return link(source.name, source.url if source is linked else None, _OUTLET, texts.language)

    linked = next((source for source in article.sources if source.url), None)
    for count in range(len(article.sources), 0, -1):
        for one in (linked, None):
            line = cited_text(article.sources[:count], texts, partial(name, linked=one))
            if size(line) <= room:
                return line
    return ""


def other_source_lines(quote: Quote, texts: Texts, room: int) -> str:
    """Name the other sources of a quote in small print, as links where these fit; nothing where the room is too small.

    An article is named by its outlet, or by its title where that has been named already. A line has one link at most,
    as others do, since it may be of the other direction.
    """
    lines, named, is_linked = list[str](), {quote.article.outlet, None}, False
    for other in quote.other_sources:
        outlet = other.article.outlet
        label = other.article.title if not outlet or outlet in named else outlet
        named.add(outlet)
        for url in (other.article.live_url, None):
            source = link(label, url, _OUTLET, texts.language)
            if lines and not (url and is_linked):
                longer = [*lines[:-1], join_with_commas((lines[-1], source), texts)]
            else:
                longer = [*lines, small_print(f"{texts('answer.also')} {source}")]
            if size("\n".join(longer)) <= room:
                lines, is_linked = longer, is_linked or url is not None
                break
    return "\n".join(lines)


def title_link(article: Article, texts: Texts) -> str:
    """Name an article by its title, as a link where it has one that works."""
    return link(article.title, article.live_url, _TITLE, texts.language)


def outlet_name(outlet: str, texts: Texts) -> str:
    return inline(outlet, _OUTLET, texts.language)


def scope_text(scope: Scope, texts: Texts) -> str:
    """Describe a scope: «منذ … حتى … في …»."""
    parts = (
        texts("scope.since", date=texts.day(scope.since)) if scope.since else None,
        texts("scope.until", date=texts.day(scope.until)) if scope.until else None,
        texts("scope.outlet", outlet=outlet_name(scope.outlet, texts)) if scope.outlet else None,
    )
    return " ".join(filter(None, parts))


def outlet_names(outlets: tuple[str, ...], texts: Texts) -> str:
    """List outlets in a line, as many as fit, those with the most articles first."""
    named = (outlet_name(outlet, texts) for outlet in outlets[:MOST_OUTLETS])
    return fit_list([join_with_commas(named, texts)], texts, _LIST)


def count_lines(counts: Sequence[tuple[str | None, int]], texts: Texts, none: str, most: int) -> Iterator[str]:
    """Write the first few counts in a line each behind a name, or behind `none`, then the sum of all others."""
    for name, count in counts[:most]:
        yield texts("status.count", name=name or none, number=count)
    if others := sum(count for _, count in counts[most:]):
        yield texts("status.others", number=others)


def _outlet(article: Article, texts: Texts) -> str | None:
    return article.outlet and outlet_name(article.outlet, texts)


def _day_and_state(article: Article, texts: Texts) -> tuple[str | None, str | None]:
    return texts.day(article.published) if article.published else None, dead_text(article, texts)


def join_parts(*parts: str | None) -> str:
    """Join the parts of a line that are not empty by dots."""
    return _DOT.join(filter(None, parts))
