"""Findings by mode."""

from collections.abc import Sequence
from dataclasses import replace

from bot.answering.answer import Quote
from bot.answering.configuration import Knowledge
from bot.answering.decision import Decision, Finding
from bot.answering.modes.claim_check import find_on_claim
from bot.answering.modes.introduction import find_introduction
from bot.answering.modes.quotation_match import find_quotation
from bot.answering.modes.subject_answers import find_latest, find_list, find_overview
from bot.answering.quotes import written_words_at
from bot.answering.reasons import Mode
from bot.arabic import Span


def find(decision: Decision, knowledge: Knowledge) -> Finding | None:
    """Find what answers a message in its mode; None for a fact, and where the coverage has nothing on the subject."""
    ranking = decision.ranking
    if ranking is None:
        return None
    finding = None
    match decision.mode:
        case Mode.DEFINITION:
            finding = find_introduction(decision, ranking, knowledge)
        case Mode.OVERVIEW:
            finding = find_overview(decision, ranking, knowledge)
        case Mode.LATEST:
            finding = find_latest(decision, ranking, knowledge)
        case Mode.LIST:
            finding = find_list(decision, ranking, knowledge)
        case Mode.CLAIM:
            quotation = decision.interpretation.quotation
            quoted = find_quotation(quotation, ranking) if quotation else None
            finding = quoted or find_on_claim(decision, ranking, knowledge)
    return finding


def mark_differences(quotes: Sequence[Quote], finding: Finding) -> tuple[Quote, ...]:
    """Mark in the first quote what stands in the place of a claim's figures and dates."""
    if not quotes or not finding.differences:
        return tuple(quotes)
    first, *others = quotes
    starts = [(first.text.find(one.found), one.found) for one in finding.differences if one.found]
    places = [Span(start, start + len(found)) for start, found in starts if start >= 0]
    marks = written_words_at(first.text, sorted({*first.highlights, *places}, key=lambda place: place.start))
    return replace(first, highlights=marks), *others
