"""Morphology on normal forms: light10 stems, inflection, consonant skeletons of names, and roots by rule.

Source: L. Larkey, L. Ballesteros, M. Connell, "Light Stemming for Arabic Information Retrieval", 2007. It removes a
conjunction, one article and the suffixes of number, gender and person, and asks no dictionary.
"""

import functools
import re
from itertools import product

ARTICLE = "ال"
LI_WITH_ARTICLE = "لل"
"""The preposition «ل» and the article, which loses its alef."""
CONJUNCTIONS = ("و", "ف")
PREPOSITIONS = ("ب", "ل")
COMPARISON = "ك"
"""A preposition as well, but rare where something is counted, dated or asked for."""
DEFINITE_PREPOSITIONS = ("بال", LI_WITH_ARTICLE)
"""Prepositions with the article behind them."""
NISBA = ("ي", "يه")
"""The endings of an adjective made of a name: «تونسي», «تونسية»."""
ACCUSATIVE = "ا"
"""The ending of an indefinite noun or adjective in the accusative; the light stem keeps it."""

_WAW = CONJUNCTIONS[0]
_ARTICLES = (ARTICLE, *(f"{letter}{ARTICLE}" for letter in CONJUNCTIONS), *DEFINITE_PREPOSITIONS, COMPARISON + ARTICLE)
_SUFFIXES = ("ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي")
_FUTURE = "س"
_PROCLITICS = (*CONJUNCTIONS, *PREPOSITIONS, COMPARISON, _FUTURE)
# «هالصفقة» is «هذه الصفقة» in the Levant and the Gulf.
_DEMONSTRATIVE = "هال"
_LEAST_LETTERS = 2
_LEAST_BEFORE_BARING = 3
_LEAST_AFTER_CONJUNCTION = 3

# The prefixes of the imperfect, in the dialects behind another («بيقول», «كتدعم», «هيحصل»), those of the passive and
# reflexive («اتمضى», «استخدم»), and the endings of verbs, plurals and pronouns.
_INFLECTED = re.compile(
    r"[وف]?س?[يت]\w{3,}|[وف]?ن\w{3,}|[وف]?(?:ب|ك|ه|ح|عم|دا)[يتن]\w{2,}|[وف]?(?:ات|است)\w{2,}"
    r"|\w+(?:وا|ون|ين|نا|هم|ها|ته|وه|وها|وهم|ناه|ناها)|\w{3,}و"
)

_DIGRAPHS = re.compile("sh|ch|kh|gh|th|ph|ck|ts|x")
_OF_DIGRAPHS = {"sh": "C", "ch": "C", "kh": "K", "gh": "j", "th": "t", "ph": "f", "ck": "k", "ts": "s", "x": "ks"}
# One letter for all that the spellings of a name mix up: b and p, g and j, s and c before e, t and ط.
_LATIN = str.maketrans("bpfvtdkqcgjszlmnr", "bbffttkkkjjsslmnr", "aeiouywh'’")
_ARABIC = str.maketrans(
    {
        **dict.fromkeys("اويءعهحh", ""),
        **dict(zip("بتثجخدذرزسشصضطظغفقكلمن", "bttjKtsrssCsttsjfkklmn", strict=True)),
    }
)
_SOFT_C = re.compile("c(?=[eiy])")
_DOUBLED = re.compile(r"(.)\1+")
LEAST_CONSONANTS = 3
# Who writes a name in Latin letters leaves its article off as often as not: «Serj» is «السرج», «Elmanar» «المنار».
_ARTICLE_OF_NAME = re.compile(f"(?:{ARTICLE}|[ae]l)(?=...)")


# Few words make up most of any text; the bound keeps a hostile stream of new ones out of memory.
@functools.lru_cache(maxsize=1 << 13)
def light_stem(normal: str) -> str:
    """Return the light stem of a word in normal form; numbers and Latin words come back as they are."""
    if not "ء" <= normal[:1] <= "ي":
        return normal
    return _without_suffixes(without_article(normal))


