"""Quotes: which whole sentences of a candidate answer best, and enough around them to be understood alone."""

from collections.abc import Sequence

from bot.answering.candidate import Candidate
from bot.answering.comparison import Matches
from bot.answering.lexicon import Lexicon
from bot.answering.question import Question
from bot.answering.selection import Selection
from bot.answering.values import names_value

MOST_QUOTES = 3
MOST_WORDS = 150
# The first quote holds the answer and its surroundings; what it leaves serves the second and third.
_FIRST_WORDS = 80
_FURTHER_WORDS = 35
# A word that title and heading have anyway tells less about which of the sentences answers.
_HEADING_DISCOUNT = 0.6
_VALUE_BONUS = 0.2


class Quoter:
    """Selects sentences of candidates for one question."""

    def __init__(self, question: Question, importance: Matches, lexicon: Lexicon) -> None:
        self._question = question
        self._importance = importance / importance.sum()
        self._lexicon = lexicon

    def select(self, candidates: Sequence[Candidate], *, close: bool) -> list[Selection]:
        """Select up to three disjoint selections, best first, that count at most 150 words together.

        The first comes from the first candidate. Where the next candidate is `close` behind it, the others come from
        the next candidates; else the second comes from what is left of the same paragraph. None repeats another.
        """
        selected: list[Selection] = []
        for candidate in candidates if close else [candidates[0], *candidates]:
            left = MOST_WORDS - sum(selection.words for selection in selected)
            found = self._grown(candidate, selected, min(left, _FURTHER_WORDS if selected else _FIRST_WORDS), left)
            if found and not any(map(found.repeats, selected)):
                selected.append(found)
            if len(selected) == MOST_QUOTES:
                break
        return selected

    def _grown(self, candidate: Candidate, selected: Sequence[Selection], budget: int, left: int) -> Selection | None:
        """Take the best free sentence that fits what is left, and its better neighbours within a budget."""
        taken = {number for other in selected if other.candidate is candidate for number in other.sentences}
        values = self._values(candidate)
        free = [number for number in range(len(values)) if number not in taken]
        best = max(free, key=values.__getitem__, default=None)
        if best is None or (grown := Selection(candidate, range(best, best + 1))).words > left:
            return None
        while True:
            around = {grown.sentences.start - 1, grown.sentences.stop}.intersection(free)
            wider = [grown.with_sentence(number) for number in sorted(around)]
            fitting = [selection for selection in wider if selection.words <= budget]
            if not fitting:
                return grown
            grown = max(fitting, key=lambda selection: sum(values[number] for number in selection.sentences))

    def _values(self, candidate: Candidate) -> list[float]:
        """Value each sentence by what it matches of the question, and by whether it names what is asked for."""
        importance = self._importance * (1 - _HEADING_DISCOUNT * candidate.heading)
        text = candidate.passage.text
        return [
            float(importance @ matches)
            + _VALUE_BONUS * names_value(text[span.start : span.end], self._question, self._lexicon)
            for span, matches in zip(candidate.sentences, candidate.sentence_matches, strict=True)
        ]
