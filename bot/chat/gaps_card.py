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
    if not found:
        return notice(texts("gaps.none", date=day), title=title)
    intro = texts("gaps.intro", count=gaps.noted, date=day)
    room = ROOM - size(f"### {title}{intro}")
    return Card((intro, listing([_line(gap, texts) for gap in found], texts, room)), title=title)


def _line(gap: Gap, texts: Texts) -> str:
    return texts(
        "gaps.subject",
        count=gap.count,
        subject=name(gap.subject, _SUBJECT, texts.language),
        example=name(next(iter(gap.examples), ""), _EXAMPLE, texts.language),
    )
