"""Findings by mode."""

from collections.abc import Sequence
from dataclasses import replace

from bot.answering.answer import Quote
from bot.answering.configuration import Knowledge
from bot.answering.decision import Decision, Finding
from bot.answering.modes.claim_check import compare_answer, find_on_claim
from bot.answering.modes.introduction import find_introduction
from bot.answering.modes.quotation_match import find_quotation
from bot.answering.modes.subject_answers import find_latest, find_list, find_overview
from bot.answering.quotes import select_quotes, written_words_at
from bot.answering.reasons import AnswerType, Mode
from bot.arabic import Span


def find(decision: Decision, knowledge: Knowledge) -> Finding | None:
    """Find what answers a message in its mode; None where the coverage has nothing on the subject.

    Of facts, what is found is how the quotes stand to a question for yes or no.
    """
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
        case Mode.FACT if ranking.question.answer_type is AnswerType.CHOICE and decision.supporting:
            selected = select_quotes(ranking, decision.supporting, knowledge.lexicon, decision.edition.index)
            finding = compare_answer(ranking, selected, knowledge.lexicon)
        case Mode.CLAIM:
            quotation = decision.interpretation.quotation
            quoted = find_quotation(quotation, ranking) if quotation else None
            finding = quoted or find_on_claim(decision, ranking, knowledge)
    return finding


def mark_differences(quotes: Sequence[Quote], finding: Finding) -> tuple[Quote, ...]:
    """Mark in the first quote what stands in the place of a claim's words."""
    if not quotes or not finding.marks:
        return tuple(quotes)
    first, *others = quotes
    places = [
        Span(place.start - first.start, min(place.end, first.end) - first.start)
        for place in finding.marks
        if first.start <= place.start < first.end
    ]
    marks = written_words_at(first.text, sorted({*first.highlights, *places}, key=lambda place: place.start))
    return replace(first, highlights=marks), *others
