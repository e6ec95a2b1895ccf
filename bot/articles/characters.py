"""Invisible characters, line breaks and white space of decoded text, cleaned without loss for a quote."""

import re

from bot.arabic import BIDI_CONTROLS, ZERO_WIDTH

_NEWLINE = re.compile("\r\n?|[\x0b\x0c\x85\u2028\u2029]")

# Controls that are neither tab nor line break, marks of direction, and characters without a shape. ZWNJ and ZWJ shape
# the letters beside them and stay; so do the visible Arabic format characters (U+0600-0605, U+06DD).
INVISIBLE = re.compile(
    f"[{BIDI_CONTROLS}{ZERO_WIDTH}\u206a-\u206f"
    "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u180e\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")


def unify_newlines(text: str) -> str:
    """Turn every kind of line break into a line feed."""
    return _NEWLINE.sub("\n", text)


def drop_invisible(text: str) -> str:
    """Drop invisible characters; a lone surrogate becomes U+FFFD, so that the loss stays visible."""
    if text.isascii() and text.isprintable():
        return text
    return _SURROGATE.sub("\ufffd", INVISIBLE.sub("", text))


def one_line(text: str) -> str:
    """Lay text out as one line: no invisible characters, each run of white space one space."""
    return " ".join(drop_invisible(text).split())
