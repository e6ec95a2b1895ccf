"""Times, quantities and reasons in a passage: what a question that asks for one needs to find."""

import re
from collections.abc import Iterator, Sequence

from bot.answering.evidence.candidate import Candidate
from bot.answering.knowledge import Lexicon
from bot.answering.question import Question
from bot.answering.reasons import AnswerType
from bot.arabic import Word, dates_from_words, numbers_from_words, words
from bot.arabic.dates import is_year

_DIGIT = re.compile(r"\d")
_MOST_DIGITS_OF_A_TIME, _NEAR = 4, 2
# What is asked for, and as what it is found.
_FOUND_AS = {
    AnswerType.TIME: AnswerType.TIME,
    AnswerType.QUANTITY: AnswerType.QUANTITY,
    AnswerType.MONEY: AnswerType.QUANTITY,
    AnswerType.REASON: AnswerType.REASON,
}


class AnswerValues:
    """Finds in texts what a question asks for, besides what the question itself says."""

    def __init__(self, question: Question, lexicon: Lexicon) -> None:
        self._answer_type = _FOUND_AS.get(question.answer_type) if question.answer_type else None
        self._lexicon = lexicon
        self._own = {term.normal for term in question.terms}
        self._counted = {one.number for one in question.equivalents if one.number is not None}
        self._dated = [one.date for one in question.equivalents if one.date is not None]

    def found_in(self, candidate: Candidate) -> bool:
        """Tell whether a sentence of a passage names one."""
        return any(self.found_in_sentence(candidate, number) for number in range(len(candidate.sentences)))

    def found_in_sentence(self, candidate: Candidate, number: int) -> bool:
        """Tell whether a sentence of a passage, given by number, names one; it is read only for that."""
        return self._answer_type is not None and self._found_among(*candidate.read(number))

    def found_in_text(self, text: str) -> bool:
        """Tell whether a text names one."""
        return self._answer_type is not None and self._found_among(text, list(words(text)))

    def _found_among(self, text: str, found: Sequence[Word]) -> bool:
        places = list(self._likely(found))
        return bool(places) and not set(self._taken(text, found)).issuperset(places)

    def _likely(self, found: Sequence[Word]) -> Iterator[int]:
        """Yield where the words are that name one, if they are no part of a number or a date that is none."""
        answer_type, normals = self._answer_type, [word.normal for word in found]
        if answer_type is None:
            return
        for at, word in enumerate(found):
            if _is_value(normals, at, answer_type, self._lexicon) and word.normal not in self._own:
                yield word.start

    def _taken(self, text: str, found: Sequence[Word]) -> Iterator[int]:
        """Yield the places that are no value: the question's own numbers and dates, and for «how many» every date."""
        if self._counted:
            for number in numbers_from_words(found, text):
                if number.value in self._counted:
                    yield from range(number.start, number.end)
        is_quantity = self._answer_type is AnswerType.QUANTITY
        if self._dated or (is_quantity and _DIGIT.search(text)):
            for date in dates_from_words(found, text):
                if is_quantity or any(own.includes(date) for own in self._dated):
                    yield from range(date.start, date.end)


def _is_value(normals: Sequence[str], at: int, answer_type: AnswerType, lexicon: Lexicon) -> bool:
    normal = normals[at]
    if normal[0].isdecimal():
        if answer_type is AnswerType.TIME and normal.isdecimal() and len(normal) <= _MOST_DIGITS_OF_A_TIME:
            # «30 كتابا» is no time, «30 يوما» is, and so is 622 beside «عام».
            near = (*normals[max(at - _NEAR, 0) : at], *normals[at + 1 : at + 1 + _NEAR])
            return is_year(normal) or not lexicon.time_context_words.isdisjoint(near)
        if answer_type is AnswerType.QUANTITY and not is_year(normal):
            return True
    return normal in lexicon.values[answer_type]
