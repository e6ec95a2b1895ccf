"""Whether a word shows an inflection, which names of people, places and firms hardly have."""

import re

# The prefixes of the imperfect, and the endings of verbs, plurals and pronouns.
_INFLECTED = re.compile(r"(?:و|ف|س)?[يتن]\w{3,}|\w+(?:وا|ون|ين|نا|هم|ها|ته)")


def is_inflected(normal: str) -> bool:
    """Tell whether a word in normal form has the prefix or the ending of a verb, a plural or a pronoun."""
    return _INFLECTED.fullmatch(normal) is not None
