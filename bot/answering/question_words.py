"""Question words without what is written onto them, and the words that tell them from others."""

from bot.answering.lexicon import Lexicon

_SHORT_WORD = 2
CONJUNCTIONS = frozenset({"و", "ف"})
_IMPERFECT = ("ي", "ت", "ن")
PRONOUNS = frozenset({"هو", "هي", "هم", "هما", "هوا", "هيا"})
RELATIVES = frozenset({"الذي", "التي", "الذين", "اللي"})


def question_word(normal: str, lexicon: Lexicon) -> str:
    """Return the question word in a word, without a conjunction or preposition written onto it; else nothing."""
    if normal in lexicon.question_words:
        return normal
    bare = normal[1:]
    if bare not in lexicon.question_words or (len(bare) <= _SHORT_WORD and bare in lexicon.dialect_words):
        return ""
    takes_preposition = len(bare) > _SHORT_WORD or bare == "اي"
    return bare if normal[0] in CONJUNCTIONS or (takes_preposition and normal[0] in {"ب", "ل"}) else ""


def is_imperfect(normal: str) -> bool:
    """Tell «أغلق» and «يغلق» from «أغلقت» and from a noun with its article, by their letters."""
    is_first_person = normal[0] == "ا" and normal[1:2] != "ل" and normal[-1] != "ت"
    return is_first_person or normal.startswith(_IMPERFECT)
