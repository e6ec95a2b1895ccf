"""Answer values: the times, quantities and reasons in a passage, for a question that asks for one."""

import re
from collections.abc import Iterator, Sequence

from bot.answering.evidence.candidate import Candidate
from bot.answering.evidence.number_units import MONEY, TIME, counted_units, is_in_name, unit_kinds
from bot.answering.knowledge import Lexicon
from bot.answering.question import Question
from bot.answering.reasons import AnswerType
from bot.arabic import Word, dates_from_words, numbers_from_words, words
from bot.arabic.dates import is_year
from bot.retrieval import RANKING, SearchEngine

_DIGIT = re.compile(r"\d")
_MOST_DIGITS_OF_A_TIME, _CONTEXT_WORDS = 4, 2
# The kind of value that each type of answer needs: a sum of money is found as a quantity.
_FOUND_AS = {
    AnswerType.TIME: AnswerType.TIME,
    AnswerType.QUANTITY: AnswerType.QUANTITY,
    AnswerType.MONEY: AnswerType.QUANTITY,
    AnswerType.REASON: AnswerType.REASON,
}


class AnswerValues:
    """Finds values of the type that a question asks for; its own numbers and dates are no answer to it."""

    def __init__(self, question: Question, lexicon: Lexicon) -> None:
        self._answer_type = _FOUND_AS.get(question.answer_type) if question.answer_type else None
        self._lexicon = lexicon
        self._is_money = question.answer_type is AnswerType.MONEY
        self._own_units = counted_units(question, lexicon)
        self._is_age = any(term.normal in lexicon.age_nouns for term in question.focus)
        self._counted = None if question.counted is None else question.terms.index(question.counted)
        self._counted_stem = question.counted.stem if question.counted else ""
        self._own_years = {term.normal for term in question.terms if is_year(term.normal)}
        self._own_words = {term.normal for term in question.terms}
        self._own_numbers = {one.number for one in question.equivalents if one.number is not None}
        self._texts = dict[str, bool]()
        self._own_dates = [one.date for one in question.equivalents if one.date is not None]

    def found_in(self, candidate: Candidate) -> bool:
        """Tell whether any sentence of a candidate that does not ask has a value."""
        return any(self.found_in_sentence(candidate, number) for number in self._stating(candidate))

    def is_unknown(self, candidate: Candidate, engine: SearchEngine) -> bool:
        """Tell whether what the question counts, if no unit, is in no passage, nor in this one in any form."""
        if self._counted is None or self._own_units or engine.document_frequency(self._counted_stem):
            return False
        return bool(candidate.mentions[self._counted] < RANKING.least_match)

    def are_of_other_years(self, candidate: Candidate) -> bool:
        """Tell whether an amount is asked for of a year, and all values stand beside, or behind, other years alone."""
        if self._answer_type is not AnswerType.QUANTITY or not self._own_years:
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

    def found_in_sentence(self, candidate: Candidate, number: int) -> bool:
        """Tell whether a sentence of a candidate, given by number, has a value."""
        return self._answer_type is not None and self._is_found(*candidate.sentence_words(number))

    def found_in_text(self, text: str) -> bool:
        """Tell whether a text has a value."""
        return self._answer_type is not None and self._is_found(text, None)

    def _is_found(self, text: str, found: Sequence[Word] | None) -> bool:
        if text not in self._texts:
            self._texts[text] = bool(self.value_places(text, list(words(text)) if found is None else found))
        return self._texts[text]

    def value_places(self, text: str, found: Sequence[Word]) -> list[int]:
        """Return where the words of a text, given as well, start that are values, in order."""
        places = list(self._value_starts(text, found))
        excluded = set(self._excluded_places(text, found)) if places else set()
        return [place for place in places if place not in excluded]

    def _value_starts(self, text: str, found: Sequence[Word]) -> Iterator[int]:
        """Yield the starts of words that are a value by themselves."""
        answer_type, normals = self._answer_type, [word.normal for word in found]
        if answer_type is None:
            return
        values = self._lexicon.values[answer_type]
        for at, word in enumerate(found):
            if word.normal not in values and not word.normal[0].isdecimal():
                continue
            is_value = _is_value(normals, at, answer_type, self._lexicon) and word.normal not in self._own_words
            if is_value and (answer_type is not AnswerType.QUANTITY or self._is_amount(text, found, at)):
                yield word.start

    def _is_amount(self, text: str, found: Sequence[Word], at: int) -> bool:
        """Tell whether the number at a position is an amount, of money or of what is counted, and no name."""
        if is_in_name(text, found, at, self._lexicon):
            return False
        units = unit_kinds(text, found, at, self._lexicon)
        if self._is_money:
            return MONEY in units
        if self._is_age:
            # «عمرو» is a name in news.
            before = {word.normal for word in found[max(at - _CONTEXT_WORDS, 0) : at] if word.normal[-1] != "و"}
            return TIME in units or not before.isdisjoint(self._lexicon.age_nouns)
        return self._own_units is None or not units or not units.isdisjoint(self._own_units)

    def _excluded_places(self, text: str, found: Sequence[Word]) -> Iterator[int]:
        """Yield the places of numbers and dates that do not count: the question's own, for «how many» every date."""
        is_quantity = self._answer_type is AnswerType.QUANTITY
        needs_dates = self._own_dates or (is_quantity and _DIGIT.search(text))
        numbers = numbers_from_words(found, text) if self._own_numbers or needs_dates else []
        for number in numbers:
            if number.value in self._own_numbers:
                yield from range(number.start, number.end)
        if needs_dates:
            for date in dates_from_words(found, text, numbers):
                if is_quantity or any(own.includes(date) for own in self._own_dates):
                    yield from range(date.start, date.end)


def _is_value(normals: Sequence[str], at: int, answer_type: AnswerType, lexicon: Lexicon) -> bool:
    normal = normals[at]
    if normal[0].isdecimal():
        if answer_type is AnswerType.TIME and normal.isdecimal() and len(normal) <= _MOST_DIGITS_OF_A_TIME:
            # «30 كتابا» is no time, «30 يوما» is, and so is 622 beside «عام».
            near = (*normals[max(at - _CONTEXT_WORDS, 0) : at], *normals[at + 1 : at + 1 + _CONTEXT_WORDS])
            return is_year(normal) or not lexicon.time_context_words.isdisjoint(near)
        if answer_type is AnswerType.QUANTITY and not is_year(normal):
            return True
    return normal in lexicon.values[answer_type]
