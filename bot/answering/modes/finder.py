"""Findings by mode."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from bot.answering.answer import Quotes
from bot.answering.configuration import Knowledge
from bot.answering.decision import Decision, Finding
from bot.answering.modes.claim_check import compare_answer, find_on_claim, find_quotation
from bot.answering.modes.event_date import with_event_date
from bot.answering.modes.newest import find_latest, find_newest_fact, find_office_holder
from bot.answering.modes.subject_answers import find_introduction, find_list, find_overview
from bot.answering.modes.timeline import find_timeline, is_told_at_once
from bot.answering.quotes import select_quotes
from bot.answering.reasons import AnswerType, Mode
from bot.arabic import Span

# From a letter or digit of a line to its last one, with what belongs to it: «30%», «كتابًا».
_LINE = re.compile(r"[^\W_](?:[^\n]*[^\W_])?(?:[%٪$€]|[\u064b-\u0652])*")
_ON_SUBJECT = {
    Mode.DEFINITION: find_introduction,
    Mode.OVERVIEW: find_overview,
    Mode.LATEST: find_latest,
    Mode.LIST: find_list,
    Mode.TIMELINE: find_timeline,
}


def find(decision: Decision, knowledge: Knowledge) -> Finding | None:
    """Find what answers a message in its mode; None where the coverage has nothing on the subject.

    Of facts, what is found is how the quotes stand to a question for yes or no, who holds an office, or the newest
    where that is asked for.
    """
    ranking = decision.ranking
    if ranking is None:
        return None
    if decision.mode in _ON_SUBJECT:
        return _ON_SUBJECT[decision.mode](decision, ranking, knowledge)
    if decision.mode is Mode.CLAIM:
        quotation = decision.interpretation.quotation
        quoted = find_quotation(quotation, ranking) if quotation else None
        return quoted or find_on_claim(decision, ranking, knowledge)
    holder = find_office_holder(decision, ranking, knowledge)
    if holder or not decision.supporting:
        return holder
    if ranking.question.answer_type is AnswerType.CHOICE:
        selected = select_quotes(ranking, decision.supporting, decision.edition.index)
        return compare_answer(ranking, selected, knowledge.lexicon)
    return find_newest_fact(decision, ranking, knowledge) if ranking.question.asked_for.is_newest else None


def mark_quotes(quotes: Quotes, finding: Finding, knowledge: Knowledge) -> Quotes:
    """Mark in the first quote what differs from a claim or is the same, and date those of a timeline."""
    if not is_told_at_once(finding):
        first, *others = (with_event_date(quote, knowledge.lexicon) for quote in quotes)
        return first, *others
    if not finding.marks:
        return quotes
    first, *others = quotes
    inside = {place for place in finding.marks if first.start <= place.start < place.end <= first.end}
    moved = (Span(place.start - first.start, place.end - first.start) for place in inside)
    written = (span for place in moved for span in _as_written(first.text, place))
    return replace(first, highlights=_apart(written)), *others


def _as_written(text: str, place: Span) -> Iterator[Span]:
    """Yield a place, each of its lines by itself, with the rest of the letters and digits that it stands among."""
    for line in _LINE.finditer(text, place.start, place.end):
        start, end = line.span()
        while start and text[start - 1].isalnum():
            start -= 1
        while end < len(text) and text[end].isalnum():
            end += 1
        yield Span(start, end)


def _apart(places: Iterable[Span]) -> tuple[Span, ...]:
    """Return places in order, one that overlaps another joined to it."""
    joined: list[Span] = []
    for place in sorted(places, key=lambda place: (place.start, place.end)):
        if joined and place.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, place.end))
        else:
            joined.append(place)
    return tuple(joined)
