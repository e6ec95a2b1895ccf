"""Roots of Arabic words by rule: three strong consonants, without the letters of derivation and person around them.

«ألغى» and «مسؤول» have weak letters in their roots and so none here; a word of four consonants has none either.
"""

import re
from functools import lru_cache
from itertools import product

# Chosen like the cache of word matches: few distinct words make up most texts.
_REMEMBERED = 1 << 15
_LETTERS = 3
# Of person, place and participle; of the fifth to the seventh form («متظاهر», «انفجر»); of the tenth («مستخدم»).
_PREFIXES = (
    *("", "م", "ت", "ي", "ن", "ا", "س", "سي", "ست", "سن"),
    *("مت", "يت", "تت", "نت", "ات", "ان", "من", "ين", "تن"),
    *("است", "مست", "يست", "تست", "نست"),
)
_SUFFIXES = ("", "ت", "وا", "نا", "تم", "ون", "ين", "ات", "ان", "ه", "ها", "هم")
_AFFIXES = sorted(product(_PREFIXES, _SUFFIXES), key=lambda affixes: len("".join(affixes)))
_WEAK = str.maketrans("", "", "اويءى")
# The «ت» of the eighth form stands behind the first consonant: «انتخب», «معتقل».
_EIGHTH = re.compile("[امينت]?(.)ت(.+)")


@lru_cache(_REMEMBERED)
def root(stem: str) -> str:
    """Return the root of a light stem, "" where its letters do not tell one: the reading that takes off the least."""
    if not "ء" <= stem[:1] <= "ي":
        return ""
    for prefix, suffix in _AFFIXES:
        if not (stem.startswith(prefix) and stem.endswith(suffix)):
            continue
        bare = stem[len(prefix) : len(stem) - len(suffix)]
        if len(strong := bare.translate(_WEAK)) == _LETTERS:
            return strong
        eighth = _EIGHTH.fullmatch(bare)
        if eighth and len(strong := "".join(eighth.groups()).translate(_WEAK)) == _LETTERS:
            return strong
    return ""
