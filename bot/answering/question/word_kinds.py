"""The kinds of the words of a message, grammar, talk, everyday Arabic, news, names, and the signs that somebody speaks.

No list foresees all that members say around a question, so a word counts for what it is elsewhere: everyday Arabic has
it and news has not, it is a form of a word of talk, it speaks to somebody or in the first person.
"""

import re
from collections.abc import Iterable, Sequence
from enum import IntEnum, auto

from bot.answering.knowledge import Background, Lexicon
from bot.answering.question.message_words import MessageWords
from bot.arabic import light_stem

# What nobody says in news: «يفيدني», «قولولي», «صرلي», «يخليلكن», «نسألكم».
_PERSON = re.compile(r"(?!ا|لا)\w{2,}(?:كم|كن|لي|ني)")
# «jme3tkom»; «choufouli», «fahmouni», «2olelna».
_PERSON_LATIN = re.compile(r"[a-z']{3,}(?:kom|kum|koum)|[a-z0-9']{2,}(?:ouli|ouni|ouna|oulna|oli|olna)")
_FIRST_PERSON = re.compile(r"(?:ك|ت|ح|غ)?ن\w{3,}")
_NEGATED = re.compile(r"(?:ما)?(\w{3,})ش")
_VERB = re.compile(r"(?:ب|ك|ه|ح|عم|دا|م)?[يتن]\w{3,}|ات\w{3,}|\w{3,}(?:وا|تو|نا|ناه|ش|وه|تها|ته)")
_ARABIZI = re.compile(r"[a-z']*[a-z][235679][a-z']*|[235679][a-z']{2,}")
_YOURS = ("كم", "كن", "كو")
_DEFINITE = ("ال", "وال")
# Chosen, per million: what news has less often names hardly a subject; a courtesy that it has more often may be one.
_RARE, _COMMON = 12.0, 60.0
_LONGER_THAN = 2
_SPOKEN_LATIN = ("en", "fr", "ar-Latn")


class Kind(IntEnum):
    """What a word is in a message: grammar, talk, everyday Arabic, a word that may be anything, of news, a name."""

    FUNCTION = auto()
    TALK = auto()
    EVERYDAY = auto()
    OPEN = auto()
    SUBJECT = auto()
    NAME = auto()


