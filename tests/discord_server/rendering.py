"""Write what a message shows as plain lines for a terminal."""

from collections.abc import Iterator
from typing import Any

from bot.chat.cards.markdown_escape import unescape_markdown
from tests.discord_server.seen import Seen

Json = dict[str, Any]

_RULE = "─" * 40


def rendered(seen: Seen) -> str:
    """Return a message as the lines that a terminal prints."""
    return "\n".join(_lines(seen))


def _lines(seen: Seen) -> Iterator[str]:
    yield f"{_RULE}\n{seen.author} {_marks(seen)}".rstrip()
    if seen.content:
        yield seen.content
    for embed in seen.embeds:
        yield from (f"│ {line}" for block in _blocks(embed) for line in block.splitlines())
    if not seen.content and not seen.embeds:
        # Discord drops the backslash before a mark.
        yield unescape_markdown(seen.text)
    for number, button in enumerate(seen.buttons, start=1):
        target = f" → {button.url}" if button.url else f" (:press {number})"
        shown = " ".join(filter(None, (button.emoji, button.label)))
        yield f"[{number}] {shown}{'' if not button.is_disabled else ' (معطّل)'}{target}"
    if seen.reactions:
        yield " ".join(f"{emoji} {count}" for emoji, count in seen.reactions.items())


def _marks(seen: Seen) -> str:
    pinged = [*seen.pinged.users, *seen.pinged.roles, *(["@everyone"] if seen.pinged.everyone else [])]
    marks = [
        f"#{seen.channel}" if seen.channel else "",
        "يراه السائل وحده" if seen.is_ephemeral else "",
        "يفكّر…" if seen.is_thinking else "",
        f"عُدّل {seen.edits}" if seen.edits else "",
        f"ينبّه {'، '.join(pinged)}" if pinged else "",
    ]
    return " · ".join(filter(None, marks))


def _blocks(embed: Json) -> Iterator[str]:
    yield embed.get("author", {}).get("name", "")
    yield embed.get("title", "")
    yield embed.get("url", "")
    yield embed.get("description", "")
    for field in embed.get("fields", []):
        yield f"{field['name']}: {field['value']}"
    yield embed.get("footer", {}).get("text", "")
