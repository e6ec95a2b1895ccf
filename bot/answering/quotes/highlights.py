"""Highlights of a quote: the words that answer, as the article spells them."""

from collections.abc import Callable, Iterable
from unicodedata import category, combining

import numpy as np

from bot.answering.evidence import TermWeights
from bot.answering.knowledge import Lexicon
from bot.answering.question import Question
from bot.answering.quotes.clause_spans import ClauseSpans
from bot.answering.quotes.quoted_sentence import FoundPositions, QuotedSentence
from bot.answering.quotes.sentence_selection import Selection
from bot.answering.quotes.value_spans import ValueSpans
from bot.answering.reasons import AMOUNTS, AnswerType, AskedKind
from bot.arabic import ARTICLE, CONJUNCTIONS, Span

# Fitted on three question sets, so that at most 5 of 100 bold spans are other words than the answer: what counts less,
# further from the question's words or of another kind, and what leads a rival by less, is not sure; nor is what stands
# further than so many words from the nearest word of the question, whatever else of it the sentence has.
_LEAST_SCORE, _LEAST_LEAD, _NEAREST = 0.3, 0.18, 5
# Fitted on the same: what the words next to the question word count in addition, and the first behind it, a verb as a
# rule.
_FOCUS, _EVENT = 1.0, 2.0
_LEAST_BEHIND_AND = 3

Finder = Callable[[QuotedSentence], Iterable[FoundPositions]]


class AnswerHighlights:
    """Finds the words of quotes that answer one question: the time, amount, reason or definition that it asks for."""

    def __init__(
        self, question: Question, weights: TermWeights, lexicon: Lexicon, *, is_definition: bool = False
    ) -> None:
        """Look for what a question asks for; with `is_definition`, for a definition."""
        self._weights, self._lexicon = weights, lexicon
        counted = weights.importance + _FOCUS * weights.focus
        if question.event is not None:
            counted = counted + _EVENT * weights.importance * np.array(
                [term is question.event for term in question.terms]
            )
        self._shares = counted / (float(counted.sum()) or 1.0)
        self._asked = {word.normal for word in question.words}
        self._find = self._finder(question, is_definition=is_definition or bool(question.defined_terms))

    def find(self, selection: Selection) -> tuple[Span, ...]:
        """Return the span of a selection's text that answers; none where nothing of the kind asked for stands there."""
        ranked = self._ranked(selection)
        if not ranked:
            return ()
        score, best, nearest = ranked[0]
        rival = next((other for other, span, _ in ranked if span.end <= best.start or best.end <= span.start), 0.0)
        is_sure = score >= _LEAST_SCORE and score - rival >= _LEAST_LEAD and nearest <= _NEAREST
        return (best,) if is_sure else ()

    def _ranked(self, selection: Selection) -> list[tuple[float, Span, int]]:
        """Return the spans that may answer, the best first, with score and distance to the nearest question word."""
        if self._find is None:
            return []
        found = list[tuple[float, Span, int]]()
        for number in selection.sentences:
            if selection.candidate.asking[number]:
                continue
            sentence = QuotedSentence(selection.candidate, number, self._weights, self._shares)
            for (first, last), bonus in self._find(sentence):
                is_line = "\n" not in sentence.text[sentence.words[first].start : sentence.words[last].end]
                # A word that tells little is not the question's own in the eyes of the finders, and answers it no more.
                is_new = not self._asked.issuperset(sentence.normals[first : last + 1])
                if is_line and is_new:
                    score = sentence.closeness(first, last) + bonus
                    span = self._span(sentence, first, last, selection.start)
                    found.append((score, span, sentence.nearest(first, last)))
        return sorted(found, key=lambda one: (-one[0], one[1].start))

    def _span(self, sentence: QuotedSentence, first: int, last: int, origin: int) -> Span:
        words, text = sentence.words, sentence.text
        start, end = words[first].start, words[last].end
        if self._has_conjunction(words[first].normal):
            start += 1
            while combining(text[start]):
                start += 1
        # A mark of direction belongs to what stands around a word.
        while category(text[end - 1]) == "Cf":
            end -= 1
        while end < len(text) and text[end].isalnum():
            end += 1
        # «44 %» with its sign.
        for sign in (" %", " ٪", "%", "٪", "$", "€"):
            if text.startswith(sign, end):
                end += len(sign)
                break
        moved = sentence.start - origin
        return Span(start + moved, end + moved)

    def _has_conjunction(self, normal: str) -> bool:
        """Return whether a word begins with an «and» that is no letter of its own: «والخميس», not «واحد»."""
        bare = normal.removeprefix(CONJUNCTIONS[0])
        is_value = any(bare in self._lexicon.values[kind] for kind in (AnswerType.QUANTITY, AnswerType.TIME))
        is_definite = bare.startswith(ARTICLE) and len(bare) >= len(ARTICLE) + _LEAST_BEHIND_AND
        return bare != normal and (is_value or is_definite)

    def _finder(self, question: Question, *, is_definition: bool) -> Finder | None:
        """Return the finder of spans of the kind that a question asks for; None where nothing of that kind is sure."""
        values, clauses = ValueSpans(question, self._lexicon), ClauseSpans(question, self._lexicon)
        if is_definition:
            return clauses.definitions
        match question.asked_for.kind:
            case AskedKind.DATE | AskedKind.TIME_OF_DAY:
                return values.times
            case AskedKind.REASON:
                return clauses.reasons
            case kind:
                return values.amounts if kind in AMOUNTS else None
