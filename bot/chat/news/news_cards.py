"""Cards of what came, what is lacking and what is silent: a post for all, a member's digest, others for moderators."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import partial

from bot.answering import Gap, Gaps
from bot.articles import Article, Articles
from bot.chat.cards.article_card import article_menu
from bot.chat.cards.card import Card, notice, room_beside
from bot.chat.cards.card_text import inline, inline_value, size
from bot.chat.cards.quote_text import fit_list
from bot.chat.cards.source_lines import article_entry, count_lines, outlet_name
from bot.chat.cards.source_list import SourceList, article_entries
from bot.edition import FailingSource, StaleOutlet
from bot.records.news.arrivals import Arrival
from bot.records.news.week import ANSWERED, HELPFUL, REFUSED, UNHELPFUL, Week
from bot.texts import Texts, error_text

# Chosen: a list of more titles is longer than a screen, and of more articles no title says what they are about.
_MOST_TITLES, _MOST_LISTED = 15, 100
# Chosen: what is older is an addition to the archive, not news.
_NEWS_DAYS = 30
_MOST_OUTLETS, _FEW_OUTLETS = 10, 6
_QUESTION, _SOURCE, _FOLLOWED = 200, 200, 60
# Chosen: five subjects of three titles each fill a screen.
_A_SUBJECT = 3
# As many titles with links of usual length as fit beside the other lines; the longest list of outlets needs less.
_LIST, _FEW_LINES = 3300, 600
_MOST_GAPS = 15
_SUBJECT, _EXAMPLE = 100, 200


def news_card(arrivals: Sequence[Arrival], texts: Texts) -> Card:
    """Name the newest arrivals with outlet and day; count older articles, and sum up where there are hundreds.

    A few older ones without anything newer, as where a moderator has added one, are named as well.
    """

    def is_old(one: Arrival) -> bool:
        arrived = datetime.fromtimestamp(one.arrived_at, UTC).date()
        return one.published is not None and (arrived - one.published).days > _NEWS_DAYS

    recent = [one for one in arrivals if not is_old(one)]
    if not recent and len(arrivals) <= _MOST_TITLES:
        recent = list(arrivals)
    is_summed_up = len(recent) > _MOST_LISTED
    blocks = [texts("news.arrived", count=len(arrivals))]
    if is_summed_up or not recent:
        by_outlet = Counter(one.outlet for one in arrivals).most_common()
        blocks.append("\n".join(_outlet_lines(by_outlet, texts, _MOST_OUTLETS)))
    else:
        articles = (
            Article(one.article_id, one.title, (), one.outlet, one.url, published=one.published)
            for one in recent[:_MOST_TITLES]
        )
        lines = [article_entry(article, texts) for article in articles]
        blocks.append(fit_list(lines, texts, _LIST, len(recent)))
    older = len(arrivals) - len(recent)
    notes = [texts("news.older", count=older)] if older and recent else []
    return Card((*blocks, "\n".join((*notes, texts("news.see_all")))), title=texts("news.title"))


def digest_card(  # noqa: PLR0913 (what came, and how it is said)
    found: Articles,
    subjects: Sequence[tuple[str | None, Articles]],
    asked: SourceList,
    texts: Texts,
    *,
    is_first: bool,
    is_by_day: bool,
) -> Card:
    """Count what came by outlet, and name the newest articles on each subject, with a menu to open one.

    `subjects` have all of it, None stands for the others; `asked` is the whole list, to which an article leads back.
    Of a first digest it came within a week, else since the last one.
    """
    title, since = texts("digest.title"), texts("digest.week" if is_first else "digest.since")
    by_day = [texts("new.by_day")] if is_by_day else []
    if not found:
        return Card(("\n".join((texts("digest.none", since=since), *by_day)),), title=title)
    outlets = Counter(article.outlet for article in found.headers()).most_common()
    counts = (texts("digest.found", count=len(found), since=since), *_outlet_lines(outlets, texts, _FEW_OUTLETS))
    head, footnote = "\n".join((*counts, *by_day)), texts("digest.footnote")
    named = [inline(topic, _FOLLOWED, texts.language) if topic else texts("digest.others") for topic, _ in subjects]
    counted = zip(named, subjects, strict=True)
    headings = [f"**{texts('digest.subject', subject=name, number=len(own))}**" for name, (_, own) in counted]
    room = room_beside(head, *headings, title=title, footnote=footnote) // len(subjects) - 1
    shown = [list(articles[:_A_SUBJECT]) for _, articles in subjects]
    blocks = [
        f"{heading}\n{article_entries(articles, texts, room)}"
        for heading, articles in zip(headings, shown, strict=True)
    ]
    menu = article_menu([one for articles in shown for one in articles], texts, asked.payload(0))
    return Card((head, *blocks), title=title, footnote=footnote, menu=menu)


def _outlet_lines(counts: Sequence[tuple[str | None, int]], texts: Texts, most: int) -> Iterator[str]:
    named = [(outlet and outlet_name(outlet, texts), count) for outlet, count in counts]
    return count_lines(named, texts, texts("news.no_outlet"), most)


def source_card(sources: Sequence[FailingSource], texts: Texts, *, is_back: bool) -> Card:
    """Tell of sources that fail, since when, why and what to do; or that they give something again."""
    key = "alarm.back" if is_back else "alarm.ill"
    lines = [_source_line(one, texts, "alarm.was" if is_back else "alarm.since") for one in sources]
    after = () if is_back else (texts("alarm.advice"),)
    return Card((fit_list(lines, texts, _LIST), *after), title=texts(key, count=len(sources)))


def _source_line(one: FailingSource, texts: Texts, key: str, *, with_reason: bool = True) -> str:
    when = texts("status.moment", date=texts.day(one.moment.date()), time=f"{one.moment:%H:%M}")
    line = texts(key, source=inline_value(one.source, _SOURCE, texts.language), when=when)
    if one.error is None or not with_reason:
        return line
    reason = error_text(one.error, texts, partial(inline_value, language=texts.language))
    return "\n".join((line, texts("alarm.never", reason=reason) if one.is_new else texts("alarm.why", reason=reason)))


def ill_blocks(sources: Sequence[FailingSource], texts: Texts) -> list[str]:
    """List the sources that fail for too long in one block, none without any; why stands elsewhere."""
    lines = [_source_line(one, texts, "alarm.since", with_reason=False) for one in sources]
    heading = f"**{texts('alarm.ill', count=len(sources))}**"
    return [f"{heading}\n{fit_list(lines, texts, _FEW_LINES)}"] if sources else []


def stale_blocks(outlets: Sequence[StaleOutlet], texts: Texts) -> list[str]:
    """List the outlets that are silent for longer than usual in one block, none without any."""
    lines = [
        texts("stale.outlet", outlet=outlet_name(one.outlet, texts), date=texts.day(one.newest)) for one in outlets
    ]
    return [f"**{texts('stale.title', count=len(lines))}**\n{fit_list(lines, texts, _FEW_LINES)}"] if lines else []


def weekly_card(week: Week, gaps: Sequence[Gap], texts: Texts, stale: Sequence[StaleOutlet] = ()) -> Card:
    """Lay out what members asked and how that ended, what is lacking most, what found its answer, and what came."""
    title = texts("week.title", first=texts.day(week.first), last=texts.day(week.last))
    figures = {name: week.figures.get(name, 0) for name in (ANSWERED, REFUSED, HELPFUL, UNHELPFUL)}
    asked = [texts("week.questions", asked=figures[ANSWERED] + figures[REFUSED], **figures)]
    if figures[HELPFUL] or figures[UNHELPFUL]:
        asked.append(texts("week.votes", **figures))
    others = stale_blocks(stale, texts)
    of_questions = (("found", week.found, week.questions), ("reopened", week.reopened, week.reopened_questions))
    for key, count, questions in of_questions:
        if count:
            quoted = (texts("week.question", question=inline(one, _QUESTION, texts.language)) for one in questions)
            counted = texts(f"week.{key}_count", count=count)
            others.append("\n".join((f"**{texts(f'week.{key}')}**", counted, *quoted)))
    if week.outlets:
        count = sum(number for _, number in week.outlets)
        lines = _outlet_lines(week.outlets, texts, _FEW_OUTLETS)
        others.append("\n".join((f"**{texts('week.arrived', count=count)}**", *lines)))
    heading = f"**{texts('week.gaps')}**"
    room = room_beside("\n".join(asked), *others, title=title) - size(heading) - 1
    listed = fit_list([gap_line(gap, texts) for gap in gaps], texts, room) if gaps else ""
    gap_blocks = [f"{heading}\n{listed}"] if gaps else []
    return Card(("\n".join(asked), *gap_blocks, *others), title=title)


def gaps_card(gaps: Gaps, texts: Texts) -> Card:
    """List the most frequent gaps: subject, number of questions, an example."""
    title, day = texts("gaps.title"), texts.day(gaps.since.date())
    found = gaps.most_frequent(_MOST_GAPS)
    private = (texts("gaps.private", count=gaps.private),) if gaps.private else ()
    if not found:
        nothing = texts("gaps.none_public" if private else "gaps.none", date=day)
        return notice("\n".join((nothing, *private)), title=title)
    intro = texts("gaps.intro", count=gaps.noted, date=day)
    room = room_beside(intro, *private, title=title)
    return Card((intro, fit_list([gap_line(gap, texts) for gap in found], texts, room), *private), title=title)


def gap_line(gap: Gap, texts: Texts) -> str:
    """Name the subject of a gap, how many questions asked for it, and one of them."""
    return texts(
        "gaps.subject",
        count=gap.count,
        subject=inline(gap.topic, _SUBJECT, texts.language),
        example=inline(next(iter(gap.examples), ""), _EXAMPLE, texts.language),
    )
