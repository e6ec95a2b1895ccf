"""A word and its roles: what the lists say of it wherever it stands. Each role is defined once, and found once."""

import re
from collections import defaultdict
from collections.abc import Callable, Sequence
from functools import cached_property, wraps
from typing import TypeVar

from bot.answering.knowledge import Background, LatinSpellings, Lexicon, PhraseMatcher
from bot.answering.knowledge.word_lists import squeezed
from bot.answering.reasons import Reason
from bot.answering.words.plain_word import (
    PlainWord,
    addressed_base,
    forms_asked_of_others,
    function_forms,
    is_form_of,
    owned_forms,
    plain_forms,
    spoken_forms,
    without_affix_letters,
    without_conjunction,
    without_negation,
)
from bot.arabic import CONJUNCTIONS, PREPOSITIONS, consonant_skeleton, is_inflected, light_stem, month_number
from bot.storage import Memory

_REMEMBERED = 1 << 12
_LEAST_BASE, _NOT, _LEAST_DENIED, _LEAST_STEM = 3, "ما", 4, 3
# Chosen, per million: how often grammar, names and words of dialects, and verbs of dialects are taken to be written.
_FUNCTION, _NAME, _VERB = 400.0, 60.0, 1.0
# What nobody says in news: «يفيدني», «قولولي», «صرلي», «يخليلكن», «نسألكم»; «jme3tkom»; «choufouli», «2olelna».
_TO_OTHERS = re.compile(r"(?!ا|لا)\w{2,}(?:كم|كن|لي|ني)")
_LATIN_PERSON = re.compile(r"[a-z']{3,}(?:kom|kum|koum)|[a-z0-9']{2,}(?:ouli|ouni|ouna|oulna|oli|olna)")
_FIRST_PERSON = re.compile(r"(?:ك|ت|ح|غ)?ن\w{3,}")
# «هههه», «خخخخ», «hahaha», «loool», «mdrrr»
_LAUGH = re.compile(r"[هخ]{3,}|(?:[هخ]ا){2,}[هخ]?|(?:[jh][aei]){2,}[jh]?|h{3,}|l+o+l+|l+m+a+o+|mdr+|ptdr+|x+d+")
# «ضحكتيني», «فرحتونا»: what they did to the one who speaks.
_DID_TO_ME = re.compile(r"\w{3,5}ت[يو]?(?:ني|نا)|\w{3,}[^aeiou]t(?:i|ou)?ni")
# Digits that stand for letters in Arabic written in Latin ones; of the others the skeleton has nothing.
_DIGITS = str.maketrans({"2": "", "3": "", "5": "kh", "6": "t", "7": "h", "8": "gh", "9": "q"})

T = TypeVar("T")


