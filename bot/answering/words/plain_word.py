"""A word by itself: how often news has it, its grammar, its dialect, and the forms that words of talk take."""

import re
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from bot.answering.knowledge import Background, Lexicon
from bot.arabic import CONJUNCTIONS, light_stem
from bot.retrieval import RANKING

_LAST_LATIN = "\u024f"
_VERB = re.compile(r"(?:ب|ك|ه|ح|عم|دا|م)?[يتن]\w{3,}|ات\w{3,}|\w{3,}(?:وا|تو|نا|ناه|ش|وه|تها|ته)")
# A verb of this letter, or «ستـ», has its other person as well: at least so often, he beside her and she beside him.
_IMPERFECT = re.compile(r"و?(س)?([يت])(\w{2,})")
_HE, _SHE, _LEAST_OTHER_HE, _LEAST_OTHER_SHE = "ي", "ت", 0.5, 0.05
_OBJECTS = ("هما", "كم", "هم", "هن", "ها", "نا", "ني", "وا", "ون", "ين", "ه")
# «هالسؤال», «عالقهوة», «فالدار», «للجامعة»; «سؤالي», «أستاذتنا», «أصحابو».
_PREFIXES = ("هال", "عال", "فال", "بال", "كال", "لل", "ال", *"هبلعفك")
_SUFFIXES = ("وني", "ونا", "ولي", "وا", "ين", "كم", "كن", "هم", "هن", "ها", "نا", "ني", "لي", *"هيكو")
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


class Begins(NamedTuple):
    """Whether a phrase that asks for a mode of answer, and one that asks, can begin with a word."""

    mode: bool
    question: bool


class PlainWord:
    """A word in normal form; `news` is how often news has it, per million words."""

    def __init__(self, normal: str, lexicon: Lexicon, background: Background) -> None:
        self.normal, self.lexicon, self.background = normal, lexicon, background
        self.stem = light_stem(normal)
        self.news = background.per_million.get(self.stem, 0.0)
        self.is_latin = normal[0] <= _LAST_LATIN
        self.is_number = normal[0].isdecimal()

    # How often news has it.

    @property
    def is_news(self) -> bool:
        """Whether news at large has the word often enough to be listed."""
        return self.news > 0

    @property
    def is_rare(self) -> bool:
        """Whether news has the word so seldom that it hardly names what a message is about."""
        return self.news < RANKING.rare_word

    @property
    def is_common(self) -> bool:
        """Whether news is full of the word."""
        return self.news >= RANKING.common_word

    # Grammar.

    @cached_property
    def question_word(self) -> str:
        """The question word that it is without a conjunction or a preposition; "" for any other word."""
        return self.lexicon.bare_question_word(self.normal)

    @cached_property
    def asks(self) -> bool:
        """Whether it asks wherever it stands, unlike «من» and «ما»."""
        return bool(self.question_word) and self.question_word not in self.lexicon.initial_question_words

    @cached_property
    def begins(self) -> Begins:
        """The phrases that can begin with it."""
        phrases, normal = self.lexicon.question_phrases, self.normal
        asks = self.question_word or normal in self.lexicon.name_words.which or phrases.may_begin(normal)
        return Begins(self.lexicon.mode_phrases.phrases.may_begin(normal), bool(asks))

    @cached_property
    def is_stop_word(self) -> bool:
        """Whether it only holds a sentence together, with or without a conjunction."""
        bare = self.normal[1:] if self.normal[0] in CONJUNCTIONS else self.normal
        return self.normal in self.lexicon.stop_words or bare in self.lexicon.stop_words

    @cached_property
    def is_function(self) -> bool:
        """Whether it is never searched for: grammar, a filler, a question word."""
        return self.normal in self.lexicon.function_words or bool(self.question_word)

    @cached_property
    def is_function_form(self) -> bool:
        """Whether it is grammar with a pronoun, a conjunction or a negation: «فيها», «معو», «عندكمش»."""
        return not self.lexicon.function_words.isdisjoint(function_forms(self.normal))

    @cached_property
    def is_filler(self) -> bool:
        """Whether it is grammar of any language or dialect, with or without «و»."""
        lists = (self.lexicon.function_words, self.lexicon.dialects.fillers)
        forms = (self.normal, self.normal.removeprefix("و"))
        return len(self.normal) == 1 or not all(words.isdisjoint(forms) for words in lists)

    @cached_property
    def is_name(self) -> bool:
        """Whether it is by itself a name or a term that the lexicon has."""
        return next(self.lexicon.known_names.find([self.normal]), None) is not None

    @cached_property
    def may_begin_name(self) -> bool:
        """Whether it is the first word of a name or a term that the lexicon has."""
        return self.lexicon.known_names.can_begin_with(self.normal)

    # Everyday Arabic and dialects.

    @cached_property
    def is_everyday(self) -> bool:
        """Whether everyday Arabic has it far more often than news."""
        return self.lexicon.everyday.is_listed(self.stem)

    @cached_property
    def is_everyday_verb(self) -> bool:
        """Whether it is a verb of everyday Arabic, with or without a conjunction and a pronoun."""
        return self.lexicon.everyday.is_verb(self.normal)

    @cached_property
    def is_dialect_verb(self) -> bool:
        """Whether it is a verb of a dialect, in any person and tense."""
        return self.lexicon.dialects.is_verb(self.normal)

    @cached_property
    def is_imperfect(self) -> bool:
        """Whether it is an imperfect verb by its letters and its use: «توضح» beside «يوضح», but not «تونس»."""
        match = _IMPERFECT.fullmatch(self.normal)
        if match is None:
            return False
        will, person, behind = match.groups()
        other, least = (_HE, _LEAST_OTHER_HE) if person != _HE else (_SHE, _LEAST_OTHER_SHE)
        bases = [base for base in (behind, *_without(_OBJECTS, behind)) if len(base) >= (2 if will else _LEAST_VERB)]
        return any(
            (found := self._usual(other + base)) > 0 and found >= least * self._usual(person + base) for base in bases
        )

    def _usual(self, normal: str) -> float:
        """Return how often news or everyday Arabic has a word, per million."""
        return max(one.per_million.get(light_stem(normal), 0.0) for one in (self.background, self.lexicon.everyday))

    @cached_property
    def may_be_verb(self) -> bool:
        """Whether it has the letters of a verb, or is one of a dialect."""
        return self.is_dialect_verb or _VERB.fullmatch(self.normal) is not None


# The forms that words of talk take in dialects: what is written onto a word, said of the asker, asked of others.


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
        if whole.startswith(_PREFIXES):
            yield from (whole.removeprefix(prefix) for prefix in _PREFIXES if whole.startswith(prefix))


def _without(endings: tuple[str, ...], form: str) -> Iterator[str]:
    """Yield a word without each ending that it has, and with ة for the ت that was before it."""
    for ending in filter(form.endswith, endings) if form.endswith(endings) else ():
        base = form.removesuffix(ending)
        yield base
        if base.endswith("ت"):
            yield f"{base[:-1]}ه"
