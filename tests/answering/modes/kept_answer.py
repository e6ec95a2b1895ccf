"""An answer whose promises are checked, for the tests of modes."""

from bot.answering import Answer
from bot.edition import Edition
from bot.retrieval import Scope
from tests.answering.coverage import ANSWERER, TOWN
from tests.answering.promises import check


def answer(message: str, coverage: Edition = TOWN, scope: Scope | None = None) -> Answer:
    """Answer a message, and check every promise of the answer."""
    outcome = ANSWERER.answer(message, coverage, scope=scope)
    assert isinstance(outcome, Answer), outcome
    check(outcome, message, coverage)
    return outcome
