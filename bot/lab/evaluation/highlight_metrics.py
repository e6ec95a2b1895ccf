"""How the bold words of a quote compare with the known answer to its question."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from bot.answering import Quote
from bot.arabic import words
from bot.lab.evaluation.question_sets import Case


class Marking(StrEnum):
    """What the bold words of a quote are: the known answer and nothing else, some of it, something else, or none."""

    EXACT = "exact"
    OVERLAP = "overlap"
    WRONG = "wrong"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class HighlightShares:
    """Shares, 0 to 1, of the quotes with a known answer: with bold words of it, exact ones included, and of another."""

    right: float
    wrong: float

    @classmethod
    def of(cls, markings: Iterable[Marking]) -> "HighlightShares":
        """Count markings; of no quotes both shares are 0."""
        found = list(markings)
        right = sum(marking in {Marking.EXACT, Marking.OVERLAP} for marking in found)
        return cls(right / (len(found) or 1), found.count(Marking.WRONG) / (len(found) or 1))


def compare_highlights(case: Case, quote: Quote) -> Marking:
    """Compare the bold words of a quote with the right answers that stand in it, word by word."""
    if not quote.highlights:
        return Marking.NONE
    found = list(words(quote.text))
    bold = {
        number
        for number, word in enumerate(found)
        if any(mark.start < word.end and word.start < mark.end for mark in quote.highlights)
    }
    right = list(_answer_words(case, [word.normal for word in found]))
    if bold in right:
        return Marking.EXACT
    return Marking.OVERLAP if any(bold & own for own in right) else Marking.WRONG


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
