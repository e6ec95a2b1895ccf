"""Turns inline Markdown into the plain text that a reader of the page would see."""

import html
import re

from bot.articles.cleaning import one_line

# Every pattern runs in linear time on hostile text: no class in it can reach past the character it begins with, and a
# run of signs is tried once, from its beginning.
_IMAGE = re.compile(r"!\[[^\[\]]*\](?:\((?:[^()]|\([^()]*\))*+\)|\[[^\[\]]*\])")
_LINK = re.compile(r"(?<!\\)\[([^\[\]]*)\](?:\((?:[^()]|\([^()]*\))*+\)|\[[^\[\]]+\])")
_AUTOLINK = re.compile(r"<(https?://[^<>\s]*)>")
_TAG = re.compile(r"</?[A-Za-z][^<>]*>")
_STARS = re.compile(r"(?<![\\*])(\*{1,3})(?=[^\s*])([^*]*[^\s*])\1(?!\*)")
_UNDERSCORES = re.compile(r"(?<![\\\w])(_{1,3})(?=[^\s_])([^_]*[^\s_])\1(?!\w)")
_STRUCK = re.compile(r"~~([^~]+)~~")
_CODE = re.compile(r"(?<!`)`++([^`]+)`++")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|\w{2,32});")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def plain_text(markdown: str) -> str:
    """Strip links, images, emphasis, tags and escapes from one paragraph."""
    text = _IMAGE.sub("", markdown)
    text = _LINK.sub(r"\1", text)
    text = _TAG.sub(" ", _AUTOLINK.sub(r"\1", text))
    for _ in range(2):  # emphasis within emphasis
        text = _UNDERSCORES.sub(r"\2", _STARS.sub(r"\2", text))
    text = _CODE.sub(r"\1", _STRUCK.sub(r"\1", text))
    return one_line(_ENTITY.sub(lambda entity: html.unescape(entity[0]), _ESCAPED.sub(r"\1", text)))