class KnownWord(PlainWord):
    """A word in normal form, and its roles; `spoken` has each repeated letter once."""

    def __init__(self, normal: str, table: "WordTable") -> None:
        super().__init__(normal, table.lexicon, table.background)
        self.table, self._courtesies = table, table.lexicon.courtesies
        self.spoken = squeezed(normal)

    # Around a question.

    @cached_property
    def is_polite(self) -> bool:
        """Whether courtesies or everyday talk have it, or it speaks to people."""
        return self._courtesies.knows(self.spoken)

    @cached_property
    def is_courtesy(self) -> bool:
        """Whether courtesies alone have it, or it speaks to people."""
        return self._courtesies.tells(self.spoken)

    @cached_property
    def is_common_talk(self) -> bool:
        """Whether talk has it, and news is full of it as well."""
        return self.spoken in self._courtesies.common_words

    @cached_property
    def is_personal(self) -> bool:
        """Whether talk says it of the asker, with or without «و»."""
        return not self._courtesies.personal_words.isdisjoint((self.spoken, self.spoken.removeprefix("و")))

    @cached_property
    def asks_of_others(self) -> bool:
        """Whether it asks something of others: «جاوبوني», «ورونا», «تبخلوش»."""
        return not self._courtesies.talk.address.isdisjoint(forms_asked_of_others(self.normal))

    @cached_property
    def is_of_asker(self) -> bool:
        """Whether it is said of the asker, of what is his own, or asks something of others."""
        talk, bare = self._courtesies.talk, without_negation(self.normal)
        forms = (self.normal, bare, self.normal.removeprefix("و"), bare.removeprefix("و"))
        is_personal = not talk.personal.isdisjoint(forms)
        return is_personal or self.asks_of_others or not talk.own.isdisjoint(owned_forms(self.normal))

    @cached_property
    def is_talk(self) -> bool:
        """Whether it is a word of talk around a question, in any form."""
        talk = self._courtesies.talk
        return self.is_plain_talk or any(form in talk.words or form in talk.own for form in plain_forms(self.normal))

    @cached_property
    def is_plain_talk(self) -> bool:
        """Whether it is a word of speech, time, manner or state, in any form, that names nothing."""
        return not self._courtesies.talk.plain.isdisjoint(plain_forms(self.normal))

    @property
    def is_said(self) -> bool:
        """Whether somebody speaks: of himself, to others, in words of talk or of everyday Arabic."""
        speaks = self.is_personal or self.is_of_asker or self.is_person or self.speaks
        is_talk = self.is_plain_talk or self.is_everyday or self.is_everyday_verb
        return speaks or (is_talk and not self.is_function)

    @property
    def _is_denied(self) -> bool:
        """Whether it is «ما» and a word that names nothing: «مافهمت»."""
        return (
            self.normal.startswith(_NOT)
            and len(self.normal) > _LEAST_DENIED
            and self.table[self.normal[2:]].names_nothing
        )

    @cached_property
    def is_bare_function(self) -> bool:
        """Whether it is grammar of any language or dialect behind a conjunction or preposition, before a pronoun."""
        bare = [self.normal[1:]] if self.normal.startswith((*CONJUNCTIONS, *PREPOSITIONS)) else []
        forms = (form for one in (self.normal, *bare) for form in function_forms(one))
        return any(self.table[form].is_filler for form in forms if len(form) > 1)

    @cached_property
    def names_nothing(self) -> bool:
        """Whether nobody misses it in an article: a verb, or a word of talk that names nothing."""
        if self.is_common_talk or self.is_everyday_verb or self.is_bare_function:
            return True
        is_verb = self.is_dialect_verb and is_inflected(self.normal)
        if not self.is_news and (self.is_talk or self.is_person or self._is_denied or is_verb):
            return True
        is_own = self.is_personal or (self.is_of_asker and not (self.asks_of_others and self.is_news))
        return not self.may_be_named and (self.is_plain_talk or is_own or self.is_imperfect)

    @cached_property
    def may_be_named(self) -> bool:
        """Whether it is a number, a name that the lists have, or in Latin letters."""
        return self.is_number or self.is_latin or self.is_name or self.lexicon.name_words.is_given_name(self.normal)

    @cached_property
    def is_person(self) -> bool:
        """Whether it is in the first person or speaks to somebody, and news does not have it."""
        if _LATIN_PERSON.fullmatch(self.normal):
            return True
        bare = without_negation(self.normal) if len(self.normal) > _LEAST_BASE + 1 else self.normal
        to_others, may_be_first = _TO_OTHERS.fullmatch(bare), _FIRST_PERSON.fullmatch(bare)
        word = self if bare == self.normal else self.table[bare]
        if not (to_others or may_be_first) or word.is_news:
            return False
        return to_others is not None or word.is_dialect_verb or word.is_everyday_verb

    # Talk to the bot.

    @cached_property
    def is_laugh(self) -> bool:
        """Whether it is laughter."""
        return _LAUGH.fullmatch(self.normal) is not None

    @cached_property
    def is_you(self) -> bool:
        """Whether it is a pronoun of whoever is spoken to."""
        return not self.lexicon.small_talk.address.you.isdisjoint(without_conjunction(self.spoken))

    @cached_property
    def asks_for_news(self) -> bool:
        """Whether it asks somebody for news, or is said beside a question."""
        return not self.lexicon.small_talk.address.asking.isdisjoint(without_conjunction(self.spoken))

    @cached_property
    def base(self) -> str:
        """The word without the pronoun of whoever is spoken to, "" where it has none."""
        return addressed_base(self.spoken)

    @cached_property
    def reason(self) -> Reason | None:
        """The one reason of small talk whose phrases have it."""
        return self.lexicon.small_talk.only_reason(self.spoken)

    @cached_property
    def is_talk_to_bot(self) -> bool:
        """Whether talk to the bot has it, in any form, and no news is about it."""
        address = self.lexicon.small_talk.address
        forms = spoken_forms(self.spoken)
        return any(form in address.talk or light_stem(form) in address.talk_stems for form in forms)

    @cached_property
    def sounds_like_talk(self) -> bool:
        """Whether it is in Latin letters and has the consonants of an Arabic word of talk."""
        skeletons = self.lexicon.small_talk.address.skeletons
        return self.spoken.isascii() and consonant_skeleton(self.spoken.translate(_DIGITS)) in skeletons

    @cached_property
    def is_making(self) -> bool:
        """Whether it is a verb or participle of making: «مبرمجك», «تطوير», «مسوي»."""
        return self.table.is_making(self.base or self.normal)

    @cached_property
    def speaks(self) -> bool:
        """Whether it is laughter, or speaks to somebody."""
        did_to_me = _DID_TO_ME.fullmatch(self.spoken) is not None and not self.is_news
        return self.is_laugh or self.is_you or did_to_me

    def is_addressed(self, *, is_alone: bool) -> bool:
        """Whether it has the pronoun of whoever is spoken to; a word almost alone is more often a name: «ملاك الحب»."""
        base = self.base
        if not base:
            return False
        known = self.table[base]
        return (
            known.is_talk_to_bot
            or (base.isascii() and self.sounds_like_talk)
            or (len(base) >= _LEAST_BASE and not is_alone and not self.is_news and known.is_news)
        )

    @cached_property
    def asks_of_you(self) -> bool:
        """Whether it asks about whoever is spoken to: «أنت», a word of talk with the pronoun."""
        return self.is_you or bool(self.base and self.table[self.base].is_talk_to_bot)

    @property
    def roles(self) -> list[str]:
        """The names of the roles that it has, in the order of their definitions."""
        return [role.removeprefix("is_") for role in _ROLES if getattr(self, role) is True]


