"""Highlights of a quote: the words that answer, as the article spells them."""

from bot.answering.evidence import Given
from bot.answering.quotes.sentence_selection import Selection
from bot.arabic import Span

# Fitted on three question sets, so that at most 5 of 100 bold spans are other words than the answer: what fits less,
# and what leads a rival by less, is not sure; nor is what stands further than so many words from the nearest word of
# the question, whatever else of it the sentence has.
_LEAST_FIT, _LEAST_LEAD, _NEAREST = 0.3, 0.18, 5


def find_highlights(selection: Selection, given: Given, *, is_definition: bool) -> tuple[Span, ...]:
    """Return the span of a selection's text that answers; none where nothing of the kind asked for is sure.

    With `is_definition` a definition is asked for, whatever the question word says.
    """
    spans = given.spans(selection.candidate, selection.sentences, is_definition=is_definition)
    if not spans:
        return ()
    best, span = spans[0], spans[0].span
    rival = next((one.fit for one in spans if one.span.end <= span.start or span.end <= one.span.start), 0.0)
    is_sure = best.fit >= _LEAST_FIT and best.fit - rival >= _LEAST_LEAD and best.distance <= _NEAREST
    return (Span(span.start - selection.start, span.end - selection.start),) if is_sure else ()
