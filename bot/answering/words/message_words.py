"""The words of a message where they stand: set off, quoted, what kind of word, and whether somebody speaks."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from enum import IntEnum, auto
from functools import cached_property
from itertools import accumulate, pairwise

from bot.answering.knowledge.courtesies import GREETING
from bot.answering.words.known_word import KnownWord
from bot.answering.words.message import TokenisedText
from bot.answering.words.question_word import QuestionWord, QuestionWordFinder, is_opened_by
from bot.arabic import ARTICLE, DEFINITE_PREPOSITIONS

# They stand by themselves before a word in other letters: «ال match».
_ARTICLES = frozenset({ARTICLE, *DEFINITE_PREPOSITIONS})
_SEPARATORS = frozenset("،,.!؟?؛;:\n…-–—()")
# Without a blank beside it, it joins words: «a-t-il», «كوفيد-19».
_HYPHEN = "-"
_QUOTED = re.compile(r'«[^«»]{1,200}»|“[^“”]{1,200}”|"[^"]{1,200}"')
_OPENING, _DROPPED = "«“\"'([", " \n\t،,:؛;-–—…"
_DEFINITE = (ARTICLE, "و" + ARTICLE)
_ARABIZI = re.compile(r"[a-z']*[a-z][235679][a-z']*|[235679][a-z']{2,}")
_SPOKEN_LATIN = ("en", "fr", "ar-Latn")
_YOURS = ("كم", "كن", "كو")
_LEAST_PHRASE, _LEAST_SIGN = 2, 3


class Kind(IntEnum):
    """What a word is in a message: grammar, talk, everyday Arabic, a word that may be anything, of news, a name."""

    FUNCTION = auto()
    TALK = auto()
    EVERYDAY = auto()
    OPEN = auto()
    SUBJECT = auto()
    NAME = auto()


class MessageWords:
    """The words of a message in their places; a span is `words[first:last]`."""

    def __init__(self, text: TokenisedText) -> None:
        self.text, self.known, self.normals = text, text.known, text.normals
        self.folded = [word.folded for word in text.known]
        self._words, self._lexicon = text.words, text.table.lexicon
        self._question_words = dict[tuple[int, int], QuestionWord | None]()
        quoted = [match.span() for match in _QUOTED.finditer(text.text)]
        self._quoted = {
            at for at, word in enumerate(text.words) if any(start <= word.start < end for start, end in quoted)
        }

    def __len__(self) -> int:
        return len(self._words)

    def is_quoted(self, first: int, last: int) -> bool:
        """Whether a span has words in quotation marks."""
        return not self._quoted.isdisjoint(range(first, last))

    def is_set_off(self, at: int) -> bool:
        """Whether a mark or a line break separates a word from the one before; at the ends of the text, always."""
        return not 0 < at < len(self._words) or self._set_off[at]

    @cached_property
    def _set_off(self) -> list[bool]:
        text, gaps = self.text.text, pairwise(self._words)
        between = (text[before.end : word.start] for before, word in gaps)
        return [True, *(marks != _HYPHEN and not _SEPARATORS.isdisjoint(marks) for marks in between)]

    def changes_letters(self, at: int) -> bool:
        """Whether a word in Latin letters stands beside one in other letters: «slm 3likom متى».

        In a gloss it is a name: «who beat zarina».
        """
        if self.text.gloss or self.known[at - 1].is_latin is self.known[at].is_latin:
            return False
        before, word = self.normals[at - 1], self.normals[at]
        if before in _ARTICLES:
            return False
        return (before[-1].isalpha() or before[0].isalpha() or self._is_letter(at - 1)) and word[0].isalpha()

    def are_latin(self, positions: Iterable[int]) -> bool:
        """Whether all words are in Latin letters, accents included, or in the digits of Arabizi."""
        return all(self.known[at].is_latin for at in positions)

    def is_foreign_article(self, at: int) -> bool:
        """Whether a word is an article of another language: «la campagne» names something."""
        is_article = (self.normals[at] in one.articles for one in self._lexicon.glossaries.values())
        return self.known[at].is_latin and any(is_article)

    def content(self, positions: Iterable[int]) -> int:
        """Count the words to search for."""
        return sum(not self.known[at].is_function for at in positions)

    def begins_question(self, first: int, last: int) -> bool:
        """Whether a span begins with a question word, or with one behind a preposition: «في أي عام»."""
        found = self._question_word(first, last)
        return found is not None and is_opened_by(found, self.text, first)

    def has_question_word(self, first: int, last: int) -> bool:
        """Whether a span has a question word."""
        return self._question_word(first, last) is not None

    @cached_property
    def _question_places(self) -> list[int]:
        return QuestionWordFinder.places(self.text)

    def _question_word(self, first: int, last: int) -> QuestionWord | None:
        at = bisect_left(self._question_places, first)
        if first >= last or at == len(self._question_places) or self._question_places[at] >= last:
            return None
        if (first, last) not in self._question_words:
            self._question_words[first, last] = QuestionWordFinder(self.text, first, last).find()
        return self._question_words[first, last]

    def opens_phrase(self, first: int, last: int) -> bool:
        """Whether a listed phrase that may stand behind a question begins at a word, and is no subject."""
        courtesies = self._lexicon.courtesies
        careful = {end for end, _ in courtesies.careful.at(self.folded, first, last)}
        found = (end for end, _ in courtesies.behind.at(self.folded, first, last))
        return any(end - first >= _LEAST_PHRASE and end not in careful for end in found)

    def behind(self, at: int) -> str:
        """Return the text between a word and the next one."""
        end = self._words[at + 1].start if at + 1 < len(self._words) else len(self.text.text)
        return self.text.text[self._words[at].end : end]

    def written(self, first: int, last: int) -> tuple[str, int]:
        """Return a span as it is written, on one line, with the marks around it, and the offset where that begins."""
        text, start = self.text.text, self._words[first].start if first else 0
        while start and text[start - 1] in _OPENING:
            start -= 1
        end = self._words[last].start if last < len(self._words) else len(text)
        written = text[start:end].rstrip(_DROPPED + _OPENING)
        bare = written.lstrip(_DROPPED)
        return bare.replace("\n", " "), start + len(written) - len(bare)

    # The kind of each word, and whether it shows that somebody speaks of himself or to others.

    @cached_property
    def kinds(self) -> list[Kind]:
        """The kind of each word."""
        named = {at for name in self.text.names for at in range(name.start, name.end)}
        return [self._kind(at, is_named=at in named) for at in range(len(self))]

    def count(self, positions: Iterable[int], *kinds: Kind) -> int:
        """Count the words of some kinds."""
        if isinstance(positions, range):
            return sum(self._counts[kind][positions.stop] - self._counts[kind][positions.start] for kind in kinds)
        return sum(self.kinds[at] in kinds for at in positions)

    @cached_property
    def _counts(self) -> dict[Kind, list[int]]:
        """How many words of each kind stand before each place: a message is counted from each of its words."""
        return {kind: [0, *accumulate(own is kind for own in self.kinds)] for kind in Kind}

    @cached_property
    def _signs(self) -> list[bool]:
        return list(map(self._is_sign, range(len(self))))

    def signs(self, positions: Iterable[int]) -> int:
        """Count the words that show that somebody speaks of himself or to others."""
        return sum(self._signs[at] for at in positions)

    def speaks_to_others(self, at: int) -> bool:
        """Whether a word speaks to people: «عليكم», «برأيكن», «جاوبوني»."""
        return (self._signs[at] and self.normals[at].endswith(_YOURS)) or self.known[at].asks_of_others

    def may_name(self, at: int) -> bool:
        """Whether a word may name a subject: one of news, or an unknown one that is no verb of a dialect."""
        word = self.known[at]
        is_verb = word.is_dialect_verb or word.is_latin
        return self.kinds[at] is Kind.SUBJECT or (self.kinds[at] is Kind.OPEN and not is_verb)

    def names_something(self, positions: Sequence[int]) -> bool:
        """Whether words of which none is a sign end in a definite one that news has: «المكتبة العامة»."""
        last = self.known[positions[-1]]
        return not self.signs(positions) and last.normal.startswith(_DEFINITE) and last.is_news

    def is_unheard_adjective(self, at: int) -> bool:
        """Whether a word is definite and none of news: «يا صاحب الكلام الموزون»."""
        return self.normals[at].startswith(_DEFINITE) and not self.known[at].is_news

    def is_listed_talk(self, at: int) -> bool:
        """Whether a list of talk or grammar has a word, in whatever language; never a name or a number."""
        word, written = self.known[at], self.text.written(self._words[at])
        if at in self._quoted or _is_abbreviation(written):
            return False
        if word.is_number:
            return self._is_letter(at)
        return word.is_polite or word.is_function or self._lexicon.languages.is_common(written, self.text.language)

    def _kind(self, at: int, *, is_named: bool) -> Kind:
        word = self.known[at]
        is_figure = word.is_number and not self._is_letter(at)
        if at in self._quoted or is_figure or _is_abbreviation(self.text.written(self._words[at])):
            return Kind.NAME
        if word.is_function or word.is_function_form:
            return Kind.FUNCTION
        is_listed = self.is_listed_talk(at)
        if word.is_of_asker or word.is_talk or is_listed:
            # «غوغل» is where somebody looked, and what somebody asks about.
            is_open = word.is_name or (word.is_common_talk and not (word.is_of_asker or word.is_talk))
            return Kind.OPEN if is_open else Kind.TALK
        if word.is_latin:
            return self._latin_kind(at)
        return Kind.NAME if is_named else _arabic_kind(word)

    def _latin_kind(self, at: int) -> Kind:
        word, written = self.known[at], self.written(at, at + 1)[0].strip(".,!?:;()")
        if self._lexicon.dialects.look_up(word.normal).standard:
            return Kind.SUBJECT
        is_common = any(self._lexicon.languages.is_common(written, tag) for tag in _SPOKEN_LATIN)
        if is_common or word.is_person or _ARABIZI.fullmatch(written.casefold()):
            return Kind.TALK
        is_first = self.is_set_off(at) and written[1:].islower()
        return Kind.OPEN if written.islower() or is_first else Kind.NAME

    def _is_sign(self, at: int) -> bool:
        word = self.known[at]
        # «Les amis» are called, «les oliviers» are not.
        if self.kinds[at] is Kind.NAME or self.is_foreign_article(at):
            return False
        if word.is_of_asker or word.is_personal or word.is_person:
            return True
        is_long = len(word.folded) >= _LEAST_SIGN
        if self.kinds[at] is not Kind.FUNCTION and is_long and word.is_courtesy and not word.is_common:
            return True
        return self.is_set_off(at) and GREETING in (
            kind for _, kind in self._lexicon.courtesies.before.at([word.folded], 0)
        )

    def _is_letter(self, at: int) -> bool:
        """Whether a digit stands for a letter: «3likom», «ya3tikom»."""
        neighbours = self._words[max(at - 1, 0) : at + 2]
        touches = any(first.end == second.start for first, second in pairwise(neighbours))
        return touches and any(word.normal.isascii() and word.normal.isalpha() for word in neighbours)


def _arabic_kind(word: KnownWord) -> Kind:
    if word.is_person:
        return Kind.TALK
    if word.is_everyday:
        return Kind.EVERYDAY
    if word.is_news:
        return Kind.OPEN if word.is_rare and not word.normal.startswith(_DEFINITE) else Kind.SUBJECT
    return Kind.OPEN if word.may_be_verb else Kind.SUBJECT


def _is_abbreviation(written: str) -> bool:
    """Whether a word is in Latin capitals, «US»."""
    return written.isascii() and written.isupper() and len(written) > 1
