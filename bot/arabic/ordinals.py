"""Days of the month as ordinals: «السابع», «الثاني عشر», «الحادي والعشرين»."""

from collections.abc import Sequence

_UNITS = ["الاول", "الثاني", "الثالث", "الرابع", "الخامس", "السادس", "السابع", "الثامن", "التاسع"]
_BEFORE_TENS = ["الحادي", *_UNITS[1:]]
_TENS = {"العشرين": 20, "العشرون": 20, "الثلاثين": 30, "الثلاثون": 30}
_ALONE = {**{name: day for day, name in enumerate(_UNITS, 1)}, "العاشر": 10, **_TENS}
_WITH_TENS = {
    **{(unit, "عشر"): 10 + day for day, unit in enumerate(_BEFORE_TENS, 1)},
    **{(unit, "و" + tens): value + day for day, unit in enumerate(_BEFORE_TENS, 1) for tens, value in _TENS.items()},
}
_PREPOSITIONS = "فبلو"


def ordinal_before(normals: Sequence[str], end: int) -> tuple[int, int]:
    """Return the day that the words in normal form before a position give, and where it begins; else 0 and `end`."""
    if end >= len(("الثاني", "عشر")) and (day := _WITH_TENS.get((_bare(normals[end - 2]), normals[end - 1]))):
        return day, end - 2
    if end and (day := _ALONE.get(_bare(normals[end - 1]))):
        return day, end - 1
    return 0, end


def _bare(normal: str) -> str:
    """Return an ordinal without the preposition or conjunction written onto it."""
    return normal[1:] if normal[:1] in _PREPOSITIONS and normal[1:3] == "ال" else normal