class WordKinds:
    """The kind of each word of a message, and whether it shows that somebody speaks of himself or to others."""

    def __init__(self, words: MessageWords, lexicon: Lexicon, background: Background) -> None:
        self._words, self._lexicon, self._background = words, lexicon, background
        self._normals = words.text.normals
        names = lexicon.known_names.find(self._normals)
        self._names = {position for name in names for position in range(name.start, name.end)}
        talk = lexicon.courtesies.talk
        self._is_of_asker = [talk.is_of_asker(normal) for normal in self._normals]
        self._kinds = [self._kind(position) for position in range(len(words))]
        self._signs = [self._is_sign(position) for position in range(len(words))]

    def __getitem__(self, position: int) -> Kind:
        return self._kinds[position]

    def count(self, positions: Iterable[int], *kinds: Kind) -> int:
        """Count the words of some kinds."""
        return sum(map(kinds.__contains__, map(self._kinds.__getitem__, positions)))

    def signs(self, positions: Iterable[int]) -> int:
        """Count the words that show that somebody speaks of himself or to others."""
        return sum(map(self._signs.__getitem__, positions))

    def is_told(self, position: int) -> bool:
        """Tell whether a word speaks to somebody: «عليكم», «برأيكن», «جاوبوني»."""
        normal = self._normals[position]
        is_yours = self._signs[position] and normal.endswith(_YOURS)
        return is_yours or self._lexicon.courtesies.talk.is_to_others(normal)

    def may_name(self, position: int) -> bool:
        """Tell whether a word may name a subject: one of news, or an unknown one that is no verb of a dialect."""
        is_verb = self._lexicon.dialects.is_verb(self._normals[position]) or self._words.is_latin(position)
        return self._kinds[position] is Kind.SUBJECT or (self._kinds[position] is Kind.OPEN and not is_verb)

    def names_something(self, positions: Sequence[int]) -> bool:
        """Tell whether words of which none is a sign end in a definite one that news has: «المكتبة العامة»."""
        last = self._normals[positions[-1]]
        return not self.signs(positions) and last.startswith(_DEFINITE) and self._background.is_listed(light_stem(last))

    def is_unheard_adjective(self, position: int) -> bool:
        """Tell whether a word is definite and none of news: «يا صاحب الكلام الموزون»."""
        normal = self._normals[position]
        return normal.startswith(_DEFINITE) and not self._background.is_listed(light_stem(normal))

    def _kind(self, position: int) -> Kind:
        words, normal = self._words, self._normals[position]
        is_figure = normal[0].isdecimal() and not words.is_known(position)
        if words.is_quoted(position, position + 1) or is_figure or words.is_abbreviation(position):
            return Kind.NAME
        courtesies = self._lexicon.courtesies
        if words.is_function_word(position) or courtesies.talk.is_function_form(normal):
            return Kind.FUNCTION
        if self._is_of_asker[position] or courtesies.talk.is_talk(normal):
            return Kind.TALK
        if words.is_known(position):
            return Kind.OPEN if words.folded[position] in courtesies.common_words else Kind.TALK
        return self._latin_kind(position) if words.is_latin(position) else self._arabic_kind(position)

    def _arabic_kind(self, position: int) -> Kind:
        normal = self._normals[position]
        if position in self._names:
            return Kind.NAME
        if self._is_person(normal):
            return Kind.TALK
        stem = light_stem(normal)
        if self._lexicon.everyday.is_listed(stem):
            return Kind.EVERYDAY
        if self._background.is_listed(stem):
            is_rare = self._background.per_million[stem] < _RARE and not normal.startswith(_DEFINITE)
            return Kind.OPEN if is_rare else Kind.SUBJECT
        is_verb = self._lexicon.dialects.is_verb(normal) or _VERB.fullmatch(normal)
        return Kind.OPEN if is_verb else Kind.SUBJECT

    def _latin_kind(self, position: int) -> Kind:
        written = self._words.written(position, position + 1).strip(".,!?:;()")
        is_common = any(self._lexicon.languages.is_common(written, tag) for tag in _SPOKEN_LATIN)
        if self._lexicon.dialects.look_up(self._normals[position]).standard:
            return Kind.SUBJECT
        if is_common or self._is_person(self._normals[position]) or _ARABIZI.fullmatch(written.casefold()):
            return Kind.TALK
        is_first = self._words.is_set_off(position) and written[1:].islower()
        return Kind.OPEN if written.islower() or is_first else Kind.NAME

    def _is_person(self, normal: str) -> bool:
        """Tell whether a word that news has not is in the first person or speaks to somebody."""
        if _PERSON_LATIN.fullmatch(normal):
            return True
        negated = _NEGATED.fullmatch(normal)
        bare = negated[1] if negated else normal
        is_to_others, may_be_first = _PERSON.fullmatch(bare) is not None, _FIRST_PERSON.fullmatch(bare) is not None
        if not (is_to_others or may_be_first) or self._background.is_listed(light_stem(bare)):
            return False
        return is_to_others or self._lexicon.dialects.is_verb(bare) or self._lexicon.everyday.is_verb(bare)

    def _is_sign(self, position: int) -> bool:
        """Tell whether a word shows that somebody speaks of himself or to others."""
        courtesies, folded = self._lexicon.courtesies, self._words.folded[position]
        # «Les amis» are called, «les oliviers» are not.
        if self._kinds[position] is Kind.NAME or self._words.is_foreign_article(position):
            return False
        normal = self._normals[position]
        is_told = self._kinds[position] is not Kind.FUNCTION and len(folded) > _LONGER_THAN and courtesies.tells(folded)
        return (
            self._is_of_asker[position]
            or (is_told and self._background.per_million.get(light_stem(normal), 0.0) < _COMMON)
            or not courtesies.personal_words.isdisjoint((folded, folded.removeprefix("و")))
            or self._words.is_greeting(position)
            or self._is_person(normal)
        )
