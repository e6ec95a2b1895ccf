"""The bold words of quotes against the known answers to their questions."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.answering import Answer, Quote, Refusal
from bot.arabic import words
from bot.lab.evaluation.question_sets import GOLD, Case


@dataclass(frozen=True, slots=True)
class BoldWords:
    """Shares, 0 to 1, of the answers that are right in the first quote: by what is bold there, if anything is.

    `right` has those with words of a right answer in bold, with others beside them or not, `wrong` those with others
    alone; `wrong_of_bold` is what `wrong` is of both.
    """

    right: float
    wrong: float
    wrong_of_bold: float

    @classmethod
    def of(cls, cases: Sequence[Case], outcomes: Sequence[Answer | Refusal]) -> "BoldWords":
        """Compare the answers to the answerable questions; without any that is right all shares are 0."""
        found = [
            is_right(case, outcome.quotes[0])
            for case, outcome in zip(cases, outcomes, strict=True)
            if case.kind == GOLD and isinstance(outcome, Answer) and case.is_answered_by(outcome.quotes[0].text)
        ]
        right, wrong, answers = found.count(True), found.count(False), len(found) or 1
        return cls(right / answers, wrong / answers, wrong / (right + wrong or 1))


def is_right(case: Case, quote: Quote) -> bool | None:
    """Return whether a quote has words of a right answer in bold; None where nothing is bold."""
    if not quote.highlights:
        return None
    found = list(words(quote.text))
    bold = {
        number
        for number, word in enumerate(found)
        if any(mark.start < word.end and word.start < mark.end for mark in quote.highlights)
    }
    return any(bold & answer for answer in _answer_words(case, [word.normal for word in found]))


def _answer_words(case: Case, normals: list[str]) -> Iterator[set[int]]:
    """Yield the numbers of the words that each occurrence of an answer lies in; it may begin or end within one."""
    text = " ".join(normals)
    starts = [sum(map(len, normals[:number])) + number for number in range(len(normals))]
    for answer in case.answers:
        place = text.find(answer)
        while place >= 0:
            yield {
                number
                for number, start in enumerate(starts)
                if start < place + len(answer) and place < start + len(normals[number])
            }
            place = text.find(answer, place + 1)
