"""Write what a message shows as plain lines for a terminal."""

from collections.abc import Iterator, Mapping

from bot.chat.cards.card_text import unescape_markdown
from tests.discord_server.seen import Seen
from tests.discord_server.terminal_texts import TEXTS

_RULE = "─" * 40


def rendered(seen: Seen, language: str = "ar") -> str:
    """Return a message as the lines that a terminal of a language prints."""
    return "\n".join(_lines(seen, TEXTS[language]))


def _lines(seen: Seen, texts: Mapping[str, str]) -> Iterator[str]:
    yield f"{_RULE}\n{seen.author} {_marks(seen, texts)}".rstrip()
    if seen.content:
        yield seen.content
    else:
        # Discord drops the backslash before a mark.
        yield unescape_markdown(seen.text)
    for number, button in enumerate(seen.buttons, start=1):
        target = f" → {button.url}" if button.url else f" (:press {number})"
        shown = " ".join(filter(None, (button.emoji, button.label)))
        disabled = f" ({texts['disabled']})" if button.is_disabled else ""
        yield f"[{number}] {shown}{disabled}{target}"
    if seen.reactions:
        yield " ".join(f"{emoji} {count}" for emoji, count in seen.reactions.items())


def _marks(seen: Seen, texts: Mapping[str, str]) -> str:
    pinged = [*seen.pinged.users, *seen.pinged.roles, *(["@everyone"] if seen.pinged.everyone else [])]
    marks = [
        f"#{seen.channel}" if seen.channel else "",
        texts["private"] if seen.is_ephemeral else "",
        texts["thinking"] if seen.is_thinking else "",
        texts["edited"].format(count=seen.edits) if seen.edits else "",
        texts["pings"].format(names=texts["comma"].join(pinged)) if pinged else "",
    ]
    return " · ".join(filter(None, marks))
