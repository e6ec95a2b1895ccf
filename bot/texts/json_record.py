"""The JSON records of outcomes and articles, stable formats for other programs: docs/json.md describes them."""

from dataclasses import asdict
from typing import Any

from bot.answering import Answer, ExplainedCandidate, Explanation, Quote, Refusal
from bot.articles import Article


def record(outcome: Answer | Refusal, milliseconds: float) -> dict[str, Any]:
    """Return the record of one outcome; the keys are the same for answers and refusals."""
    answer, refusal = (None, outcome) if isinstance(outcome, Refusal) else (outcome, None)
    quotes = [_quote(quote, is_shown=at < answer.shown) for at, quote in enumerate(answer.quotes)] if answer else []
    related = refusal.related if refusal else answer.articles if answer else ()
    return {
        "question": outcome.question,
        "mode": outcome.mode.value,
        "outcome": "refusal" if refusal else "answer",
        "reason": refusal.reason.value if refusal else None,
        "quotes": quotes,
        "missing": list(refusal.missing) if refusal else [],
        "related": [{"article_id": article.id, "title": article.title, "url": article.url} for article in related],
        "statement": answer.statement if answer else None,
        "differences": [asdict(one) for one in answer.differences] if answer else [],
        "unanswered": list(answer.unanswered) if answer else [],
        "hint": refusal.hint if refusal else None,
        "edition": outcome.edition,
        "ms": round(milliseconds, 2),
        "answer": answer.direct if answer else None,
        "meant": [one.question for one in outcome.meant],
        "nearest": _quote(refusal.nearest, is_shown=True) if refusal and refusal.nearest else None,
    }


def explanation_record(explanation: Explanation) -> dict[str, Any]:
    """Return the record of an explanation, with unrounded numbers."""
    detail = explanation.outcome.detail if isinstance(explanation.outcome, Refusal) else None
    return {
        "understood": explanation.understood,
        "removed": list(explanation.removed),
        "asks": explanation.answer_type,
        "mode": explanation.mode,
        "terms": [asdict(term) for term in explanation.terms],
        "candidates": [_candidate(candidate) for candidate in explanation.candidates],
        "intercept": explanation.intercept,
        "threshold": explanation.threshold,
        "decision": explanation.verdict,
        "lacking": {"kind": detail.kind, "words": detail.words} if detail else None,
    }


def article_record(article: Article) -> dict[str, Any]:
    """Return the record of an article in a list: where it is from, and how many paragraphs it has."""
    return {
        **_source(article),
        "author": article.author,
        "language": article.language,
        "paragraphs": len(article.paragraphs),
        "dead_since": article.dead_since and article.dead_since.isoformat(),
    }


def _candidate(candidate: ExplainedCandidate) -> dict[str, Any]:
    return {
        "article_id": candidate.article.id,
        "title": candidate.article.title,
        "paragraph": candidate.paragraph,
        "rank": candidate.rank,
        "matches": [asdict(match) for match in candidate.matches],
        "signals": [asdict(signal) for signal in candidate.signals],
        "objection": candidate.missing_requirement,
        "probability": candidate.probability,
    }


def _quote(quote: Quote, *, is_shown: bool) -> dict[str, Any]:
    """Return the record of a quote, with the offsets in `text` of the words that answer.

    `shown` is whether it takes the quote to answer.
    """
    return {
        "text": quote.text,
        **_source(quote.article),
        "paragraph": quote.paragraph,
        "start": quote.start,
        "end": quote.end,
        "score": round(quote.score, 4),
        "also": [
            {**_source(other.article), "paragraph": other.paragraph, "start": other.start, "end": other.end}
            for other in quote.other_sources
        ],
        "sources": [asdict(source) for source in quote.article.sources],
        "answer": [asdict(mark) for mark in quote.highlights],
        "shown": is_shown,
        "event_date": quote.event_date,
        "dead_since": quote.article.dead_since and quote.article.dead_since.isoformat(),
    }


def _source(article: Article) -> dict[str, Any]:
    return {
        "article_id": article.id,
        "title": article.title,
        "outlet": article.outlet,
        "url": article.url,
        "published": article.published.isoformat() if article.published else None,
    }
