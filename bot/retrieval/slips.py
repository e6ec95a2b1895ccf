"""Slips of the keyboard and of the ear: how near a word is to one that differs by a single edit."""

from itertools import pairwise

from rapidfuzz.distance import OSA

_KEYBOARD = ("ضصثقفغعهخحجد", "شسيبلاتنمكط", "يهوزظ", "qwertyuiop", "asdfghjkl", "zxcvbnm")
_SOUND_ALIKE = ("ضظ", "ضد", "سص", "سث", "تط", "تث", "ذز", "ذد", "ذظ", "زظ", "قك", "قغ", "غج", "حه", "اء")
_CONFUSED = frozenset(map(frozenset, (*_SOUND_ALIKE, *(pair for row in _KEYBOARD for pair in pairwise(row)))))
_LIKELY, _UNLIKELY = 0.5, 1.0


def slip_similarity(written: str, meant: str) -> float:
    """Return how near a word is to one that is one edit away, 0 to 1; 0 where it is none or more than one.

    The edits are those of optimal string alignment: a letter more, less or another, or two neighbours exchanged. An
    exchange, a neighbouring key, a letter of like sound or one written twice counts half.
    """
    if OSA.distance(written, meant, score_cutoff=1) != 1:
        return 0.0
    return 1 - (_LIKELY if _is_likely(written, meant) else _UNLIKELY) / max(len(written), len(meant))


def _is_likely(written: str, meant: str) -> bool:
    """Tell whether the one edit between two words is a frequent one."""
    shorter, longer = sorted((written, meant), key=len)
    differing = [place for place, (one, other) in enumerate(zip(shorter, longer, strict=False)) if one != other]
    place = differing[0] if differing else len(shorter)
    if len(shorter) < len(longer):
        return place > 0 and longer[place] == longer[place - 1]
    return len(differing) > 1 or frozenset((written[place], meant[place])) in _CONFUSED
