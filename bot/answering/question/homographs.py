"""Names that are everyday words as well, read as the word where a question uses them so: «القطر» is the train.

A name that never takes «ال» is a word with it, behind a number or «every», and before an adjective without «ال», for
what describes a name is definite. Only dialects call it so: «القطر التونسي» of standard Arabic is neither.
"""

from collections.abc import Sequence
from dataclasses import replace

from bot.answering.knowledge import Lexicon
from bot.answering.question.dialect_words import is_dialect_text
from bot.answering.question.message import TokenisedText
from bot.answering.question.question_type import bare_question_word
from bot.answering.reasons import AnswerType
from bot.arabic import ARTICLE

# «كل قطر», «أي قطر», «شي قطر».
_BEFORE_NOUN = frozenset({"كل", "اي", "اخر", "شي", "انهي", "هاد", "هذا", "هاذا", "بعض"})


def with_everyday_words(text: TokenisedText, lexicon: Lexicon) -> TokenisedText:
    """Return a text of a dialect in which the letters of a name have the normal form of the everyday word they are."""
    if not is_dialect_text(text, lexicon):
        return text
    normals = text.normals
    meant = [_everyday_word(normals, at, lexicon) for at in range(len(normals))]
    if not any(meant):
        return text
    found = (word._replace(normal=one or word.normal) for word, one in zip(text.words, meant, strict=True))
    return replace(text, words=tuple(found))


def _everyday_word(normals: Sequence[str], at: int, lexicon: Lexicon) -> str | None:
    """Return the everyday word that stands at a position, None where that has a name or any other word."""
    names = lexicon.known_names
    if word := names.everyday_word(normals[at]):
        return word
    is_counted = at > 0 and _counts(normals[at - 1], lexicon)
    is_described = at + 1 < len(normals) and ARTICLE + normals[at + 1] in lexicon.possessed_adjectives
    return names.homographs.get(normals[at]) if is_counted or is_described else None


def _counts(normal: str, lexicon: Lexicon) -> bool:
    """Tell whether a noun without an article follows a word: a number, «how many», «every», «the first»."""
    asked = lexicon.question_words.get(bare_question_word(normal, lexicon))
    is_number = normal[0].isdecimal() or normal in lexicon.values[AnswerType.QUANTITY]
    is_superlative = normal in lexicon.definitions.superlatives
    return is_number or is_superlative or asked is AnswerType.QUANTITY or normal in _BEFORE_NOUN
