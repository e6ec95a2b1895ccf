"""The cards of `/corpus explain`, `/corpus gaps` and `/help`."""

from bot.answering import Explanation, Gap, Gaps, Refusal
from bot.chat.cards.card import TEXT_LIMIT, Card, notice
from bot.chat.cards.card_text import fit, fit_lines, fit_list, inline, size
from bot.chat.cards.markdown_escape import one_line
from bot.texts import Texts, explanation_sections, refusal_reason

# Room for the line that counts the passages left out.
_FOOTNOTE = 100
# The summary, and each passage with its signals.
_SUMMARY, _DETAILS = 1500, 1000

_MOST = 15
_SUBJECT, _EXAMPLE = 100, 200


def explanation_card(explanation: Explanation, texts: Texts) -> Card:
    """Lay out an explanation, with as many of its candidates as fit, the best first."""
    # The texts hold other people's words in isolates already.
    summary, *details = explanation_sections(explanation, texts, lambda text, room: fit(one_line(text), room))
    lines = list(summary.lines)
    if isinstance(explanation.outcome, Refusal):
        lines.append(texts("explain.reply", text=refusal_reason(explanation.outcome, texts)))
    blocks = [fit_lines(lines, _SUMMARY)]
    left = TEXT_LIMIT - _FOOTNOTE - size(f"### {summary.heading}{blocks[0]}")
    for number, section in enumerate(details):
        block = f"**{section.heading}**\n{fit_list(section.lines, texts, _DETAILS)}"
        left -= size(block)
        if left < 0:
            more = texts("list.more", count=len(details) - number)
            return Card(tuple(blocks), title=summary.heading, footnote=more)
        blocks.append(block)
    return Card(tuple(blocks), title=summary.heading)


def gaps_card(gaps: Gaps, texts: Texts) -> Card:
    """List the most frequent gaps: subject, number of questions, an example."""
    title, day = texts("gaps.title"), texts.day(gaps.since.date())
    found = gaps.most_frequent(_MOST)
    private = (texts("gaps.private", count=gaps.private),) if gaps.private else ()
    if not found:
        nothing = texts("gaps.none_public" if private else "gaps.none", date=day)
        return notice("\n".join((nothing, *private)), title=title)
    intro = texts("gaps.intro", count=gaps.noted, date=day)
    room = TEXT_LIMIT - sum(map(size, (f"### {title}{intro}", *private)))
    return Card((intro, fit_list([_line(gap, texts) for gap in found], texts, room), *private), title=title)


def _line(gap: Gap, texts: Texts) -> str:
    return texts(
        "gaps.subject",
        count=gap.count,
        subject=inline(gap.topic, _SUBJECT, texts.language),
        example=inline(next(iter(gap.examples), ""), _EXAMPLE, texts.language),
    )
