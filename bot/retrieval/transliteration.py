"""How alike an Arabic and a Latin spelling of one name sound, vowels counted in: «Putin» is «بوتين» and not «بطن»."""

import re

from rapidfuzz.distance import OSA

_DIGRAPHS = {"sh": "C", "ch": "C", "kh": "K", "gh": "g", "th": "t", "ph": "f", "x": "ks"}
_DIGRAPH = re.compile("|".join(_DIGRAPHS))
_LATIN = str.maketrans("pvqcwyeu", "bfkkoiio", "'’")
_ARABIC = str.maketrans("ابتثجحخدذرزسشصضطظعغفقكلمنهوي", "abttjhKddrzsCsdtzagfkklmnhoi", "ء")
_REPEATED = re.compile(r"(.)\1+")


def likeness(one: str, other: str) -> float:
    """Return how alike two words in normal form sound, 0 to 1, in whichever alphabets they are written."""
    return OSA.normalized_similarity(_sounds(one), _sounds(other))


def _sounds(normal: str) -> str:
    if normal.isascii():
        sounds = _DIGRAPH.sub(lambda match: _DIGRAPHS[match.group()], normal).translate(_LATIN)
    else:
        sounds = normal.translate(_ARABIC)
    return _REPEATED.sub(r"\1", sounds)
