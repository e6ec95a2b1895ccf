"""What moderators read about how an answer or a refusal came about."""

from bot.answering import Explanation, Refusal
from bot.chat.card import ROOM, Card
from bot.chat.cards import reason_line
from bot.chat.layout import fit, fit_lines, listing, size
from bot.chat.neutralise import one_line
from bot.explained import explained
from bot.texts import Texts

# What says how many passages did not fit.
_FOOTNOTE = 100
# The summary, and each passage with its signals.
_SUMMARY, _DETAILS = 1500, 1000


def explanation_card(explanation: Explanation, texts: Texts) -> Card:
    """Lay out an explanation, as many of the weighed passages as fit, the best first."""
    # The texts hold other people's words in isolates already.
    summary, *details = explained(explanation, texts, lambda text, room: fit(one_line(text), room))
    lines = list(summary.lines)
    if isinstance(explanation.outcome, Refusal):
        lines.append(texts("explain.reply", text=reason_line(explanation.outcome, texts)))
    blocks = [fit_lines(lines, _SUMMARY)]
    left = ROOM - _FOOTNOTE - size(f"### {summary.heading}{blocks[0]}")
    for number, section in enumerate(details):
        block = f"**{section.heading}**\n{listing(section.lines, texts, _DETAILS)}"
        left -= size(block)
        if left < 0:
            more = texts("list.more", count=len(details) - number)
            return Card(tuple(blocks), title=summary.heading, footnote=more)
        blocks.append(block)
    return Card(tuple(blocks), title=summary.heading)
