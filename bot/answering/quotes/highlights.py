"""Highlights of a quote: the words that answer, as the article spells them."""

from collections.abc import Callable, Iterable
from unicodedata import category, combining

import numpy as np

from bot.answering.evidence import AskedNames, TermWeights
from bot.answering.knowledge import Lexicon
from bot.answering.question import Question
from bot.answering.quotes.clause_spans import ClauseSpans
from bot.answering.quotes.name_extent import NameExtent
from bot.answering.quotes.name_spans import NameSpans
from bot.answering.quotes.place_spans import PlaceSpans
from bot.answering.quotes.quoted_sentence import FoundPositions, QuotedSentence
from bot.answering.quotes.sentence_selection import Selection
from bot.answering.quotes.value_spans import ValueSpans
from bot.answering.reasons import AnswerType
from bot.arabic import ARTICLE, Span

# Chosen: what stands further from the question's words than this is more often another value.
_LEAST_CLOSE = 0.1
# Fitted as well: with a rival nearer than this, every second span was wrong, and a wrong one is worse than none.
_LEAST_LEAD = 0.1
# Fitted as well: what the words next to the question word count in addition, and the first behind it, a verb as a rule.
_FOCUS, _EVENT = 1.0, 2.0
_LEAST_BEHIND_AND = 3

Finder = Callable[[QuotedSentence], Iterable[FoundPositions]]


class AnswerHighlights:
    """Finds the words of quotes that answer one question: the value, name or clause that it asks for."""

    def __init__(
        self, question: Question, weights: TermWeights, lexicon: Lexicon, *, is_definition: bool = False
    ) -> None:
        """Look for what a question asks for, or where that is how something is defined, for its definition."""
        self._weights, self._lexicon = weights, lexicon
        counted = weights.importance + _FOCUS * weights.focus
        if question.event is not None:
            counted = counted + _EVENT * weights.importance * np.array(
                [term is question.event for term in question.terms]
            )
        self._shares = counted / (float(counted.sum()) or 1.0)
        self._event = None if question.event is None else question.terms.index(question.event)
        self._asked = {word.normal for word in question.words}
        self._find = self._finder(question, is_definition=is_definition or bool(question.defined_terms))

    def find(self, selection: Selection) -> tuple[Span, ...]:
        """Return the span of a selection's text that answers; none where nothing of the kind asked for stands there."""
        ranked = self._ranked(selection)
        if not ranked:
            return ()
        score, best = ranked[0]
        rival = next((other for other, span in ranked if span.end <= best.start or best.end <= span.start), None)
        # Of another kind than is asked for, it counts less than nothing.
        is_sure = score > 0 and (rival is None or score - rival >= _LEAST_LEAD)
        return (best,) if is_sure else ()

    def _ranked(self, selection: Selection) -> list[tuple[float, Span]]:
        """Return the spans that may answer, the best first, each with its score."""
        if self._find is None:
            return []
        found = list[tuple[float, Span]]()
        for number in selection.sentences:
            if selection.candidate.asking[number]:
                continue
            sentence = QuotedSentence(selection.candidate, number, self._weights, self._shares, self._event)
            for (first, last), bonus in self._find(sentence):
                closeness = sentence.closeness(first, last)
                is_line = "\n" not in sentence.text[sentence.words[first].start : sentence.words[last].end]
                # A word that tells little is not the question's own in the eyes of the finders, and answers it no more.
                is_new = not self._asked.issuperset(sentence.normals[first : last + 1])
                if closeness >= _LEAST_CLOSE and is_line and is_new:
                    found.append((closeness + bonus, self._span(sentence, first, last, selection.start)))
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
        """Tell whether a word begins with an «and» that is no letter of its own: «وبيتر», not «وليد»."""
        bare, lexicon = normal[1:], self._lexicon
        if not normal.startswith("و") or normal in lexicon.name_words.persons:
            return False
        return (
            bare in lexicon.name_words.given_names
            or bare in lexicon.values[AnswerType.QUANTITY]
            or bare in lexicon.values[AnswerType.TIME]
            or (bare.startswith(ARTICLE) and len(bare) >= len(ARTICLE) + _LEAST_BEHIND_AND)
        )

    def _finder(self, question: Question, *, is_definition: bool) -> Finder | None:
        """Return what finds spans of the kind that a question asks for; None for a kind that has none."""
        values, clauses = ValueSpans(question, self._lexicon), ClauseSpans(question, self._lexicon)
        asked_names = AskedNames(question, self._lexicon, self._weights)
        extent = NameExtent(asked_names, self._lexicon)
        names = NameSpans(question, self._lexicon, self._weights, asked_names, extent).names
        places = PlaceSpans(question, self._lexicon, self._weights, asked_names, extent)
        if is_definition:
            return clauses.definitions
        if question.answer_type is AnswerType.PERSON:
            return _either(clauses.identities, names)
        by_type: dict[AnswerType | None, Finder] = {
            AnswerType.TIME: values.times,
            AnswerType.QUANTITY: values.amounts,
            AnswerType.MONEY: values.amounts,
            AnswerType.SHARE: values.amounts,
            AnswerType.REASON: clauses.reasons,
        }
        if question.asked_name is None:
            by_type |= {
                AnswerType.PLACE: places.places if places.is_where else _either(clauses.identities, places.places),
                AnswerType.MANNER: clauses.manners,
                AnswerType.THING: clauses.identities,
            }
        return by_type.get(question.answer_type, None if question.asked_name is None else names)


def _either(*finders: Finder) -> Finder:
    """Find with each of some finders."""
    return lambda sentence: (found for find in finders for found in find(sentence))
