"""What is told of a decision: the answer with its quotes, or the refusal with its reason and what is near."""

from collections.abc import Sequence
from dataclasses import replace

from bot.answering.answer import MOST_QUOTES, Answer, Quote, Quotes, Refusal
from bot.answering.configuration import Knowledge
from bot.answering.decision import FURTHER, Decision, Finding, Verdict, nearby_articles, refusal_detail, worth_telling
from bot.answering.evidence import Candidate, EvidenceModel, Risk
from bot.answering.found_answer import SURE, Found
from bot.answering.missing_words import unread_words
from bot.answering.modes import find, mark_quotes, newest_quotes
from bot.answering.question.dependence import find_subjects
from bot.answering.quotes import RankedQuotes, Selection, select_quotes, select_telling
from bot.answering.ranking import Ranking
from bot.answering.reasons import ASKING_NOTHING, OF_NEWEST, TOLD_ALONE, AskedKind, Mode, Reason, Statement
from bot.arabic import Span
from bot.retrieval import RANKING

_OF_ONE_QUOTE = frozenset({Mode.FACT, Mode.CLAIM})
_OF_NEAR = frozenset({Verdict.WEAK, Verdict.SUPPORTED})
_MAY_TELL = frozenset({Verdict.WEAK, Verdict.RULED_OUT})
_NAMES = frozenset({AskedKind.PERSON, AskedKind.ORGANISATION, AskedKind.PLACE, AskedKind.NAMED_THING, AskedKind.LIST})
# Measured on 603 messages and four sets: of answers from .5 to .7 that no value tells .31 are right where a word of the
# question is missing, .61 where none is.
_SURE_WITHOUT_VALUE = 0.7
_WITHOUT_VALUE = _NAMES | {AskedKind.YES_NO, AskedKind.ONE_OF_TWO}


def find_answer(decision: Decision, knowledge: Knowledge) -> Found:
    """Find what answers a decided message in its mode, or why nothing does, on the page it goes on to."""
    finding = find(decision, knowledge)
    ranked = _ranked_quotes(decision, finding)
    # What supports an answer may have questions alone, which are not quoted.
    if ranked and (quotes := ranked.answer_quotes()):
        first, *others = quotes
        outcome: Answer | Refusal = _answer(decision, finding, ranked, (first, *others), knowledge)
    else:
        outcome = _newest(decision) or refusal_of(decision, knowledge)
    found = Found.of(decision, outcome, [ranked] if ranked else [], ranked.selected if ranked else [])
    return turn_to_page(found, decision)


def _ranked_quotes(decision: Decision, finding: Finding | None) -> RankedQuotes | None:
    ranking, edition = decision.ranking, decision.edition
    if ranking is None:
        return None
    shown = finding.shown if finding else None
    selected = finding.selections if finding else select_quotes(ranking, decision.supporting, edition.index)
    is_definition = decision.mode is Mode.DEFINITION
    return RankedQuotes(ranking, selected, edition, decision.scope, shown=shown, is_definition=is_definition)


def _answer(
    decision: Decision, finding: Finding | None, ranked: RankedQuotes, quotes: Quotes, knowledge: Knowledge
) -> Answer:
    """Make the answer from what was found in its mode, or of a fact from the supporting passages."""
    answer = Answer(
        decision.message,
        quotes,
        decision.edition.fingerprint,
        decision.interpretation.completed_from,
        decision.scope,
        shown=ranked.shown,
    )
    if finding is None or finding.statement in OF_NEWEST:
        answer = replace(answer, direct=_direct(answer.quotes[0], ranked.selected[0], decision, knowledge))
    if finding is None:
        kind = decision.ranking.question.asked_for.kind if decision.ranking else None
        is_told = kind not in _WITHOUT_VALUE or ranked.selected[0].candidate.has_all_words
        least = SURE if is_told else _SURE_WITHOUT_VALUE
        return answer if answer.quotes[0].score >= least else replace(answer, statement=Statement.DOUBTFUL, direct=None)
    return replace(
        answer,
        quotes=mark_quotes(answer.quotes, finding, knowledge),
        mode=decision.mode,
        statement=finding.statement,
        differences=finding.differences,
        day=finding.day,
        articles=finding.articles,
        found=finding.found,
    )


def _direct(quote: Quote, selected: Selection, decision: Decision, knowledge: Knowledge) -> str | None:
    """Return the answering words of a quote that has the subjects asked about, and their sentence the numbers."""
    ranking, candidate = decision.ranking, selected.candidate
    if ranking is None or decision.mode is not Mode.FACT or ranking.question.asked_for.kind not in TOLD_ALONE:
        return None
    if quote.score < knowledge.model.thresholds[Risk.LOW] or not quote.highlights:
        return None
    mark = quote.highlights[0]
    [sentence, *_] = candidate.sentences_at([Span(selected.start + mark.start, selected.start + mark.end)])
    subjects = find_subjects(ranking.question, knowledge.questions.table)
    for column, term in enumerate(ranking.question.terms):
        # «عقد 2022» is no other contract.
        is_number = any(map(str.isdecimal, term.normal))
        told = candidate.sentence_matches[sentence] if is_number else selected.matches
        if (is_number or term in subjects) and told[column] < RANKING.least_match:
            return None
    return quote.text[mark.start : mark.end]


