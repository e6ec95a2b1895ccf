"""Puts the golden questions of a corpus to its edition."""

from collections.abc import Sequence

from bot.answering.answer import Answer
from bot.answering.answerer import Answerer
from bot.articles import GOLDEN_FILE
from bot.edition import Edition, GateError, GoldenOutcome, GoldenQuestion

_MOST_LISTED = 10
_REFUSED = "—"


def golden_outcome(answerer: Answerer, edition: Edition, questions: Sequence[GoldenQuestion]) -> GoldenOutcome:
    """Count the golden questions; raise GateError that lists those that did not come out as they must."""
    failed = [question for question in questions if not _passes(answerer, edition, question)]
    if failed:
        lines = [f"{one.question} ({one.article or _REFUSED})" for one in failed]
        shown = "\n".join(lines[:_MOST_LISTED] + ["…"] * (len(lines) > _MOST_LISTED))
        values = {"failed": len(failed), "total": len(questions), "questions": shown, "file": GOLDEN_FILE}
        raise GateError("golden", values)
    return GoldenOutcome(passed=len(questions))


def _passes(answerer: Answerer, edition: Edition, golden: GoldenQuestion) -> bool:
    outcome = answerer(golden.question, edition)
    if not isinstance(outcome, Answer):
        return golden.article is None
    return any(quote.article.id == golden.article for quote in outcome.quotes)
