"""Tell an emoji from other text."""

import re
import unicodedata

_KEYCAP = re.compile(r"[0-9#*]\ufe0f?\u20e3")
# Variation selector, joiner, and the letters of the flags of regions.
_INVISIBLE = re.compile("[\ufe0f\u200d\U000e0020-\U000e007f]")
# Emoji that Unicode counts among letters and punctuation.
_ODD = frozenset("‼⁉ℹ〰")
_FIRST_SIGN = "\u2000"


def is_emoji(text: str) -> bool:
    """Say whether a text is an emoji of Unicode, as far as the categories of its characters tell."""
    if _KEYCAP.fullmatch(text):
        return True
    signs = _INVISIBLE.sub("", text)
    return bool(signs) and all(map(_is_sign, signs))


def _is_sign(character: str) -> bool:
    if character in _ODD or character in "©®":
        return True
    return character > _FIRST_SIGN and unicodedata.category(character) in {"So", "Sm", "Sk"}