def _newest(decision: Decision) -> Answer | None:
    """Answer a message that asks for the newest of all with the leads of the newest articles in scope."""
    if decision.ranking or decision.mode is not Mode.LATEST or decision.interpretation.page:
        return None
    if not (quotes := newest_quotes(decision.edition, decision.scope)):
        return None
    first, *others = quotes
    edition, scope, day = decision.edition.fingerprint, decision.scope, first.article.published
    return Answer(decision.message, (first, *others), edition, None, scope, Mode.LATEST, Statement.NEWEST, day=day)


def refusal_of(decision: Decision, knowledge: Knowledge) -> Refusal:
    """Make the refusal, with its reason, what is missing, and what is near."""
    asked, ranking, scope = decision.interpretation, decision.ranking, decision.scope
    refusal = Refusal(
        decision.message,
        asked.reason or (Reason.NO_MORE if asked.page else Reason.NO_QUESTION),
        decision.edition.fingerprint,
        completed_from=asked.completed_from,
        hint=knowledge.lexicon.languages.hint(asked.language),
        mode=decision.mode,
        also=asked.also,
    )
    if ranking is None:
        hint = None if refusal.reason in ASKING_NOTHING else refusal.hint
        return replace(refusal, hint=hint, courtesy_reply=asked.courtesy_reply, asked=asked.asked)
    candidates = ranking.weights.near(ranking.candidates)
    related = nearby_articles(candidates)
    is_out_of_scope = scope is not None and not scope.mask(decision.edition.articles).any()
    not_found = Reason.OUT_OF_SCOPE if is_out_of_scope else Reason.UNSUPPORTED if related else Reason.OFF_TOPIC
    reason = asked.reason or not_found
    near = tuple(item for item in ranking.items if item.candidate in candidates)
    of_near = replace(decision, ranking=replace(ranking, items=near))
    missing, detail = worth_telling(decision.missing, decision, knowledge), refusal_detail(decision, near, knowledge)
    unread = unread_words(ranking.question)
    if detail and detail.words and unread.issuperset(detail.words):
        # Of what is not understood nobody knows whether the passage lacks it.
        missing, detail = tuple(dict.fromkeys((*missing, *detail.words))), None
    refused = replace(refusal, reason=reason, missing=missing, related=related, scope=scope)
    refused = replace(refused, unread=tuple(word for word in missing if word in unread))
    if reason is not Reason.UNSUPPORTED:
        return refused
    quoting = with_nearest(refused, of_near, knowledge.model)
    if quoting.nearest is None and (told := _told_of_subject(decision, ranking, candidates)):
        quoting = replace(refused, nearest=told, related=())
    return quoting if quoting.nearest else replace(refused, detail=detail)


def with_nearest(refusal: Refusal, decision: Decision, model: EvidenceModel) -> Refusal:
    """Return a refusal with the quote that is nearest in a decision, or as it was where none is near enough."""
    if (nearest := _nearest_quote(decision, model)) is None:
        return refusal
    related = tuple(article for article in refusal.related if article != nearest.article)
    # What the first passage lacks would be taken for what the nearest one does.
    return replace(refusal, reason=Reason.UNSUPPORTED, nearest=nearest, related=related, detail=None)


def _nearest_quote(decision: Decision, model: EvidenceModel) -> Quote | None:
    """Quote the passage that is half as sure as an answer, nothing of it marked: what is in bold reads like one."""
    ranking = decision.ranking
    if ranking is None or decision.verdict not in _OF_NEAR or decision.mode not in _OF_ONE_QUOTE:
        return None
    best = max(ranking.items, key=lambda item: item.probability, default=None)
    if best is None or best.probability < FURTHER * model.threshold:
        return None
    selected = select_quotes(ranking, [best], decision.edition.index)[:1]
    return _quote(selected, ranking, decision)


def _told_of_subject(decision: Decision, ranking: Ranking, near: Sequence[Candidate]) -> Quote | None:
    """Quote what gives most of what is asked for in the only article that is near a question.

    That somebody is named there says nothing of who is asked for.
    """
    is_alone = len({one.source.article_number for one in near}) == 1
    of_name = ranking.question.asked_for.kind in _NAMES
    if not is_alone or of_name or decision.mode is not Mode.FACT or decision.verdict not in _MAY_TELL:
        return None
    selected = select_telling(near, ranking, decision.edition.index)
    return _quote([selected], ranking, decision) if selected else None


def _quote(selected: Sequence[Selection], ranking: Ranking, decision: Decision) -> Quote | None:
    quotes = RankedQuotes(ranking, selected, decision.edition, decision.scope, shown=1)
    return next(iter(quotes.answer_quotes()), None)


def turn_to_page(found: Found, decision: Decision) -> Found:
    """Turn to the page of further reading that a message goes on to; behind a refusal there is none."""
    page, before = decision.interpretation.page, decision.interpretation.completed_from
    read = page * MOST_QUOTES
    if not page or isinstance(found.outcome, Refusal):
        return replace(found, read=read)
    message, edition, scope = decision.message, decision.edition.fingerprint, decision.scope
    quotes = tuple(found.further_quotes(read - MOST_QUOTES, read))
    outcome: Answer | Refusal = Refusal(message, Reason.NO_MORE, edition, completed_from=before, scope=scope)
    if quotes:
        first, *others = quotes
        outcome = Answer(message, (first, *others), edition, before, scope, decision.mode, Statement.FURTHER)
    return replace(found, decision=decision, outcome=outcome, read=read)