def stem_without_proclitic(normal: str) -> str:
    """Return the light stem of a word without its first letter, where that may be a preposition or conjunction."""
    may_be = normal[:1] in _PROCLITICS or normal.startswith(_DEMONSTRATIVE)
    return light_stem(normal[1:]) if may_be and len(normal) > _LEAST_BEFORE_BARING else normal


def without_article(word: str) -> str:
    """Return a word in normal form without a conjunction and an article before it."""
    if word.startswith(_WAW) and len(word) > _LEAST_AFTER_CONJUNCTION:
        word = word[1:]
    # Most words have none.
    if not word.startswith(_ARTICLES):
        return word
    for article in _ARTICLES:
        if word.startswith(article) and len(word) - len(article) >= _LEAST_LETTERS:
            return word[len(article) :]
    return word


def _without_suffixes(word: str) -> str:
    # Most words have none.
    if not word.endswith(_SUFFIXES):
        return word
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= _LEAST_LETTERS:
            word = word[: -len(suffix)]
    return word


def is_inflected(normal: str) -> bool:
    """Whether a word in normal form has the prefix or the ending of a verb, a plural or a pronoun."""
    return _INFLECTED.fullmatch(normal) is not None


@functools.lru_cache(maxsize=1 << 12)
def consonant_skeleton(normal: str) -> str:
    """Return the consonants of a word in normal form, "" where they are too few to tell names apart.

    Those of an article are left off where there are enough without them.
    """
    bare = without_article_of_name(normal)
    return _consonants(bare) or (_consonants(normal) if bare != normal else "")


def without_article_of_name(normal: str) -> str:
    """Return a word of either alphabet without an article written onto it."""
    article = _ARTICLE_OF_NAME.match(normal)
    return normal[article.end() :] if article else normal


def _consonants(normal: str) -> str:
    if normal.isascii():
        letters = _DIGRAPHS.sub(lambda match: _OF_DIGRAPHS[match.group()], _SOFT_C.sub("s", normal))
        consonants = letters.translate(_LATIN)
    else:
        consonants = normal.translate(_ARABIC)
    # A doubled letter is often written once.
    consonants = _DOUBLED.sub(r"\1", consonants)
    return consonants if len(consonants) >= LEAST_CONSONANTS else ""


# Measured: of 2,400 messages, more of them save a thousandth of the time.
_ROOTS_REMEMBERED = 1 << 13
_ROOT_LETTERS = 3
# Of person, place and participle; of the fifth to the seventh form («متظاهر», «انفجر»); of the tenth («مستخدم»).
_DERIVING = (
    *("", "م", "ت", "ي", "ن", "ا", "س", "سي", "ست", "سن"),
    *("مت", "يت", "تت", "نت", "ات", "ان", "من", "ين", "تن"),
    *("است", "مست", "يست", "تست", "نست"),
)
_OF_PERSONS = ("", "ت", "وا", "نا", "تم", "ون", "ين", "ات", "ان", "ه", "ها", "هم")
_AFFIXES = sorted(product(_DERIVING, _OF_PERSONS), key=lambda affixes: len("".join(affixes)))
_WEAK = str.maketrans("", "", "اويءى")
# The «ت» of the eighth form stands behind the first consonant: «انتخب», «معتقل».
_EIGHTH = re.compile("[امينت]?(.)ت(.+)")


@functools.lru_cache(_ROOTS_REMEMBERED)
def root(stem: str) -> str:
    """Return the root of a light stem, "" where its letters do not tell one: the reading that takes off the least.

    It is three strong consonants without the letters of derivation and person around them: «ألغى» and «مسؤول» have
    weak letters in their roots and so none here; a word of four consonants has none either.
    """
    if not "ء" <= stem[:1] <= "ي":
        return ""
    for prefix, suffix in _AFFIXES:
        if not (stem.startswith(prefix) and stem.endswith(suffix)):
            continue
        bare = stem[len(prefix) : len(stem) - len(suffix)]
        if len(strong := bare.translate(_WEAK)) == _ROOT_LETTERS:
            return strong
        eighth = _EIGHTH.fullmatch(bare)
        if eighth and len(strong := "".join(eighth.groups()).translate(_WEAK)) == _ROOT_LETTERS:
            return strong
    return ""
