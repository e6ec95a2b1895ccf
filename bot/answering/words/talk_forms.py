"""Forms that words of talk take in dialects: what is written onto a word, said of the asker, asked of others."""

import re
from collections.abc import Iterable, Iterator

from bot.arabic import CONJUNCTIONS

# «هالسؤال», «عالقهوة», «فالدار», «للجامعة»; «سؤالي», «أستاذتنا», «أصحابو».
_PREFIXES = ("هال", "عال", "فال", "بال", "كال", "لل", "ال", *"هبلعفك")
_SUFFIXES = ("وني", "ونا", "ولي", "وا", "كم", "كن", "هم", "هن", "ها", "نا", "ني", "لي", *"هيكو")
_PRONOUNS = ("كم", "كن", "هم", "هن", "ها", "نا", *"هيكو")
_MINE = ("ي", "نا")
_TO_ME = ("وني", "ونا", "ولي", "ولنا", "وا", "ني", "نا", "لي", "لنا", "و", "ينا", "يني")
_SECOND_PERSON = "ت"
_NEGATED = re.compile(r"(?:ما)?(\w{2,})ش")
# «عاملك», «جوابكم»: a word with the pronoun of whoever is spoken to.
_ADDRESSED = re.compile(r"(?!ال)(\w{2,})(?:ك|كم|كن|كو|كي)|(\w{3,}?)[aei]?k")
# «متزعلش»; «بتضحك», «كتضحك»
_DENIED, _PROGRESSIVE = re.compile("م[اى]?(\\w{3,})ش"), re.compile("[بكهحد]([اتين]\\w{2,})")
_LEAST_LETTERS, _LEAST_VERB, _MOST_AFFIXED = 3, 3, 3
_AFFIX_LETTERS = frozenset("اويىمتنسبلهح")
_WITHOUT_AFFIX_LETTERS = str.maketrans(dict.fromkeys(_AFFIX_LETTERS, ""))


def plain_forms(normal: str) -> Iterator[str]:
    """Yield a word, and what it may be without conjunction, preposition, article, ending and pronoun."""
    yield normal
    if not normal.isascii():
        for form in _bare(normal):
            yield from (base for base in (form, *_without(_SUFFIXES, form)) if len(base) >= _LEAST_LETTERS)


def function_forms(normal: str) -> Iterator[str]:
    """Yield what a word may be without a pronoun, a conjunction or a negation: «فيها», «معو», «عندكمش»."""
    word = without_negation(normal)
    yield from (word, word.removeprefix("و"), *_without(_PRONOUNS, word))


def forms_asked_of_others(normal: str) -> Iterator[str]:
    """Yield what a word may be that asks something of others: «جاوبوني», «ورونا», «تبخلوش»."""
    bare = [*_bare(without_negation(normal))]
    for form in (*bare, *(form.removeprefix(_SECOND_PERSON) for form in bare)):
        yield from _without(_TO_ME, form)


def owned_forms(normal: str) -> Iterator[str]:
    """Yield what a word may be without the asker's pronoun: «خالتي», «أستاذتنا»."""
    return (base for form in _bare(normal) for base in _without(_MINE, form))


def spoken_forms(folded: str) -> list[str]:
    """Return a word, and what it may be without a conjunction, a negation or the prefix of a progressive verb."""
    forms = list(without_conjunction(folded))
    forms += [match[1] for match in (_DENIED.fullmatch(folded), _PROGRESSIVE.fullmatch(folded)) if match]
    return forms


def without_conjunction(folded: str) -> tuple[str, ...]:
    """Return a word, and the word without a conjunction."""
    return (folded, folded[1:]) if folded[0] in CONJUNCTIONS and len(folded) > _LEAST_LETTERS else (folded,)


def without_negation(normal: str) -> str:
    """Return a word without the «ما … ش» of dialects."""
    negated = _NEGATED.fullmatch(normal)
    return negated[1] if negated else normal


def addressed_base(folded: str) -> str:
    """Return a word without the pronoun of whoever is spoken to, "" where it has none."""
    match = _ADDRESSED.fullmatch(folded)
    return (match[1] or match[2]) if match else ""


def without_affix_letters(word: str) -> str:
    """Return a word without the letters of affixes: a verb and its forms have the same."""
    return word.translate(_WITHOUT_AFFIX_LETTERS)


def is_form_of(verb: str, word: str) -> bool:
    """Whether a word has the letters of a verb in order, and beside them nothing but letters of affixes."""
    if word.isascii() or len(verb) < _LEAST_VERB:
        return False
    rest, at = [], 0
    for letter in word:
        if at < len(verb) and letter == verb[at]:
            at += 1
        else:
            rest.append(letter)
    return at == len(verb) and len(rest) <= _MOST_AFFIXED and _AFFIX_LETTERS.issuperset(rest)


def _bare(normal: str) -> Iterator[str]:
    """Yield a word, and the word without conjunction, preposition and article."""
    has_conjunction = normal.startswith(CONJUNCTIONS) and len(normal) > _LEAST_LETTERS
    for whole in (normal, normal[1:]) if has_conjunction else (normal,):
        yield whole
        yield from (whole.removeprefix(prefix) for prefix in _PREFIXES if whole.startswith(prefix))


def _without(endings: Iterable[str], form: str) -> Iterator[str]:
    """Yield a word without each ending that it has, and with ة for the ت that was before it."""
    for ending in filter(form.endswith, endings):
        base = form.removesuffix(ending)
        yield base
        if base.endswith("ت"):
            yield f"{base[:-1]}ه"
