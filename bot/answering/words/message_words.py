"""The words of a message where they stand: set off, quoted, what kind of word, and whether somebody speaks."""

import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from itertools import chain, pairwise, starmap

from bot.answering.words.message import TokenisedText
from bot.answering.words.question_word import QuestionWordFinder
from bot.answering.words.word_kind import Kind, arabic_kind, word_kind
from bot.arabic import ARTICLE, DEFINITE_PREPOSITIONS

# They stand by themselves before a word in other letters: «ال match».
_ARTICLES = frozenset({ARTICLE, *DEFINITE_PREPOSITIONS})
_SEPARATORS = frozenset("،,.!؟?؛;:\n…-–—()")
# A hyphen without a blank beside it joins words: «a-t-il», «كوفيد-19».
_JOINS = frozenset({" ", "-"})
_QUOTED = re.compile(r'«[^«»]{1,200}»|“[^“”]{1,200}”|"[^"]{1,200}"')
_OPENING, _DROPPED = "«“\"'([", " \n\t،,:؛;-–—…"
_ARABIZI = re.compile(r"[a-z']*[a-z][235679][a-z']*|[235679][a-z']{2,}")
_SPOKEN_LATIN = ("en", "fr", "ar-Latn")
_YOURS = ("كم", "كن", "كو")

Spans = Sequence[tuple[int, int]]
"""Spans of words, `words[first:last]`, in order."""


