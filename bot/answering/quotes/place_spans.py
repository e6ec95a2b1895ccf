"""Spans of places in a sentence."""

from collections.abc import Iterator

from bot.answering.evidence import AskedNames, TermWeights
from bot.answering.knowledge import Lexicon, phrase_length
from bot.answering.question import Question
from bot.answering.quotes.name_extent import NameExtent
from bot.answering.quotes.quoted_sentence import FoundPositions, QuotedSentence
from bot.answering.reasons import AnswerType
from bot.arabic import ARTICLE, PREPOSITIONS
from bot.arabic.dates import is_year

_MOST_WORDS = 4
# Chosen: what is added for a known place, one behind the noun of a place, a rare word, and taken off for a common word
# and for one behind «من».
_KNOWN, _PLACED, _RARE, _COMMON, _FROM = 0.15, 0.15, 0.1, 0.15, 0.15
# Chosen, occurrences per million of news: a rarer word behind a preposition may be the name of a place.
_MOST_PER_MILLION = 60.0


class PlaceSpans:
    """Finds spans of places; `is_where` tells whether «where» is asked, and not which place."""

    def __init__(
        self, question: Question, lexicon: Lexicon, weights: TermWeights, names: AskedNames, extent: NameExtent
    ) -> None:
        self._lexicon, self._weights, self._names, self._extent = lexicon, weights, names, extent
        self._naming = lexicon.name_words
        self.is_where = any(
            lexicon.question_words.get(lexicon.bare_question_word(word.normal)) is AnswerType.PLACE
            for word in question.words
        )

    def places(self, sentence: QuotedSentence) -> Iterator[FoundPositions]:
        """Yield what may be a place: behind a preposition, or where none of «where» is asked, by its name alone."""
        lexicon, normals, behind, known = self._lexicon, sentence.normals, -1, self._extent.known(sentence)
        for at, normal in enumerate(normals):
            if at <= behind:
                continue
            length = phrase_length(lexicon.answer_words.places, normals, at)
            if length and sentence.is_joined(at + length - 1):
                found = self._place(sentence, at + length)
                bonus = -_FROM * (normal.endswith("من") and length == 1)
            elif (
                normal.startswith(PREPOSITIONS[0] if self.is_where else PREPOSITIONS)
                and normal not in lexicon.stop_words
                and self._is_prefixed(normal)
            ):
                found, bonus = self._place(sentence, at), -_FROM * normal.startswith("ل")
            elif not self.is_where and (at in known or self._is_place_noun(normal)):
                found, bonus = self._place(sentence, at), 0.0
            else:
                continue
            if found and (bonus == 0 or found[1] in {_KNOWN, _PLACED}):
                behind = found[0][1]
                yield found[0], found[1] + bonus

    def _is_prefixed(self, normal: str) -> bool:
        """Tell whether a preposition is written onto the name or the noun of a place: «ببغداد», «بمدينة»."""
        bare = normal[1:].removeprefix(ARTICLE) if not normal.startswith("لل") else normal[2:]
        return (
            bare in self._naming.places or bare in self._naming.things or self._lexicon.known_names.can_begin_with(bare)
        )

    def _place(self, sentence: QuotedSentence, at: int) -> FoundPositions | None:
        """Return the place that begins at a position, if a place may begin there."""
        normal = sentence.normals[at]
        if not normal.isalpha() or self._is_other(normal):
            return None
        is_noun = self._is_place_noun(normal)
        last = at
        while last - at + 1 < _MOST_WORDS and sentence.is_joined(last):
            follows_noun = self._is_place_noun(sentence.normals[last])
            if not self._goes_on(sentence, last + 1, is_noun=follows_noun):
                break
            last += 1
        if all(sentence.own[at : last + 1]) or (sentence.own[last] and not self.is_where):
            return None
        if any(at <= first <= last for first in self._extent.known(sentence)):
            return (at, last), _KNOWN
        if is_noun:
            return (at, last), _PLACED if last > at else -_COMMON
        if self._weights.is_rare(normal, _MOST_PER_MILLION) or normal.isascii():
            return (at, last), _RARE
        return (at, last), 0.0 if normal.startswith(ARTICLE) else -_COMMON

    def _is_place_noun(self, normal: str) -> bool:
        """Tell whether a word is the noun of a place, or a part of one, which its name follows."""
        bare = normal.removeprefix(ARTICLE)
        if not self._lexicon.answer_words.parts_of_places.isdisjoint((normal, normal.removeprefix(PREPOSITIONS[0]))):
            return True
        return any(
            one in self._naming.places
            or one in self._naming.things
            or self._lexicon.asking_nouns.get(one) is AnswerType.PLACE
            for one in (normal, bare, normal[1:])
        )

    def _is_other(self, normal: str) -> bool:
        """Tell whether a word is no place: of time, a function word, a verb."""
        lexicon, bare = self._lexicon, normal.removeprefix(ARTICLE)
        return (
            normal in lexicon.stop_words
            or normal in lexicon.time_context_words
            or bare in lexicon.time_units
            or normal in lexicon.values[AnswerType.TIME]
            or normal in lexicon.values[AnswerType.QUANTITY]
            or (normal,) in lexicon.answer_words.times
            or normal in lexicon.answer_words.no_places
            or normal in self._naming.persons
            or normal in self._naming.given_names
            or is_year(normal)
            or lexicon.everyday.is_verb(normal)
        )

    def _goes_on(self, sentence: QuotedSentence, at: int, *, is_noun: bool) -> bool:
        """Tell whether a word goes on with a place; behind its noun any does that ends no name."""
        normal = sentence.normals[at]
        if normal.isascii():
            return sentence.text[sentence.words[at].start].isupper()
        if not normal.isalpha() or self._is_other(normal) or self._extent.ends(sentence, at):
            return False
        if (normal,) in self._lexicon.answer_words.places:
            return False
        if is_noun:
            return True
        if sentence.own[at]:
            return False
        return (
            normal.startswith(ARTICLE)
            or self._names.may_continue(normal)
            or self._lexicon.known_names.can_begin_with(normal)
        )