_ROLES = [
    name
    for kind in (PlainWord, KnownWord)
    for name, value in vars(kind).items()
    if isinstance(value, cached_property | property)
]
# A word is asked for its roles by their names, of which this is none.
_ROLES.remove("roles")


def word_fact(find: Callable[[KnownWord], T]) -> Callable[[KnownWord], T]:
    """Keep with each word what a function finds of it wherever it stands: it is found once, as the roles are."""
    name = f"{find.__module__}.{find.__name__}"

    @wraps(find)
    def kept(word: KnownWord) -> T:
        facts: dict[str, T] = word.__dict__
        try:
            return facts[name]
        except KeyError:
            return facts.setdefault(name, find(word))

    return kept


class WordTable(Memory[str, KnownWord]):
    """The words of messages by their normal form, each with its roles; made from the lists once."""

    def __init__(self, lexicon: Lexicon, background: Background) -> None:
        # Two kilobytes each.
        super().__init__(lambda normal: KnownWord(normal, self), _REMEMBERED)
        self.lexicon, self.background = lexicon, background
        self._usual = Memory(self._find_usual)
        self.dialect_phrases = PhraseMatcher(dict.fromkeys(lexicon.dialects.phrases, True), conjunctions=())
        self._making: dict[str, list[str]] = defaultdict(list)
        for verb in lexicon.small_talk.address.making:
            self._making[without_affix_letters(verb)].append(verb)

    @cached_property
    def latin_spellings(self) -> LatinSpellings:
        """Reads words in Latin letters by their sound."""
        return LatinSpellings(self.lexicon.latin_letters, self.usual)

    def usual(self, normal: str, least: float = 0.0) -> float:
        """Return how often a word is taken to be written, per million; 0 for one that no list has.

        Of one that is written less often than `least` it may be less, or 0.
        """
        return self._usual[normal] if least <= _VERB or normal in self._usual else self._find_usual(normal, least)

    def _find_usual(self, normal: str, least: float = 0.0) -> float:
        # Most are guesses at a word in Latin letters, and no words: what is known of them is not kept.
        lexicon, stem = self.lexicon, light_stem(normal)
        if normal in lexicon.function_words or normal in lexicon.dialects.fillers or month_number(normal):
            return _FUNCTION
        # Of a short stem any word may be: «بالاديات» of «اد».
        is_stem = len(stem) >= _LEAST_STEM or len(normal) <= _LEAST_STEM + 1
        lists = (self.background.per_million, lexicon.everyday.per_million) if is_stem else ()
        counted = max((frequencies.get(stem, 0.0) for frequencies in lists), default=0.0)
        if counted >= _NAME:
            return counted
        is_name = least <= _NAME and next(lexicon.known_names.find([normal]), None) is not None
        if is_name or normal in lexicon.dialects.words or normal in lexicon.courtesies.words:
            return _NAME
        # To look for a verb takes longest.
        return _VERB if counted < _VERB and least <= _VERB and lexicon.dialects.is_verb(normal) else counted

    def is_making(self, base: str) -> bool:
        """Whether a word without its pronoun is a verb or participle of making."""
        making = self.lexicon.small_talk.address.making
        return base in making or any(
            is_form_of(verb, base) for verb in self._making.get(without_affix_letters(base), ())
        )

    def of(self, normals: Sequence[str]) -> list[KnownWord]:
        """Return the words of some normal forms."""
        return [self[normal] for normal in normals]
