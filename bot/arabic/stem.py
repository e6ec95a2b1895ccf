"""The light stemmer of Larkey, Ballesteros and Connell (light10), on normal forms.

Source: L. Larkey, L. Ballesteros, M. Connell, "Light Stemming for Arabic Information Retrieval", 2007. It removes a
conjunction, one article and the suffixes of number, gender and person, and asks no dictionary.
"""

_CONJUNCTION = "و"
_ARTICLES = ("ال", "وال", "بال", "كال", "فال", "لل")
_SUFFIXES = ("ها", "ان", "ات", "ون", "ين", "يه", "ه", "ي")
_PROCLITICS = "بلفكوس"
# «هالصفقة» is «هذه الصفقة» in the Levant and the Gulf.
_DEMONSTRATIVE = "هال"
_LEAST_LETTERS = 2
_LEAST_BEFORE_BARING = 3
_LEAST_AFTER_CONJUNCTION = 3


def light_stem(normal: str) -> str:
    """Return the light stem of a word in normal form; numbers and Latin words come back as they are."""
    if not "ء" <= normal[:1] <= "ي":
        return normal
    return _without_suffixes(without_article(normal))


def bare_stem(normal: str) -> str:
    """Return the light stem of a word without its first letter, where that may be a preposition or a conjunction."""
    may_be = normal[:1] in _PROCLITICS or normal.startswith(_DEMONSTRATIVE)
    return light_stem(normal[1:]) if may_be and len(normal) > _LEAST_BEFORE_BARING else normal


def without_article(word: str) -> str:
    """Return a word in normal form without a conjunction and an article before it."""
    if word.startswith(_CONJUNCTION) and len(word) > _LEAST_AFTER_CONJUNCTION:
        word = word[1:]
    for article in _ARTICLES:
        if word.startswith(article) and len(word) - len(article) >= _LEAST_LETTERS:
            return word[len(article) :]
    return word


def _without_suffixes(word: str) -> str:
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= _LEAST_LETTERS:
            word = word[: -len(suffix)]
    return word
