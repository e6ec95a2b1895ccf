"""The event that a question asks about, «انتهت» in «متى انتهت الشراكة؟», told from its opposite, «أبرمت»."""

from collections.abc import Sequence
from functools import cached_property

from bot.answering.evidence.candidate import Candidate
from bot.answering.knowledge import Lexicon
from bot.answering.question import Question
from bot.answering.reasons import AnswerType
from bot.retrieval import RANKING, SearchEngine

# Whether something came about is answered by what did in its place.
_OF_EVENTS = frozenset({AnswerType.TIME, AnswerType.PLACE, AnswerType.PERSON, AnswerType.REASON, AnswerType.MANNER})


class AskedEvent:
    """Checks that the candidates of one question do not tell of the opposite of the event behind its question word."""

    def __init__(
        self, question: Question, engine: SearchEngine, lexicon: Lexicon, candidates: Sequence[Candidate]
    ) -> None:
        term = question.event if question.answer_type in _OF_EVENTS else None
        sides = [side for side in lexicon.opposites if term and not side.is_weak and term.stem in side.own]
        find = engine.vocabulary.forms.find
        self._column = question.terms.index(term) if term and sides else None
        self._own = {find(stem) for side in sides for stem in side.own}
        self._other = {find(stem) for side in sides for stem in side.other} - {None}
        self._candidates = candidates

    def is_denied_to(self, candidate: Candidate) -> bool:
        """Tell whether a candidate does not have the event, and it or another tells of its opposite."""
        return self._column is not None and self._lacks(candidate, self._column) and self._is_opposite_told

    @cached_property
    def _is_opposite_told(self) -> bool:
        return any(
            self._column is not None and self._lacks(candidate, self._column) and self._tells_opposite(candidate)
            for candidate in self._candidates
        )

    def _lacks(self, candidate: Candidate, column: int) -> bool:
        is_matched = candidate.mentions[column] >= RANKING.least_match
        return not is_matched and candidate.source.forms.isdisjoint(self._own)

    def _tells_opposite(self, candidate: Candidate) -> bool:
        """Tell whether the sentence that is nearest to the question has a word of the opposite event."""
        source = candidate.source
        if source.forms.isdisjoint(self._other):
            return False
        nearest = int(candidate.sentence_matches.sum(axis=1).argmax())
        stems = source.vocabulary.stems[source.words[source.layout.words[nearest]]]
        return not self._other.isdisjoint(stems.tolist())
