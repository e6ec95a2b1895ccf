"""What of a card's text Discord would act on, beyond what cards have of their own."""

import re

from bot.chat.cards.card import Card
from tests.chat.hostile_text import after_escapes
from tests.chat.measures import within_limits

# Our own: links to pages and to places in them, bold words, and what begins a heading, a quotation or a small line.
# The one tilde of a place strikes nothing through: that takes two side by side.
_SAFE = r"[^\s()<>\[\]\\\"'`{}|^*_~]"
_LINK = re.compile(rf"\[([^\[\]\n]*)\]\(https?://{_SAFE}+(?:#:~:text={_SAFE}*)?\)")
_BOLD = re.compile(r"\*\*([^*\n]+)\*\*")
# A command of our own, which stands apart from the words around it.
_COMMAND = re.compile(r"\u2068`/[^`\n]{1,30}`\u2069")
_CODE = re.compile(r"```\n(.*)\n```", re.DOTALL)
_OPENING = re.compile(r"^(?:> |#{2,3} |-# )+", re.MULTILINE)
_LIVE = re.compile(r"[*_~|`<>\[\]@\\]|://|:\w+:|^[^\S\n]*(?:#{1,3}\s|-#\s|[-+]\s|\d+\.\s)", re.ASCII | re.MULTILINE)


def check_card(card: Card) -> None:
    """Raise where Discord would not take a card, or would read other people's words in it as more than words."""
    card.layout()
    assert within_limits(card), "beyond Discord's limits"
    assert all(len(button.custom_id) <= 100 for row in card.rows for button in row), "an id beyond Discord's limit"
    for text in (*card.texts, *card.sent_texts):
        if block := _CODE.fullmatch(text):
            # Nothing is read in a block of code but its end.
            assert "```" not in block[1], f"a block of code that ends early: {text!r}"
            continue
        assert not (live := live_markup(text)), f"live markup {live!r} in {text!r}"


def live_markup(text: str) -> str | None:
    """Return the first piece of a card's text that Discord would act on and that is not of the card's own making."""
    plain = _COMMAND.sub("", _OPENING.sub("", after_escapes(text)))
    found = _LIVE.search(_BOLD.sub(r"•\1•", _LINK.sub(r"\1", plain)))
    return found[0] if found else None
