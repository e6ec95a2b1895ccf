"""The normal form of Arabic words, the same for all spellings, and the classes of invisible characters.

pyarabic supplies the letters; its own `normalize_*` functions are not used, since they fold too much
(`normalize_alef` takes ى to ا) or too little (`strip_tashkeel` leaves the dagger alef and the combining hamzas).
"""

import re
import unicodedata

from pyarabic import araby

BIDI_CONTROLS = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
"""Direction marks, embeddings, overrides and isolates, for a character class of a regular expression."""
ZERO_WIDTH = "\u200b\u2060-\u2065\ufeff"
"""The zero-width space, the word joiner, invisible operators and the byte order mark, for such a class as well."""
JOINERS = "\u00ad\u034f\u200c\u200d"
"""Soft hyphen and joiners. They shape letters (common in Persian spellings and in emoji), so they stay in text."""

# None of them is part of a word, and all of them can hide one.
_CONTROLS = re.compile(f"[{BIDI_CONTROLS}{ZERO_WIDTH}]")

_FOLDED = {
    **dict.fromkeys((araby.ALEF_MADDA, araby.ALEF_HAMZA_ABOVE, araby.ALEF_HAMZA_BELOW, araby.ALEF_WASLA), araby.ALEF),
    "\u0672": araby.ALEF,
    "\u0673": araby.ALEF,
    araby.WAW_HAMZA: araby.WAW,
    araby.YEH_HAMZA: araby.YEH,
    araby.ALEF_MAKSURA: araby.YEH,
    araby.TEH_MARBUTA: araby.HEH,
    # The same letters as Persian, Urdu and Kurdish keyboards write them, and the letters that Arabic
    # newspapers use for sounds that Arabic has not.
    "\u06cc": araby.YEH,
    "\u06d2": araby.YEH,
    "\u06a9": araby.KAF,
    "\u06af": araby.KAF,
    "\u06be": araby.HEH,
    "\u06c0": araby.HEH,
    "\u06c1": araby.HEH,
    "\u06c2": araby.HEH,
    "\u06d3": araby.YEH,
    "\u06d5": araby.HEH,
    "\u067e": araby.BEH,
    "\u0686": araby.JEEM,
    "\u0698": araby.ZAIN,
    "\u06a4": araby.FEH,
}
_DROPPED = {
    araby.TATWEEL,
    araby.SMALL_WAW,
    araby.SMALL_YEH,
    "\u0674",  # the high hamza, which NFKC makes of U+0675-0678
    *map(chr, range(0x0610, 0x061B)),
    *map(chr, range(0x064B, 0x0660)),
    araby.MINI_ALEF,
    *map(chr, range(0x06D6, 0x06DD)),
    *map(chr, range(0x06DF, 0x06E5)),
    *map(chr, range(0x06E7, 0x06E9)),
    *map(chr, range(0x06EA, 0x06EE)),
    *map(chr, range(0x08CA, 0x0900)),
    *JOINERS,
}
# Putting marks in order takes time by the square of how many follow each other. A text is cut behind white space, where
# nothing is reordered or composed, and no word is that long.
_PIECE = 1000
_PIECES = re.compile(rf".{{1,{_PIECE - 1}}}\s|.{{1,{_PIECE}}}", re.DOTALL)
_DIGITS = {chr(zero + digit): str(digit) for zero in (0x0660, 0x06F0) for digit in range(10)}
_REPLACED: dict[str, str] = {**_FOLDED, **dict.fromkeys(_DROPPED, ""), **_DIGITS, "’": "'"}
# One letter in ten is replaced, and few kinds of them: to find those takes a tenth of the time of `str.translate`.
_TO_REPLACE = re.compile(f"[{''.join(map(re.escape, _REPLACED))}]")
_LIGATURES = {"œ": "oe", "Œ": "Oe", "æ": "ae", "Æ": "Ae"}


def strip_controls(text: str) -> str:
    """Remove direction controls, zero-width spaces and byte order marks."""
    return _CONTROLS.sub("", text)


def normalise(text: str) -> str:
    """Return the normal form of a text, for comparison only: offsets in it are not those of the text.

    Compatibility forms are decomposed (NFKC); tashkeel, tatweel, Quranic signs, joiners and direction controls go;
    alef in all its forms becomes ا, hamza on its seats the seat, ى becomes ي and ة becomes ه; Arabic-Indic and
    Persian digits become 0-9; Latin letters become lower case, and their apostrophe straight.
    """
    if text.isascii():
        return text.lower()
    text = strip_controls(text)
    return _normal(text) if len(text) <= _PIECE else "".join(map(_normal, _PIECES.findall(text)))


def _normal(text: str) -> str:
    composed = unicodedata.normalize("NFKC", text)
    folded = composed.casefold()
    for letter in set(_TO_REPLACE.findall(folded)):
        folded = folded.replace(letter, _REPLACED[letter])
    # Casefolding can leave marks decomposed («İ»), and so can a dropped sign that stood between them.
    return composed if folded == composed else unicodedata.normalize("NFKC", folded)


def without_accents(text: str) -> str:
    """Return Latin text without the accents of its letters."""
    if text.isascii():
        return text
    for ligature, letters in _LIGATURES.items():
        text = text.replace(ligature, letters)
    letters = unicodedata.normalize("NFKD", text)
    for mark in filter(unicodedata.combining, set(letters)):
        letters = letters.replace(mark, "")
    return letters
