"""The JSON record of an outcome, as the command line promises it to other programs."""

from typing import Any

from bot.answering import Answer, Quote, Refusal
from bot.articles import Article


def record(outcome: Answer | Refusal, milliseconds: float) -> dict[str, Any]:
    """Return the record of one outcome; the keys are the same for answers and refusals."""
    refusal = outcome if isinstance(outcome, Refusal) else None
    return {
        "question": outcome.question,
        "outcome": "refusal" if refusal else "answer",
        "reason": refusal.reason.value if refusal else None,
        "quotes": [_quote(quote) for quote in outcome.quotes] if isinstance(outcome, Answer) else [],
        "missing": list(refusal.missing) if refusal else [],
        "related": [_related(article) for article in refusal.related] if refusal else [],
        "edition": outcome.edition,
        "ms": round(milliseconds, 2),
    }


def _quote(quote: Quote) -> dict[str, Any]:
    article = quote.article
    return {
        "text": quote.text,
        "article_id": article.id,
        "title": article.title,
        "outlet": article.outlet,
        "url": article.url,
        "published": article.published.isoformat() if article.published else None,
        "paragraph": quote.paragraph,
        "start": quote.start,
        "end": quote.end,
        "score": round(quote.score, 4),
    }


def _related(article: Article) -> dict[str, Any]:
    return {"article_id": article.id, "title": article.title, "url": article.url}
