"""Puts the golden questions of a corpus to its edition."""

from collections.abc import Sequence

from bot.answering.answer import Answer
from bot.answering.answerer import Answerer
from bot.edition import Edition, GoldenError, GoldenFailure, GoldenOutcome, GoldenQuestion


def golden_outcome(answerer: Answerer, edition: Edition, questions: Sequence[GoldenQuestion]) -> GoldenOutcome:
    """Count the golden questions; raise GoldenError with those that did not come out as they must."""
    failures = [failure for golden in questions if (failure := _failure(answerer, edition, golden)) is not None]
    if failures:
        raise GoldenError(failures, len(questions))
    return GoldenOutcome(passed=len(questions))


def _failure(answerer: Answerer, edition: Edition, golden: GoldenQuestion) -> GoldenFailure | None:
    """Say how a question came out, None where that is as it must."""
    outcome = answerer(golden.question, edition)
    quoted = [quote.article.id for quote in outcome.quotes] if isinstance(outcome, Answer) else []
    if golden.article in quoted or (golden.article is None and not quoted):
        return None
    is_known = golden.article is None or golden.article in edition.articles
    return GoldenFailure(golden, is_known, tuple(dict.fromkeys(quoted)))
