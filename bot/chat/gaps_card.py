"""What moderators read about the gaps of the coverage: the subjects that most unanswered questions are about."""

from bot.answering import Gap, Gaps
from bot.chat.card import ROOM, Card, notice
from bot.chat.layout import listing, name, size
from bot.texts import Texts

_MOST = 15
_SUBJECT, _EXAMPLE = 100, 200


def gaps_card(gaps: Gaps, texts: Texts) -> Card:
    """List the subjects that are asked about most, how often, and a question about each."""
    title, day = texts("gaps.title"), texts.day(gaps.since.date())
    found = gaps.most_frequent(_MOST)
    private = (texts("gaps.private", count=gaps.private),) if gaps.private else ()
    if not found:
        nothing = texts("gaps.none_public" if private else "gaps.none", date=day)
        return notice("\n".join((nothing, *private)), title=title)
    intro = texts("gaps.intro", count=gaps.noted, date=day)
    room = ROOM - sum(map(size, (f"### {title}{intro}", *private)))
    return Card((intro, listing([_line(gap, texts) for gap in found], texts, room), *private), title=title)


def _line(gap: Gap, texts: Texts) -> str:
    return texts(
        "gaps.subject",
        count=gap.count,
        subject=name(gap.subject, _SUBJECT, texts.language),
        example=name(next(iter(gap.examples), ""), _EXAMPLE, texts.language),
    )
