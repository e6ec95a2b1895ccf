"""An edition tested before it serves: passages are found, quotes stand where they say, golden questions pass."""

from collections.abc import Iterator, Sequence

import numpy as np

from bot.answering.answer import Answer
from bot.answering.answerer import Answerer
from bot.edition import Edition, GateError, GoldenError, GoldenFailure, GoldenOutcome, GoldenQuestion, StageCallback
from bot.retrieval import Passage

_SAMPLE = 50
_QUESTION = 200  # characters of a passage that are put as a question


def golden_outcome(answerer: Answerer, edition: Edition, questions: Sequence[GoldenQuestion]) -> GoldenOutcome:
    """Count the golden questions; raise GoldenError with those that did not come out as they must."""
    failures = [failure for golden in questions if (failure := _failure(answerer, edition, golden)) is not None]
    if failures:
        raise GoldenError(failures, len(questions))
    return GoldenOutcome(passed=len(questions))


def _failure(answerer: Answerer, edition: Edition, golden: GoldenQuestion) -> GoldenFailure | None:
    """Say how a question came out, None where that is as it must."""
    outcome = answerer.answer(golden.question, edition)
    quoted = [quote.article.id for quote in outcome.quotes] if isinstance(outcome, Answer) else []
    if golden.article in quoted or (golden.article is None and not quoted):
        return None
    is_known = golden.article is None or edition.catalogue.by_id(golden.article) is not None
    return GoldenFailure(golden, is_known, tuple(dict.fromkeys(quoted)))


class SelfTest:
    """The gate that an edition passes where it finds its own passages, and answers its golden questions."""

    def __init__(self, answerer: Answerer, sample: int = _SAMPLE) -> None:
        self._answerer = answerer
        self._sample = sample

    def run(
        self, edition: Edition, questions: Sequence[GoldenQuestion], progress: StageCallback | None = None
    ) -> GoldenOutcome:
        """Ask about a sample of passages, then the golden questions; raise GateError."""
        numbers = _sample(edition, self._sample)
        total = len(numbers) + len(questions)
        failed: list[Passage] = []
        for done, number in enumerate(numbers):
            if progress is not None:
                progress("checking", done, total)
            if not self._passes(edition, number):
                failed.append(_passage(edition, number))
        if failed:
            first = {"article": failed[0].article.id, "paragraph": failed[0].paragraph + 1}
            raise GateError("selftest", failed=len(failed), total=len(numbers), **first)
        outcome = golden_outcome(self._answerer, edition, questions)
        if progress is not None:
            progress("checking", total, total)
        return outcome

    def _passes(self, edition: Edition, number: int) -> bool:
        """Tell whether a passage is found by its words, and whatever its beginning is answered with is quoted."""
        passage = _passage(edition, number)
        if edition.catalogue.by_id(passage.article.id) != passage.article:
            return False
        return _is_found(edition, number, passage) and all(_resolve(self._answerer, edition, passage.text[:_QUESTION]))


def _passage(edition: Edition, number: int) -> Passage:
    [indexed] = edition.index.read([number])
    return indexed.passage


def _sample(edition: Edition, size: int) -> list[int]:
    """Draw numbers of passages, the same ones whenever an edition has the same content."""
    draw = np.random.default_rng(list(edition.fingerprint.encode()))
    count = len(edition.index)
    return sorted(map(int, draw.choice(count, min(size, count), replace=False)))


def _is_found(edition: Edition, number: int, passage: Passage) -> bool:
    """Tell whether the index gives a passage for all of its words; one of the same words may stand before it."""
    terms = edition.index.analyser.terms(passage.text)
    if not terms:
        return True
    shortlist = edition.index.shortlist(terms)
    # Words that many passages have may put others first: it is enough that the index holds it for them.
    return number in shortlist.passages or (
        len(shortlist.passages) > 0 and edition.index.holds(number, {term.stem for term in terms})
    )


def _resolve(answerer: Answerer, edition: Edition, question: str) -> Iterator[bool]:
    """Say of each quote of an answer whether it stands in its article at its offsets."""
    outcome = answerer.answer(question, edition)
    for quote in outcome.quotes if isinstance(outcome, Answer) else ():
        article = edition.catalogue.by_id(quote.article.id)
        yield article is not None and article.paragraphs[quote.paragraph].text[quote.start : quote.end] == quote.text
