"""Who holds an office that a question asks for: «وزيرة السياحة سلمى اللومي», «سلمى اللومي، وزيرة السياحة»."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from bot.answering.evidence.candidate import Candidate, MatchedSentence
from bot.answering.evidence.term_weights import TermWeights
from bot.answering.evidence.word_match import CLITIC, holds_digit
from bot.answering.knowledge import Lexicon
from bot.answering.knowledge.names import Regions, Spellings
from bot.answering.question import Question
from bot.answering.reasons import AnswerType
from bot.answering.words import RELATIVES
from bot.arabic import ACCUSATIVE, ARTICLE, CONJUNCTIONS, NISBA, PREPOSITIONS, Span, Term
from bot.retrieval import RANKING

# Chosen: so many other words stand within an office, «الهيئة العليا المستقلة للانتخابات», and between an office and a
# name, «وزيرة السياحة والصناعات التقليدية، سلمى اللومي»; a name has so many words.
_WITHIN, _BETWEEN, _NAME = 3, 3, 4
_MARKS, _BESIDE = ' ،,:-–«»"“”()', "،,("
# Behind a given name stands a family's, however often news has it: «دونالد ترامب».
_RARE, _FAMILY = RANKING.common_word, 10 * RANKING.common_word
_FOR, _IS = "ل", frozenset({"", "هو", "هي"})


@dataclass(frozen=True, slots=True)
class Holder:
    """Who holds the office in a sentence of a candidate, by number: the words of a name, and its place in the text."""

    candidate: Candidate
    sentence: int
    name: tuple[str, ...]
    span: Span

    def is_confirmed_by(self, other: "Holder") -> bool:
        """Whether another article names somebody of the same family."""
        return (
            other.candidate.source.article_number != self.candidate.source.article_number
            and self.name[-1] in other.name
        )


class _Sentence(MatchedSentence):
    """A sentence with the countries that its words name; `places` are those that name a country or a city.

    `known` are the terms of the question, by number, that its title or heading has.
    """

    def __init__(self, candidate: Candidate, number: int, regions: Regions) -> None:
        super().__init__(candidate, number)
        self.known = frozenset(np.flatnonzero(candidate.heading_matches >= RANKING.least_match).tolist())
        found = regions.countries.find(self.normals)
        self.countries = {at: one.spellings for one in found for at in range(one.start, one.end)}
        cities = regions.cities.find(self.normals)
        self.places = {*self.countries, *(at for one in cities for at in range(one.start, one.end))}


class OfficeHolders:
    """Finds the holders of the office that one question asks for, by the names that stand beside it."""

    def __init__(
        self, question: Question, lexicon: Lexicon, weights: TermWeights, is_home: Callable[[str], bool]
    ) -> None:
        """Take a question; `is_home` tells whether a word names the country of the coverage, which goes without."""
        self._lexicon, self._weights, self._is_home = lexicon, weights, is_home
        self._naming, self._terms = lexicon.name_words, question.terms
        self._asks_for_former = any(term.normal in self._naming.former for term in question.terms)
        self.is_asked = self._asks_for_office(question)

    @cached_property
    def searched(self) -> list[Term]:
        """The terms that are looked for: news from home does not say where it is from."""
        return [term for term in self._terms if not self._is_home(term.normal)]

    @cached_property
    def _countries(self) -> list[Spellings | None]:
        find = self._lexicon.regions.countries.find
        return [next((one.spellings for one in find([term.normal])), None) for term in self._terms]

    @cached_property
    def _complement(self) -> list[int]:
        current = self._naming.current
        return [number for number, term in enumerate(self._terms) if number and term.normal not in current]

    def find(self, candidate: Candidate) -> Iterator[Holder]:
        """Yield the holders that a candidate names."""
        for number, asks in enumerate(candidate.asking):
            if asks or candidate.sentence_matches[number][0] < CLITIC:
                continue
            sentence = _Sentence(candidate, number, self._lexicon.regions)
            for at in range(len(sentence.normals)):
                if sentence.match(at, 0) >= CLITIC and (place := self._name_beside(sentence, at)):
                    own = sentence.normals[place.start : place.stop]
                    name = tuple(normal.removeprefix(ARTICLE) for normal in own)
                    yield Holder(candidate, number, name, sentence.span(place))

    def _asks_for_office(self, question: Question) -> bool:
        """Whether nothing but an office is asked for: not «من الوزير الذي استقال؟»."""
        asked = question.asked_name
        # What a follow-up goes on from is no part of the office.
        is_who = asked is not None and asked.is_who and question.added is None
        if asked is None or not is_who or asked.noun is None or asked.noun != question.terms[0]:
            return False
        others = [term.normal for term in question.terms[1:]]
        tells_more = any(holds_digit(normal) or self._lexicon.everyday.is_verb(normal) for normal in others)
        is_plain = RELATIVES.isdisjoint(word.normal for word in question.words) and not tells_more
        return is_plain and asked.noun.normal in self._lexicon.definitions.offices

    def _name_beside(self, sentence: _Sentence, at: int) -> range | None:
        """Return the positions of the name beside an office that begins at a position, or None."""
        end = self._end(sentence, at)
        if end is None or self._is_of_other(sentence, at):
            return None
        return self._name_behind(sentence, end) or self._name_before(sentence, at, end)

    def _end(self, sentence: _Sentence, at: int) -> int | None:
        """Return the position of the last word of an office that begins at a position; None where it is another.

        What the title has need not stand there once more: «مديرة المستشفى».
        """
        missing, end, passed = list(self._complement), at, 0
        is_named = not missing
        for place in range(at + 1, len(sentence.normals)):
            found = [column for column in missing if self._is_same(sentence, place, column)]
            passed += not found
            if not missing or sentence.breaks(place - 1) or passed > _WITHIN:
                break
            # «سفير تونس في فرنسا» is not that of France.
            is_other = bool(found) and missing[0] not in found and not self._is_home(self._terms[missing[0]].normal)
            if is_other or not (found or self._may_stand_within(sentence, place, is_first=place == at + 1)):
                break
            missing = [column for column in missing if column not in found]
            end, is_named = place if found else end, True
        known = sentence.known if end > at else ()
        is_whole = is_named and all(column in known or self._is_home(self._terms[column].normal) for column in missing)
        if not is_whole or (missing and any(self._is_away(sentence, at) for at in sentence.countries)):
            return None
        return end

    def _is_same(self, sentence: _Sentence, at: int, column: int) -> bool:
        """Whether a word is a term itself, or of its country: the president of a society is none of a union."""
        country = self._countries[column]
        return sentence.match(at, column) >= CLITIC or (country is not None and sentence.countries.get(at) == country)

    def _is_away(self, sentence: _Sentence, at: int) -> bool:
        """Whether a word names a country that is not that of the coverage."""
        return at in sentence.countries and not self._is_home(sentence.normals[at])

    def _may_stand_within(self, sentence: _Sentence, at: int, *, is_first: bool) -> bool:
        """Whether a word leaves an office what it is: «رئيس جمهورية تونس», «رئيس الهيئة العليا للانتخابات»."""
        normal = sentence.normals[at]
        if is_first or self._is_former(normal):
            return normal in self._naming.of_office
        return normal.startswith(ARTICLE) and not self._is_away(sentence, at)

    def _is_of_other(self, sentence: _Sentence, at: int) -> bool:
        """Whether the name beside an office is that of another: «نائب رئيس الحكومة», «المستشار لدى وزير التربية»."""
        is_for = sentence.normals[at].startswith(_FOR) or (at > 0 and "لد" in sentence.between(at - 1))
        for before in range(at - 1, max(at - _WITHIN, 0) - 1, -1):
            if not is_for and (not sentence.is_next(before) or sentence.normals[before].startswith(ARTICLE)):
                return False
            if sentence.normals[before] in self._naming.persons:
                return True
        return is_for

    def _name_behind(self, sentence: _Sentence, end: int) -> range | None:
        """Return the name behind an office, its adjectives and titles, but none of another country or of the past."""
        is_apart = is_more = False
        for place in range(end + 1, min(end + 2 + _BETWEEN, len(sentence.normals))):
            if sentence.between(place - 1).strip(_MARKS) not in _IS:
                return None
            is_apart |= sentence.breaks(place - 1)
            normal = sentence.normals[place]
            is_title = normal in self._naming.titles and normal.startswith(ARTICLE)
            if not is_title and (name := self._name_at(sentence, place)):
                return name
            is_more |= normal.startswith(CONJUNCTIONS[0] + ARTICLE)
            is_part = is_more or normal in self._naming.of_office or self._is_home(normal)
            if (
                self._is_former(normal)
                or self._is_away(sentence, place)
                or not (is_title or (is_part and not is_apart))
            ):
                return None
        return None

    def _is_former(self, normal: str) -> bool:
        return not self._asks_for_former and normal in self._naming.former

    def _name_before(self, sentence: _Sentence, at: int, end: int) -> range | None:
        """Return the name before an office that is told of it: «سلمى اللومي، وزيرة», «نبيل معلول مدربا»."""
        is_longer = sentence.is_next(end) and sentence.normals[end + 1] not in self._naming.of_office
        if not at or (end == at and is_longer) or any(map(self._is_former, sentence.normals[end + 1 : end + 2])):
            return None
        for first in range(max(at - _NAME, 0), at - 1):
            name = self._name_at(sentence, first)
            if name and name.stop == at and self._is_told_of(sentence, name, at):
                return name
        return None

    def _is_told_of(self, sentence: _Sentence, name: range, at: int) -> bool:
        """Whether an office behind a name is its own, and no other who is met: «استقبل سالم رئيس الحكومة»."""
        between = sentence.between(at - 1)
        if not set(_BESIDE).isdisjoint(between) and not between.strip(_MARKS):
            return True
        before = sentence.normals[name.start - 1] if name.start else ""
        # «وزيرا», «وزيرة للسياحة».
        is_made = sentence.normals[at].endswith(ACCUSATIVE) or any(
            one.startswith(_FOR) for one in sentence.normals[at + 1 : at + 2]
        )
        is_own = is_made or not before or before in self._naming.titles
        return sentence.is_next(at - 1) and (is_own or (before.startswith(ARTICLE) and before.endswith(NISBA)))

    def _name_at(self, sentence: _Sentence, at: int) -> range | None:
        """Return the positions of a name of two words or more that begins at a position, or None."""
        stop, is_sure = at, sentence.normals[at] in self._naming.given_names
        while stop < len(sentence.normals) and stop - at < _NAME and (stop == at or sentence.is_next(stop - 1)):
            if not self._may_be_name(sentence, stop, _FAMILY if stop - at <= 1 else _RARE):
                break
            stop += 1
        # «يوسف الشاهد», «الباجي قائد السبسي».
        for last in (at + 1, at + 2) if is_sure and stop == at + 1 else ():
            if sentence.is_next(last - 1) and self._may_be_family(sentence, last):
                stop = last + 1
                break
        return range(at, stop) if stop - at > 1 and self._begins_name(sentence, at) else None

    def _may_be_family(self, sentence: _Sentence, at: int) -> bool:
        """Whether a word behind a given name may be a family's, though it is usual: «يوسف الشاهد»."""
        normal, times = sentence.normals[at], self._lexicon.values[AnswerType.TIME]
        return normal.startswith(ARTICLE) and not (sentence.own[at] or at in sentence.places or normal in times)

    def _begins_name(self, sentence: _Sentence, at: int) -> bool:
        """Whether a name may begin with a word: «وسميرة خياش» is one more, «وعد بإرجاع» and «لتبرير الفيتو» none."""
        first, second = sentence.normals[at : at + 2]
        if first.startswith(CONJUNCTIONS[0]) and self._naming.is_given_name(first[1:]):
            return False
        if first in self._naming.given_names:
            return True
        is_given = self._naming.is_given_name(first), self._naming.is_given_name(second)
        are_bare = all(
            named or not self._has_proclitic(one) for named, one in zip(is_given, (first, second), strict=True)
        )
        return (
            are_bare
            and (is_given[0] or self._weights.is_rare_noun(first, _RARE))
            and (any(is_given) or self._weights.is_rare_noun(second, _RARE))
        )

    def _has_proclitic(self, normal: str) -> bool:
        return normal.startswith((*CONJUNCTIONS, *PREPOSITIONS)) and self._weights.is_listed_form(normal[1:])

    def _may_be_name(self, sentence: _Sentence, at: int, most: float) -> bool:
        normal = sentence.normals[at]
        if sentence.own[at] or not normal.isalpha() or normal.isascii():
            return False
        is_word = at in sentence.places or self._has_proclitic(normal)
        return self._naming.is_given_name(normal) or (self._weights.is_rare_noun(normal, most) and not is_word)
