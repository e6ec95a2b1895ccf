"""What a number in a text belongs to: the unit behind it, or a name that it is part of."""

import re
from collections.abc import Sequence
from itertools import pairwise

from bot.answering.knowledge import Lexicon
from bot.answering.question import Question
from bot.answering.reasons import AnswerType
from bot.arabic import ARTICLE, Word

TIME, MONEY, SHARE = "time", "money", "share"
_MASS, _MEASURE = "mass", "measure"
_SIGNS = {**dict.fromkeys("$€£¥", MONEY), **dict.fromkeys("%٪", SHARE)}
_BREAKS = re.compile(r"[.؟!؛:()\n]")
# Between a number and its unit: «44 في المائة», «بين 139 و479 دينار».
_PASSED, _MOST_NUMBER_WORDS = frozenset({"في", "و", "الي", "من"}), 7


def counted_units(question: Question, lexicon: Lexicon) -> frozenset[str] | None:
    """Return the kinds of units that a number of what a question counts can have; None for any."""
    counted = question.counted
    if counted is None:
        return None
    is_mass = counted.normal.removeprefix(ARTICLE) in lexicon.units[_MASS]
    return frozenset({_MEASURE}) if is_mass else _kinds(counted.normal, lexicon)


def _kinds(normal: str, lexicon: Lexicon) -> frozenset[str]:
    kinds = {kind for kind, names in lexicon.units.items() if normal in names and kind != _MASS}
    return frozenset(kinds | {TIME} if normal in lexicon.time_units else kinds)


def is_unit(normal: str, lexicon: Lexicon) -> bool:
    """Tell whether a word, with an article or without, can be the unit of a number."""
    return bool(_kinds(normal, lexicon) or _kinds(normal.removeprefix(ARTICLE), lexicon))


def unit_kinds(text: str, found: Sequence[Word], at: int, lexicon: Lexicon) -> frozenset[str]:
    """Return the kinds of the unit of the number at a position of a text's words; none where no unit follows."""
    number = found[at]
    if number.normal in lexicon.units[TIME]:
        return frozenset({TIME})
    if sign := _sign(text[max(number.start - 1, 0) : number.start]):
        return sign
    for word, behind in pairwise(found[at : at + _MOST_NUMBER_WORDS]):
        between = text[word.end : behind.start]
        kinds = _sign(between) or _kinds(behind.normal, lexicon)
        if kinds or _BREAKS.search(between) or not _continues(behind.normal, lexicon):
            return frozenset() if _BREAKS.search(between) and not _sign(between) else kinds
    return _sign(text[found[-1].end :][:2])


def _sign(between: str) -> frozenset[str]:
    return frozenset(_SIGNS[character] for character in between if character in _SIGNS)


def _continues(normal: str, lexicon: Lexicon) -> bool:
    """Tell whether a word behind a number may go on with it, so that its unit is still to come."""
    return normal[0].isdecimal() or normal in _PASSED or normal in lexicon.values[AnswerType.QUANTITY]


def is_in_name(text: str, found: Sequence[Word], at: int, lexicon: Lexicon) -> bool:
    """Tell whether a number in digits is part of a name: «الفصل 33», «القانون عدد 33», «404 Media», «Mate 9»."""
    word = found[at]
    if not word.normal[0].isdecimal():
        return False
    before, behind = found[max(at - 1, 0) : at], found[at + 1 : at + 2]
    return any(
        (each.normal in lexicon.number_labels or _is_latin_name(each, lexicon))
        and not _BREAKS.search(text[each.end : word.start])
        for each in before
    ) or any(_is_latin_name(each, lexicon) and not _BREAKS.search(text[word.end : each.start]) for each in behind)


def _is_latin_name(word: Word, lexicon: Lexicon) -> bool:
    return word.normal.isascii() and word.normal.isalpha() and not _kinds(word.normal, lexicon)
