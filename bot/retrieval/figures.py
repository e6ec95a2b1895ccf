"""One way to write a figure: 3.5 is 3,5 and ٣٫٥, but neither 35 nor 3-5."""

import re

from bot.arabic import normal_words

_SEPARATED = re.compile(r"(?<!\d)\d++(?:[.,٫،٬']\d++)+")
_MARKS = re.compile(r"(?P<between>(?<=\d)[\W_]+(?=\d))|(?P<minus>\A[\W_]*[-\u2212](?=\d))|[\W_]+")
_ONE_SIGN = str.maketrans({**dict.fromkeys("\u2010\u2012\u2013\u2014\u2212", "-"), "\u2044": "/"})


def figure(form: str) -> str:
    """Write the normal form of a word with digits without marks, but for those that make it another number.

    These are a minus before it, and whatever stands between two digits: of a fraction, a score, a time, a range.
    """
    return _MARKS.sub(_sign, _SEPARATED.sub(_read, form))


def _read(match: re.Match[str]) -> str:
    """Read a number with thousands and decimals as all of the bot does; a list or a date stays one word."""
    return ".".join(normal_words(match.group()))


def _sign(match: re.Match[str]) -> str:
    if match["between"]:
        return match["between"].translate(_ONE_SIGN)
    return "-" if match["minus"] else ""
