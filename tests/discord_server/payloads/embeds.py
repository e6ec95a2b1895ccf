"""Lay out embeds as answers show them."""

from typing import Any

Json = dict[str, Any]


def shown_embed(embed: Json) -> Json:
    """Return an embed without what is empty and with the defaults that requests may leave out."""
    shown = {key: value for key, value in embed.items() if value not in (None, "", [])}
    shown["type"] = "rich"
    if "fields" in shown:
        shown["fields"] = [{"inline": False, **_trimmed(field)} for field in shown["fields"]]
    return _trimmed(shown)


def _trimmed(texts: Json) -> Json:
    return {key: value.strip() if isinstance(value, str) else value for key, value in texts.items()}
