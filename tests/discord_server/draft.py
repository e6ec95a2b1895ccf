"""Read the body of a message request into the parts of a message."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.discord_server.payloads.components import shown_components

Json = dict[str, Any]

# Discord drops this control from whatever it is given, so that no text can turn the line around.
_RIGHT_TO_LEFT_OVERRIDE = "\u202e"


@dataclass(frozen=True)
class Upload:
    """Be a file that came with a request."""

    filename: str
    content: bytes


@dataclass(frozen=True)
class Draft:
    """Be what a message is to hold; None leaves a part of an edited message as it is."""

    content: str | None = None
    components: list[Json] | None = None
    kept_attachments: list[int] | None = None
    uploads: Sequence[Upload] = ()
    flags: int = 0
    nonce: str | int | None = None
    allowed_mentions: Json | None = field(default=None)

    @classmethod
    def from_body(cls, body: Json, uploads: Sequence[Upload] = ()) -> "Draft":
        """Read a request body; a null there empties a part, an absent key leaves it."""
        attachments = body.get("attachments") or []
        kept = [int(a["id"]) for a in attachments if "filename" not in a or "url" in a]
        return cls(
            content=clean_text(body.get("content") or "") if "content" in body else None,
            components=shown_components(body.get("components") or []) if "components" in body else None,
            kept_attachments=kept if "attachments" in body else None,
            uploads=uploads,
            flags=int(body.get("flags") or 0),
            nonce=body.get("nonce"),
            allowed_mentions=body.get("allowed_mentions"),
        )


def clean_text(text: str) -> str:
    """Return a text as Discord keeps it."""
    return text.replace(_RIGHT_TO_LEFT_OVERRIDE, "").strip()
