"""Know the limits of embeds."""

from collections.abc import Iterator
from typing import Any

from tests.discord_server.errors import Problem
from tests.discord_server.limits.measures import at_most, filled, no_more_than, web_address

_EMBEDS = 10
_FIELDS = 25
_TOTAL = 6000
_FILES = ("http", "https", "attachment")


def embed_problems(embeds: list[dict[str, Any]]) -> Iterator[Problem]:
    """Yield the faults of a message's embeds, singly and together."""
    yield from no_more_than("embeds", embeds, _EMBEDS)
    for index, embed in enumerate(embeds):
        yield from _single(f"embeds.{index}", embed)
    if sum(map(embed_length, embeds)) > _TOTAL:
        message = f"Embed size exceeds maximum size of {_TOTAL}"
        yield Problem("embeds", "MAX_EMBED_SIZE_EXCEEDED", message)


def embed_length(embed: dict[str, Any]) -> int:
    """Return how many characters of an embed count towards the total of a message."""
    texts = [embed.get("title"), embed.get("description")]
    texts += [(embed.get("footer") or {}).get("text"), (embed.get("author") or {}).get("name")]
    for field in embed.get("fields") or []:
        texts += [field.get("name"), field.get("value")]
    return sum(len(text) for text in texts if text)


def _single(where: str, embed: dict[str, Any]) -> Iterator[Problem]:
    yield from at_most(f"{where}.title", embed.get("title"), 256)
    yield from at_most(f"{where}.description", embed.get("description"), 4096)
    yield from web_address(f"{where}.url", embed.get("url"))
    fields = embed.get("fields") or []
    yield from no_more_than(f"{where}.fields", fields, _FIELDS)
    for index, field in enumerate(fields):
        yield from filled(f"{where}.fields.{index}.name", field.get("name"), 256)
        yield from filled(f"{where}.fields.{index}.value", field.get("value"), 1024)
    if footer := embed.get("footer"):
        yield from at_most(f"{where}.footer.text", footer.get("text"), 2048)
    if author := embed.get("author"):
        yield from filled(f"{where}.author.name", author.get("name"), 256)
        yield from web_address(f"{where}.author.url", author.get("url"))
    for picture in ("image", "thumbnail"):
        yield from web_address(f"{where}.{picture}.url", (embed.get(picture) or {}).get("url"), schemes=_FILES)