class MessageWords:
    """The words of a message in their places."""

    def __init__(self, text: TokenisedText) -> None:
        self.text, self.known, self.normals = text, text.known, text.normals
        self._said = list(map(word_kind, text.known))
        self._words, self._lexicon = text.words, text.table.lexicon
        quoted = [match.span() for match in _QUOTED.finditer(text.text)]
        self._quoted = {at for start, end in quoted for at, word in enumerate(text.words) if start <= word.start < end}
        between = [text.text[before.end : word.start] for before, word in pairwise(text.words)]
        apart = (marks not in _JOINS and not _SEPARATORS.isdisjoint(marks) for marks in between)
        # Whether a mark or a line break stands before each word; at the ends of the text, always.
        self.set_off = [True, *apart, True][: len(text.words) + 1]

    def __len__(self) -> int:
        return len(self._words)

    def clauses(self) -> Spans:
        """Return the clauses of the message, between punctuation marks and line breaks."""
        return list(pairwise(at for at, is_set_off in enumerate(self.set_off) if is_set_off))

    def is_quoted(self, first: int, last: int) -> bool:
        """Whether a span has words in quotation marks."""
        return not self._quoted.isdisjoint(range(first, last))

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

    def are_latin(self, spans: Spans) -> bool:
        """Whether all words are in Latin letters, accents included, or in the digits of Arabizi."""
        return all(self.known[at].is_latin for at in positions(spans))

    def is_foreign_article(self, at: int) -> bool:
        """Whether a word is an article of another language: «la campagne» names something."""
        is_latin, glossaries = self.known[at].is_latin, self._lexicon.glossaries.values()
        return is_latin and any(self.normals[at] in one.articles for one in glossaries)

    def content(self, spans: Spans) -> int:
        """Count the words to search for."""
        return sum(not self.known[at].is_function for at in positions(spans))

    def begins_question(self, first: int, last: int) -> bool:
        """Whether a span begins with a question word, or with one behind a preposition: «في أي عام»."""
        return QuestionWordFinder(self.text, first, last).find(opening=True) is not None

    def has_question_word(self, first: int, last: int) -> bool:
        """Whether a span has a question word."""
        return QuestionWordFinder(self.text, first, last).find() is not None

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
        kinds = [said.kind for said in self._said]
        for at in self._apart:
            kinds[at] = self._kind(at)
        return kinds

    @cached_property
    def _apart(self) -> set[int]:
        """The words that are told by their place, or as they are written: names, quoted ones, in Latin letters."""
        found = zip(range(len(self)), self.known, self.text.common, strict=True)
        written = {at for at, word, is_common in found if word.is_latin or word.is_number or is_common}
        return written.union(self._quoted, self._named)

    @cached_property
    def _named(self) -> set[int]:
        return {at for name in self.text.names for at in range(name.start, name.end)}

    @cached_property
    def _kinds(self) -> str:
        """The kinds as one text: the kinds of a span are counted from each of its words."""
        return "".join(self.kinds)

    def kinds_of(self, spans: Spans) -> str:
        """Return the kinds of the words of some spans, a letter each."""
        return "".join([self._kinds[first:last] for first, last in spans])

    def count(self, spans: Spans, *kinds: Kind) -> int:
        """Count the words of some kinds."""
        return sum(self._kinds.count(kind, first, last) for first, last in spans for kind in kinds)

    @cached_property
    def _signs(self) -> bytes:
        signs = bytearray(
            said.is_sign or (said.greets and set_off) for said, set_off in zip(self._said, self.set_off, strict=False)
        )
        for at in self._apart:
            signs[at] = self._is_sign(at)
        return bytes(signs)

    def signs(self, *spans: tuple[int, int]) -> int:
        """Count the words that show that somebody speaks of himself or to others."""
        return sum(self._signs.count(1, first, last) for first, last in spans)

    @cached_property
    def _sayings(self) -> bytes:
        return bytes(kind is not Kind.FUNCTION and not sign for kind, sign in zip(self.kinds, self._signs, strict=True))

    def says(self, spans: Spans) -> int:
        """Count the words that are no grammar, and show nothing of a speaker."""
        return sum(self._sayings.count(1, first, last) for first, last in spans)

    @cached_property
    def _speaking(self) -> bytes:
        """Whether each word may be talk by itself: a sign, a word of talk, of courtesies, or in Latin letters."""
        found = zip(self.kinds, self._signs, self._said, strict=True)
        return bytes(bool(sign) or said.may_be_talk or kind is Kind.TALK for kind, sign, said in found)

    def may_be_talk(self, first: int, last: int) -> bool:
        """Whether a span has a word without which nothing is talk."""
        return self._speaking.find(1, first, last) >= 0

    def speaks_to_others(self, spans: Spans) -> bool:
        """Whether a word speaks to people: «عليكم», «برأيكن», «جاوبوني»."""
        return any(
            (self._signs[at] and self.normals[at].endswith(_YOURS)) or self.known[at].asks_of_others
            for at in positions(spans)
        )

    def may_name(self, spans: Spans) -> bool:
        """Whether a word may name a subject: one of news, or an unknown one that is no verb of a dialect."""
        kinds = self.kinds_of(spans)
        if Kind.OPEN not in kinds:
            return Kind.SUBJECT in kinds
        found = ((self.kinds[at], self.known[at]) for at in positions(spans))
        return any(
            kind is Kind.SUBJECT or (kind is Kind.OPEN and not (word.is_dialect_verb or word.is_latin))
            for kind, word in found
        )

    @cached_property
    def listed(self) -> list[bool]:
        """Whether a list of talk or grammar has each word, in whatever language; never a name or a number."""
        listed, common = [said.is_listed for said in self._said], self.text.common
        for at in self._apart:
            listed[at] = (listed[at] or common[at]) and not self._is_fixed(at)
        return listed

    def _is_fixed(self, at: int) -> bool:
        """Whether a word is quoted, a figure, or in Latin capitals, «US»."""
        if at in self._quoted:
            return True
        word = self.known[at]
        if not (word.is_latin or word.is_number):
            return False
        written = self.text.written(self._words[at])
        is_abbreviation = written.isascii() and written.isupper() and len(written) > 1
        return is_abbreviation or (word.is_number and not self._is_letter(at))

    def _kind(self, at: int) -> Kind:
        if self.listed[at]:
            return self._said[at].on_list
        if self._is_fixed(at):
            return Kind.NAME
        if kind := self._said[at].alone:
            return kind
        if self.known[at].is_latin:
            return self._latin_kind(at)
        return Kind.NAME if at in self._named else arabic_kind(self.known[at])

    def _latin_kind(self, at: int) -> Kind:
        word, written = self.known[at], self.written(at, at + 1)[0].strip(".,!?:;()")
        if self._lexicon.dialects.look_up(word.normal).standard:
            return Kind.SUBJECT
        is_common = any(self._lexicon.languages.is_common(written, tag) for tag in _SPOKEN_LATIN)
        if is_common or word.is_person or _ARABIZI.fullmatch(written.casefold()):
            return Kind.TALK
        is_first = self.set_off[at] and written[1:].islower()
        return Kind.OPEN if written.islower() or is_first else Kind.NAME

    def _is_sign(self, at: int) -> bool:
        kind, said = self.kinds[at], self._said[at]
        # «Les amis» are called, «les oliviers» are not.
        if kind is Kind.NAME or self.is_foreign_article(at):
            return False
        is_courtesy = said.is_courtesy and kind is not Kind.FUNCTION
        return said.is_personal or is_courtesy or (said.greets and self.set_off[at])

    def _is_letter(self, at: int) -> bool:
        """Whether a digit stands for a letter: «3likom», «ya3tikom»."""
        neighbours = self._words[max(at - 1, 0) : at + 2]
        touches = any(first.end == second.start for first, second in pairwise(neighbours))
        return touches and any(word.normal.isascii() and word.normal.isalpha() for word in neighbours)


def positions(spans: Spans) -> Iterable[int]:
    """Return the positions of the words of some spans."""
    return chain.from_iterable(starmap(range, spans))
