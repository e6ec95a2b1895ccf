"""Words with a pronoun written onto them: «كلفتها» is the cost of something named before."""

import re
import unicodedata

from bot.answering.asks import Asks
from bot.answering.lexicon import Lexicon
from bot.arabic import normalise

# Three letters before it keep «سهم» and «وجه» from being what somebody has.
_PRONOUN = re.compile(r"(\w{3,})(?:ها|هما|هم|هن)")
_WEAK_PRONOUN = re.compile(r"(\w{3,})ه")
_TATWEEL = "\u0640"


def without_marks(word: str) -> str:
    """Return a word as written without diacritics; hamza and ة stay."""
    plain = word.replace(_TATWEEL, "")
    return plain if plain.isalpha() else "".join(each for each in plain if not unicodedata.combining(each))


def without_pronoun(word: str) -> str | None:
    """Return a word as written without the pronoun on it, «كلفة» for «كلفتها»; None where it has none."""
    plain = without_marks(word)
    match = _PRONOUN.fullmatch(plain) or _WEAK_PRONOUN.fullmatch(plain)
    if match is None:
        return None
    base = match[1]
    if base.endswith("ت"):
        return base[:-1] + "ة"
    return base[:-1] + "ء" if base[-1] in "ؤئ" else base


def asked_kind(word: str, lexicon: Lexicon) -> Asks | None:
    """Return what a noun as written asks for, where it is one like «السعر» or «قيمتها» that says so."""
    normal = normalise(word)
    forms = (normal, normal.removeprefix("و").removeprefix("ال"), normalise(without_pronoun(word) or ""))
    return next(filter(None, map(lexicon.asking_nouns.get, forms)), None)
