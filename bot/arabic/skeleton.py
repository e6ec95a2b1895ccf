"""The consonants of a name, the same for its Latin and its Arabic spellings: «Peter» and «بيتر» are both btr."""

import re

_DIGRAPHS = re.compile("sh|ch|kh|gh|th|ph|ck|ts|x")
_OF_DIGRAPHS = {"sh": "C", "ch": "C", "kh": "K", "gh": "j", "th": "t", "ph": "f", "ck": "k", "ts": "s", "x": "ks"}
# One letter for all that the spellings of a name mix up: b and p, g and j, s and c before e, t and ط.
_LATIN = str.maketrans("bpfvtdkqcgjszlmnrh", "bbffttkkkjjsslmnrh", "aeiouyw'’")
_ARABIC = str.maketrans(
    {
        **dict.fromkeys("اويءعه", ""),
        **dict(zip("بتثجحخدذرزسشصضطظغفقكلمن", "bttjhKtsrssCsttsjfkklmn", strict=True)),
    }
)
_SOFT_C = re.compile("c(?=[eiy])")
LEAST_CONSONANTS = 3


def skeleton(normal: str) -> str:
    """Return the consonants of a word in normal form, or nothing where they are too few to tell names apart."""
    if normal.isascii():
        letters = _DIGRAPHS.sub(lambda match: _OF_DIGRAPHS[match.group()], _SOFT_C.sub("s", normal))
        consonants = letters.translate(_LATIN).replace("h", "")
    else:
        consonants = normal.translate(_ARABIC).replace("h", "")
    # A doubled letter is often written once.
    consonants = re.sub(r"(.)\1+", r"\1", consonants)
    return consonants if len(consonants) >= LEAST_CONSONANTS else ""
