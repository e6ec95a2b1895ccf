"""What moderators read about how an answer or a refusal came about."""

import discord

from bot.answering import Explanation, Refusal
from bot.chat.cards import fit_lines, notice, reason_line
from bot.chat.corpus_cards import listing
from bot.chat.layout import DESCRIPTION, EMBEDS, FIELD_VALUE, fit, size
from bot.chat.neutralise import one_line
from bot.explained import explained
from bot.texts import Texts

# What says how many passages did not fit.
_FOOTER = 100


def explanation_card(explanation: Explanation, texts: Texts) -> discord.Embed:
    """Lay out an explanation, as many of the weighed passages as fit, the best first."""
    # The texts hold other people's words in isolates already.
    summary, *details = explained(explanation, texts, lambda text, room: fit(one_line(text), room))
    lines = list(summary.lines)
    if isinstance(explanation.outcome, Refusal):
        lines.append(texts("explain.reply", text=reason_line(explanation.outcome, texts)))
    embed = notice(fit_lines(lines, DESCRIPTION // 2), title=summary.heading)
    left = EMBEDS - _FOOTER - size(f"{embed.title}{embed.description}")
    for number, section in enumerate(details):
        value = listing(list(section.lines), texts, FIELD_VALUE)
        left -= size(section.heading + value)
        if left < 0:
            return embed.set_footer(text=texts("list.more", count=len(details) - number))
        embed.add_field(name=section.heading, value=value, inline=False)
    return embed
