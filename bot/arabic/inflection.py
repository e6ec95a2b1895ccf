"""Whether a word shows an inflection, which names of people, places and firms hardly have."""

import re

# The prefixes of the imperfect, in the dialects behind another («بيقول», «كتدعم», «هيحصل»), those of the passive and
# reflexive («اتمضى», «استخدم»), and the endings of verbs, plurals and pronouns.
_INFLECTED = re.compile(
    r"[وف]?س?[يت]\w{3,}|[وف]?ن\w{3,}|[وف]?(?:ب|ك|ه|ح|عم|دا)[يتن]\w{2,}|[وف]?(?:ات|است)\w{2,}"
    r"|\w+(?:وا|ون|ين|نا|هم|ها|ته|وه|وها|وهم|ناه|ناها)|\w{3,}و"
)


def is_inflected(normal: str) -> bool:
    """Tell whether a word in normal form has the prefix or the ending of a verb, a plural or a pronoun."""
    return _INFLECTED.fullmatch(normal) is not None
