"""Quantities in words alone: ranks, hours, results of matches, spells of time, «حل ثالثا», «بهدفين لهدف»."""

import re
from collections.abc import Sequence
from fractions import Fraction

from bot.arabic.dates import ordinal_before
from bot.arabic.morphology import ARTICLE
from bot.arabic.normalise import normalise


def _words(text: str) -> list[str]:
    return normalise(text).split()


HOUR, ENDS_HOUR, HEAT = "الساعه", "ه", frozenset({"حراره", "الحراره"})
"""A number behind «الساعة» is an hour, one behind «حرارة» a temperature."""
_PROCLITICS = ("", "و", "ب", "ف", "ل")
RANKS = frozenset(
    proclitic + noun
    for proclitic in _PROCLITICS
    for noun in _words("المركز المرتبه الترتيب الرتبه التصنيف المصنف المصنفه مصنف مصنفه")
)
"""Nouns that a rank stands behind, in digits or in words."""
TIMES = frozenset({"المره", "للمره", "والمره", "بالمره"})
"""Behind these an ordinal tells how often: «للمرة الثالثة»."""
RANKED_AMONG = frozenset(_words("عالميا دوليا عربيا افريقيا قاريا اوروبيا اسيويا وطنيا محليا اقليميا مغاربيا"))
"""Words for those among whom a number before them is a rank: «172 عالميا»."""
_RANKING_VERBS = frozenset(_words("حل حلت يحل تحل وحل وحلت جاء جاءت وجاء وجاءت احتل احتلت صنف صنفت"))
_ORDINALS = _words("اول ثاني ثالث رابع خامس سادس سابع ثامن تاسع عاشر")
_BARE_ORDINALS = {form: rank for rank, name in enumerate(_ORDINALS, 1) for form in (name, f"{name}ا", f"{name}ه")}
_BARE_ORDINALS |= {"اولي": 1, "ثان": 2}
# «أقدم», «أكبر».
_ELATIVE = re.compile(r"ا[^اوي]\w[^اوي]")
_PARTS_OF_DAY = frozenset(_words("صباحا الصباح الصبح فجرا الفجر ظهرا الظهر عصرا العصر مساء المساء ليلا الليل الزوال"))
_MIDDLES = frozenset({"منتصف", "بمنتصف", "ومنتصف", "لمنتصف"})
_NEAR, _NOON, _TWO_WORDS = 3, 12, 2
_ONES = frozenset({"واحد", "واحدا", "واحده"})
_AND_PARTS = {"ونصف": Fraction(1, 2), "وربع": Fraction(1, 4), "وثلث": Fraction(1, 3)}
_GOALS = {
    proclitic + word: count
    for proclitic in _PROCLITICS
    for count, words in enumerate(("هدف هدفا", "هدفين هدفان ثناييه", "ثلاثيه", "رباعيه", "خماسيه", "سداسيه"), 1)
    for word in _words(words)
}
_NO_GOALS = frozenset({"نظيف", "نظيفه", "نظيفين", "لصفر", "رد"})
MAY_BEGIN = frozenset(
    (*RANKS, *TIMES, *RANKED_AMONG, *_BARE_ORDINALS, *_PARTS_OF_DAY, *_ONES, *_AND_PARTS, *_GOALS, *_MIDDLES, HOUR)
)
"""The words without one of which a text has no such quantity."""


def spell(normal: str) -> Fraction | None:
    """Return how many of the unit before it a word makes: «ساعة ونصف», «عاما واحدا»; None for any other word."""
    return Fraction(1) if normal in _ONES else 1 + _AND_PARTS[normal] if normal in _AND_PARTS else None


def rank_behind(normals: Sequence[str], at: int) -> tuple[int, int] | None:
    """Return the rank behind a noun, «المركز الثالث عشر», and the number of its words; None where none is there."""
    masculine = ["الاول" if one == "الاولي" else one.removesuffix("ه") for one in normals[at + 1 : at + 1 + _TWO_WORDS]]
    for length in range(len(masculine), 0, -1):
        rank, first = ordinal_before(masculine, length)
        if rank and first == 0:
            return rank, length
    return None


def bare_rank(normals: Sequence[str], at: int) -> int | None:
    """Return the rank that an ordinal without an article is: «حل ثالثا», «ثانية عربيا», «خامس أقدم جامعة»."""
    if (rank := _BARE_ORDINALS.get(normals[at])) is None:
        return None
    behind = normals[at + 1] if at + 1 < len(normals) else ""
    is_told = at > 0 and normals[at - 1] in _RANKING_VERBS
    return rank if is_told or behind in RANKED_AMONG or _ELATIVE.fullmatch(behind) else None


def goals(normals: Sequence[str], at: int) -> tuple[int, int] | None:
    """Return the goals of both sides: «هدفين لهدف», «بهدف دون رد», «بثلاثية نظيفة»; None where a side has none told."""
    for normal in normals[at + 1 : at + 1 + _NEAR] if normals[at] in _GOALS else ():
        if normal in _NO_GOALS or normal in _GOALS:
            return _GOALS[normals[at]], _GOALS.get(normal, 0)
    return None


def hour(normals: Sequence[str], at: int) -> int | None:
    """Return the hour that an ordinal names behind «الساعة» or before a part of the day: «الثامنة والنصف صباحا»."""
    if normals[at] in _MIDDLES and normals[at + 1 : at + 2] in (["الليل"], ["النهار"]):
        return 0 if normals[at + 1] == "الليل" else _NOON
    if not normals[at].endswith(ENDS_HOUR) or ARTICLE[1:] not in normals[at][:3]:
        return None
    masculine = ["الاول" if one == "الواحده" else one.removesuffix("ه") for one in normals[at : at + _TWO_WORDS]]
    for length in range(len(masculine), 0, -1):
        found, first = ordinal_before(masculine, length)
        if first == 0 and 0 < found <= _NOON:
            near = (*normals[max(at - 1, 0) : at], *normals[at + length : at + length + _NEAR])
            is_told = HOUR in near[:1] or not _PARTS_OF_DAY.isdisjoint(near)
            return found if is_told else None
    return None
