"""The cards of `/corpus explain` and `/corpus gaps`."""

from bot.answering import Explanation, Gap, Gaps, Refusal
from bot.arabic import mark_direction
from bot.chat.cards.card import Attachment, Card, notice, room_beside
from bot.chat.cards.card_text import fit, inline, one_line
from bot.chat.cards.quote_text import fit_lines, fit_list
from bot.texts import Texts, explanation_sections, explanation_sentences, refusal_reason

_SENTENCES, _SUMMARY = 2000, 1500
_FILE = "explanation.txt"

_MOST = 15
_SUBJECT, _EXAMPLE = 100, 200


def explanation_card(explanation: Explanation, texts: Texts) -> Card:
    """Say what decided, what the member reads and how the question was understood; the numbers are in a file."""

    # The texts isolate other people's words by their first letter, which is Latin in some Arabic titles.
    def escaped(text: str, room: int) -> str:
        return mark_direction(fit(one_line(text), room - 1))

    lines = [explanation_sentences(explanation, texts, escaped)]
    if isinstance(explanation.outcome, Refusal):
        lines.append(texts("explain.reply", text=refusal_reason(explanation.outcome, texts)))
    summary, *_ = explanation_sections(explanation, texts, escaped)
    blocks = (fit_lines(lines, _SENTENCES), fit_lines(summary.lines, _SUMMARY))
    sections = explanation_sections(explanation, texts, lambda text, room: one_line(text)[:room])
    written = "\n\n".join("\n".join((section.heading, *section.lines)) for section in sections)
    # Questions may hold halves of letters.
    file = Attachment(_FILE, written.encode("utf-8", "replace").decode() + "\n")
    return Card(blocks, title=summary.heading, footnote=texts("explained.numbers"), attachment=file)


def gaps_card(gaps: Gaps, texts: Texts) -> Card:
    """List the most frequent gaps: subject, number of questions, an example."""
    title, day = texts("gaps.title"), texts.day(gaps.since.date())
    found = gaps.most_frequent(_MOST)
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
