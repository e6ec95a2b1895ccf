"""Answer values: the times, quantities and reasons in a passage, for a question that asks for one."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import zip_longest

from bot.answering.evidence.candidate import Candidate
from bot.answering.knowledge import Lexicon
from bot.answering.question import Question
from bot.answering.reasons import AMOUNTS, VALUED, AnswerType, AskedKind
from bot.arabic import ARTICLE, MONTH_WORDS, NUMBER_WORDS, Analyser, Date, Kind, Quantity, Word, words
from bot.arabic.dates import is_year
from bot.arabic.worded_quantities import MAY_BEGIN
from bot.retrieval import RANKING, IndexedPassage, SearchEngine
from bot.storage import IntArray

_MOST_DIGITS_OF_A_TIME, _LEAST_DIGITS_OF_A_LINE, _CONTEXT_WORDS = 4, 5, 2
_BREAKS = frozenset(".؟!؛:()\n")
_TIMES = frozenset({Kind.DATE, Kind.TIME})
_WORDED = NUMBER_WORDS | MAY_BEGIN
_BARE = frozenset({Kind.NUMBER, Kind.RANK, Kind.SCORE})
# What «قداش من ماء» can be answered in.
_OF_MASS = frozenset({Kind.LENGTH, Kind.VOLUME, Kind.WEIGHT, Kind.MEASURE})


def counted_units(question: Question, lexicon: Lexicon) -> frozenset[Kind] | None:
    """Return the kinds of units that a number of what a question counts can have; None for any."""
    counted = question.counted
    if counted and counted.normal.removeprefix(ARTICLE) in lexicon.mass_nouns:
        return _OF_MASS
    return frozenset() if counted and not lexicon.quantities.unit(counted.normal) else None


def is_in_name(text: str, found: Sequence[Word], at: int, lexicon: Lexicon) -> bool:
    """Whether a number in digits is part of a name: «الفصل 33», «القانون عدد 33», «404 Media», «Mate 9»."""
    word = found[at]
    if not word.normal[0].isdecimal():
        return False
    before = [one for one in found[max(at - 1, 0) : at] if _BREAKS.isdisjoint(text[one.end : word.start])]
    behind = [one for one in found[at + 1 : at + 2] if _BREAKS.isdisjoint(text[word.end : one.start])]
    in_latin = (one.normal for one in (*before, *behind) if one.normal.isascii() and one.normal.isalpha())
    return any(one.normal in lexicon.number_labels for one in before) or any(
        normal not in lexicon.quantities.units for normal in in_latin
    )


@lru_cache(8)
def _indexed(analyser: Analyser, *lists: frozenset[str]) -> frozenset[str] | None:
    """Return the words of all lists; None where one is a stop word, which no index has."""
    every = frozenset[str]().union(*lists)
    return None if any(map(analyser.is_stop_word, every)) else every


def may_have(source: IndexedPassage, words: IntArray, *lists: frozenset[str], or_figure: bool = False) -> bytes:
    """Tell of each of some words of a passage, by number, whether it may be in one of the lists, or a figure."""
    every = _indexed(source.analyser, *lists)
    is_among = None if every is None else source.vocabulary.among(every, or_figure=or_figure)
    return b"\1" * len(words) if is_among is None else is_among[words].tobytes()


class AnswerValues:
    """Finds values of the type that a question asks for; its own numbers and dates are no answer to it.

    `is_valued` tells whether it asks for any: a reason is told by the words that one stands behind.
    """

    def __init__(self, question: Question, lexicon: Lexicon) -> None:
        self._kind, self._lexicon = question.asked_for.kind, lexicon
        self._is_amount = self._kind in AMOUNTS
        self.is_valued = self._kind in VALUED or question.answer_type is AnswerType.REASON
        self._answer_type = AnswerType.TIME if self._kind is AskedKind.DATE else question.answer_type
        self._kinds = AMOUNTS.get(self._kind) if question.asked_for.is_sure else None
        self._own_units = counted_units(question, lexicon)
        self._counted = None if question.counted is None else question.terms.index(question.counted)
        self._counted_stem = question.counted.stem if question.counted else ""
        self._own_years = {term.normal for term in question.terms if is_year(term.normal)}
        self._own_words = {term.normal for term in question.terms}
        self._own_numbers = {one.number for one in question.equivalents if one.number is not None}
        self._own_dates = [one.date for one in question.equivalents if one.date is not None]
        # Months go by one of their names in an index.
        named = AnswerType.QUANTITY if self._is_amount else self._answer_type
        listed = lexicon.values.get(named, MONTH_WORDS) if named else MONTH_WORDS
        self._signs = (MONTH_WORDS, listed, *([_WORDED] if self._is_amount else []))
        # Titles stand above several passages, and sentences are looked at for several reasons.
        self._places, self._quantities = dict[str, list[int]](), dict[str, list[Quantity]]()
        self._may_have = dict[int, list[bool]]()

    def found_in(self, candidate: Candidate) -> bool:
        """Whether any sentence of a candidate that does not ask has a value."""
        return any(self.found_in_sentence(candidate, number) for number in self._stating(candidate))

    def is_unknown(self, candidate: Candidate, engine: SearchEngine) -> bool:
        """Whether what the question counts, if no unit, is in no passage, nor in this one in another form."""
        if self._counted is None or self._own_units or engine.document_frequency(self._counted_stem):
            return False
        return bool(candidate.mentions[self._counted] < RANKING.least_match)

    def are_of_other_years(self, candidate: Candidate) -> bool:
        """Whether an amount of a year is asked for, and each value stands beside or behind other years alone."""
        if not self._is_amount or not self._own_years:
            return False
        spoken_of, valued = frozenset[str](), False
        for number in self._stating(candidate):
            _, found = candidate.sentence_words(number)
            spoken_of = frozenset(word.normal for word in found if is_year(word.normal)) or spoken_of
            if self.found_in_sentence(candidate, number):
                valued = True
                if not spoken_of or spoken_of & self._own_years:
                    return False
        return valued

    @staticmethod
    def _stating(candidate: Candidate) -> list[int]:
        """Return the numbers of the sentences that do not ask."""
        return [number for number, asks in enumerate(candidate.asking) if not asks]

    def found_in_title(self, candidate: Candidate) -> bool:
        """Whether the title of a candidate's article has a value."""
        may = may_have(candidate.source, candidate.source.title_words, *self._signs, or_figure=True)
        return 1 in may and bool(self.value_places(candidate.passage.article.title))

    def found_in_sentence(self, candidate: Candidate, number: int) -> bool:
        """Whether a sentence of a candidate, given by number, has a value."""
        # Most have none, as the words of the index tell, and to read a sentence takes longer.
        return (
            self.is_valued
            and self._may_be_in(candidate)[number]
            and bool(self.value_places(*candidate.sentence_words(number)))
        )

    def _may_be_in(self, candidate: Candidate) -> list[bool]:
        """Tell of each sentence of a candidate whether it may have a value."""
        source = candidate.source
        if source.number not in self._may_have:
            may = may_have(source, source.words, *self._signs, or_figure=True)
            # A piece of an endless sentence may begin within a word.
            each, ends = zip(source.layout.words, candidate.sentences, strict=True), [-1]
            ends += [span.end for span in candidate.sentences]
            self._may_have[source.number] = [
                1 in may[own] or span.start == end for (own, span), end in zip(each, ends, strict=False)
            ]
        return self._may_have[source.number]

    def value_places(self, text: str, found: Sequence[Word] | None = None) -> list[int]:
        """Return where the words of a text start that are values, in order; `found` are its words, where known."""
        if text not in self._places:
            self._places[text] = self._read_places(text, list(words(text)) if found is None else found)
        return self._places[text]

    def quantities(self, text: str, found: Sequence[Word]) -> Sequence[Quantity]:
        """Return the quantities of a text of these words."""
        if text not in self._quantities:
            self._quantities[text] = self._lexicon.quantities.read(text, found)
        return self._quantities[text]

    def _read_places(self, text: str, found: Sequence[Word]) -> list[int]:
        if self._is_amount:
            return sorted(self._amounts(text, found))
        normals = [word.normal for word in found]
        places = [word.start for at, word in enumerate(found) if self._is_value(normals, at)] if self.is_valued else []
        if not places or not (self._own_numbers or self._own_dates):
            return places
        read = self.quantities(text, found)
        own = {at for one in read if self._is_own(one) for at in range(one.start, one.end)}
        return [place for place in places if place not in own]

    def _is_value(self, normals: Sequence[str], at: int) -> bool:
        """Whether a word is a time or stands before a reason; a short number is a time beside «عام» or «يوما»."""
        normal = normals[at]
        is_number = self._answer_type is AnswerType.TIME and normal.isdecimal()
        if is_number and len(normal) <= _MOST_DIGITS_OF_A_TIME and normal not in self._own_words:
            near = (*normals[max(at - _CONTEXT_WORDS, 0) : at], *normals[at + 1 : at + 1 + _CONTEXT_WORDS])
            return is_year(normal) or not self._lexicon.time_context_words.isdisjoint(near)
        named = self._lexicon.values[self._answer_type] if self._answer_type else ()
        return normal in named and normal not in self._own_words

    def _amounts(self, text: str, found: Sequence[Word]) -> Iterator[int]:
        """Yield the starts of amounts of the kind asked for: figures, number words and vague ones, «عشرات»."""
        vague = self._lexicon.values[AnswerType.QUANTITY]
        amounts = _WORDED if self._kinds else NUMBER_WORDS
        if not any(normal in amounts or normal in vague or normal[0].isdecimal() for normal, _, _ in found):
            return
        starts, taken = [word.start for word in found], set[int]()
        for one in self.quantities(text, found):
            taken.update(range(one.start, one.end))
            word = found[at := bisect_left(starts, one.start)]
            is_own = self._is_own(one) or (word.end == one.behind and word.normal in self._own_words)
            is_other = (one.kind in _TIMES and not self._kinds) or (one.kind is Kind.NUMBER and is_year(word.normal))
            # «نصف الكتب» tells how many as well.
            is_part = one.kind is Kind.SHARE and not one.unit and self._is_asked(Kind.NUMBER)
            is_asked = (is_part or self._is_asked(one.kind)) and not is_own and not is_other
            if not is_asked:
                continue
            is_label = is_in_name(text, found, at, self._lexicon)
            # «القانون عدد 33», «85990», not «3 أنفار».
            is_identifier = is_label or len(word.normal) >= _LEAST_DIGITS_OF_A_LINE
            if is_identifier if self._kind is AskedKind.IDENTIFIER else not is_label:
                yield word.start
        for word, behind in zip_longest(found, found[1:]):
            if word.normal in vague and word.normal not in self._own_words and word.start not in taken:
                unit = self._lexicon.quantities.unit(behind.normal) if behind else None
                if self._is_asked(unit.kind if unit else Kind.NUMBER):
                    yield word.start

    def _is_asked(self, kind: Kind) -> bool:
        """Whether an amount of a kind answers: for a sum a sum, for a count what has no other unit."""
        if self._kinds is not None:
            return kind in self._kinds
        return self._own_units is None or kind in _BARE or kind in self._own_units

    def _is_own(self, one: Quantity) -> bool:
        """Whether the question itself has a number or a date."""
        if isinstance(one.value, Date):
            return any(own.includes(one.value) for own in self._own_dates)
        return one.value in self._own_numbers
