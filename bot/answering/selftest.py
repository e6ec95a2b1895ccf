"""An edition tested before it serves: passages are found, quotes stand where they say, golden questions pass."""

import logging
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, astuple
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from bot.answering.answer import Answer
from bot.answering.answerer import Answerer
from bot.answering.configuration import Knowledge
from bot.answering.evidence import Risk
from bot.edition import (
    BuildError,
    BuildProcess,
    BuildTimeoutError,
    Edition,
    GateError,
    GoldenError,
    GoldenFailure,
    GoldenOutcome,
    GoldenQuestion,
    StageCallback,
)
from bot.retrieval import Passage
from bot.storage import DamagedFileError, map_arrays

logger = logging.getLogger(__name__)

T = TypeVar("T")
Clock = Callable[[], float]

_SAMPLE = 50
_QUESTION = 200  # characters of a passage that are put as a question
# Chosen: seconds of processor time for the sample, and as many for the golden questions. Both take a hundredth of a
# second a question as a rule; a bot must not wait for minutes because an article is made to be slow.
_SECONDS = 10.0
# Chosen: ten times both, since the process of a test may get a tenth of a processor, and starts in two seconds of one.
_MOST_SECONDS = 240.0


def golden_outcome(
    answerer: Answerer, edition: Edition, questions: Sequence[GoldenQuestion], *, clock: Clock = time.thread_time
) -> GoldenOutcome:
    """Count the golden questions; raise GoldenError with those that did not come out as they must."""
    outcomes = [_failure(answerer, edition, golden) for golden in _in_time(questions, clock)]
    if failures := list(filter(None, outcomes)):
        raise GoldenError(failures, len(outcomes))
    return GoldenOutcome(passed=len(outcomes), unasked=len(questions) - len(outcomes))


def _in_time(things: Iterable[T], clock: Clock) -> Iterator[T]:
    """Yield things until what is done with them has taken the time that there is."""
    began = clock()
    for thing in things:
        if clock() - began > _SECONDS:
            return
        yield thing


def _failure(answerer: Answerer, edition: Edition, golden: GoldenQuestion) -> GoldenFailure | None:
    """Say how a question came out, None where that is as it must."""
    outcome = answerer.answer(golden.question, edition)
    quoted = [quote.article.id for quote in outcome.quotes] if isinstance(outcome, Answer) else []
    if golden.article in quoted or (golden.article is None and not quoted):
        return None
    is_known = golden.article is None or edition.articles.get(golden.article) is not None
    return GoldenFailure(golden, is_known, tuple(dict.fromkeys(quoted)))


class SelfTest:
    """The gate that an edition passes where it finds its own passages, and answers its golden questions."""

    def __init__(self, answerer: Answerer, sample: int = _SAMPLE, clock: Clock = time.thread_time) -> None:
        """Ask about so many passages; the clock tells the processor time of this thread."""
        self._answerer, self._sample, self._clock = answerer, sample, clock

    def run(
        self, edition: Edition, questions: Sequence[GoldenQuestion], progress: StageCallback | None = None
    ) -> GoldenOutcome:
        """Ask about a sample of passages, then the golden questions, as time allows; raise GateError."""
        outcome, warning = self.test(edition, questions, progress)
        if warning:
            logger.warning("%s", warning)
        return outcome

    def test(
        self, edition: Edition, questions: Sequence[GoldenQuestion], progress: StageCallback | None
    ) -> tuple[GoldenOutcome, str]:
        """Do the same, and say what there was no time for rather than log it."""
        warning = ""
        # The same ones whenever an edition has the same content.
        draw, size = np.random.default_rng(list(edition.fingerprint.encode())), len(edition.index)
        numbers = sorted(map(int, draw.choice(size, min(self._sample, size), replace=False)))
        total = len(numbers) + len(questions)
        failed: list[Passage] = []
        asked = 0
        for done, number in enumerate(_in_time(numbers, self._clock)):
            if progress is not None:
                progress("checking", done, total)
            if not self._passes(edition, number):
                failed.append(_passage(edition, number))
            asked = done + 1
        if failed:
            first = {"article": failed[0].article.id, "paragraph": failed[0].paragraph + 1}
            raise GateError("selftest", failed=len(failed), total=asked, **first)
        outcome = golden_outcome(self._answerer, edition, questions, clock=self._clock)
        if asked < len(numbers) or outcome.unasked:
            warning = (
                f"The check of edition {edition.fingerprint} took longer than it may: {len(numbers) - asked} of "
                f"{len(numbers)} paragraphs and {outcome.unasked} of {len(questions)} golden questions were not tried. "
                "Look for articles that repeat themselves."
            )
        if progress is not None:
            progress("checking", total, total)
        return outcome, warning

    def _passes(self, edition: Edition, number: int) -> bool:
        """Whether a passage is found by its words, and whatever its beginning is answered with is quoted."""
        passage = _passage(edition, number)
        if edition.articles.get(passage.article.id) != passage.article:
            return False
        terms = edition.index.analyser.terms(passage.text)
        if terms:
            shortlist = edition.index.shortlist(terms)
            # Words that many passages have may put others first: it is enough that the index holds it for them.
            holds = len(shortlist.passages) > 0 and edition.index.holds(number, {term.stem for term in terms})
            if number not in shortlist.passages and not holds:
                return False
        return all(_resolve(self._answerer, edition, passage.text[:_QUESTION]))


class SelfTestProcess:
    """The self-test in a process of its own, for editions that lie in files: what hangs or ends it ends nothing else.

    An edition that was built in memory is tested here, as is one whose file is gone or where `config` has been edited
    since it was read: questions are not answered by that. So is what `SelfTest` asks a cluster, by its own clock.
    """

    def __init__(
        self, self_test: SelfTest, process: BuildProcess, config: Path, risk: Risk, *, seconds: float = _MOST_SECONDS
    ) -> None:
        self._self_test, self._process, self._seconds = self_test, process, seconds
        self._order = {"config": str(config), "risk": risk.value, "read": time.time()}

    def run(
        self, edition: Edition, questions: Sequence[GoldenQuestion], progress: StageCallback | None = None
    ) -> GoldenOutcome:
        """Test an edition; raise GateError, also where the test does not come to its end."""
        found = self._found(edition, edition.file, questions, progress) if edition.file else None
        if found is None:
            return self._self_test.run(edition, questions, progress)
        if "failures" in found:
            failures = [
                GoldenFailure(GoldenQuestion(str(question), article), is_known, tuple(quoted))
                for (question, article), is_known, quoted in found["failures"]
            ]
            raise GoldenError(failures, found["total"])
        if "gate" in found:
            raise GateError(found["gate"], **found["values"])
        if found["warning"]:
            logger.warning("%s", found["warning"])
        return GoldenOutcome(**found["golden"])

    def _found(
        self, edition: Edition, file: Path, questions: Sequence[GoldenQuestion], progress: StageCallback | None
    ) -> dict[str, Any] | None:
        """Return what a child found, None where it has not the same edition, or not the same configuration."""
        order = {
            **self._order,
            "file": str(file.absolute()),
            "fingerprint": edition.fingerprint,
            "questions": [astuple(golden) for golden in questions],
        }
        try:
            found = self._process.run(
                f"{__name__}:check_file", order, progress, folder=file.parent, stage="checking", seconds=self._seconds
            )
        except BuildTimeoutError as error:
            raise GateError("endless", seconds=error.seconds) from error
        except BuildError as error:
            raise GateError("ended", words=error) from error
        except OSError:  # nowhere to write, or no further process
            return None
        return found if "is_other" not in found else None


def check_file(order: dict[str, Any], progress: StageCallback) -> dict[str, Any]:
    """Test the edition in a file as the parent orders, and say how that went."""
    config = Path(order["config"])
    if any(file.stat().st_mtime > order["read"] for file in config.rglob("*")):
        return {"is_other": True}
    try:
        arrays, facts = map_arrays(Path(order["file"]))
    except (OSError, DamagedFileError):
        return {"is_other": True}
    if facts["fingerprint"] != order["fingerprint"]:
        return {"is_other": True}
    knowledge = Knowledge.read(config, Risk(order["risk"]), Path(order["file"]).parent)
    edition = Edition.from_arrays(arrays, facts, knowledge.analyser)
    questions = [GoldenQuestion(*golden) for golden in order["questions"]]
    try:
        outcome, warning = SelfTest(Answerer(knowledge)).test(edition, questions, progress)
    except GoldenError as error:
        return {"failures": [astuple(failure) for failure in error.failures], "total": error.values["total"]}
    except GateError as error:
        return {"gate": error.key.removeprefix("gate."), "values": error.values}
    return {"golden": asdict(outcome), "warning": warning}


def _passage(edition: Edition, number: int) -> Passage:
    [indexed] = edition.index.read([number])
    return indexed.passage


def _resolve(answerer: Answerer, edition: Edition, question: str) -> Iterator[bool]:
    """Say of each quote of an answer whether it stands in its article at its offsets."""
    outcome = answerer.answer(question, edition)
    for quote in outcome.quotes if isinstance(outcome, Answer) else ():
        article = edition.articles.get(quote.article.id)
        yield article is not None and article.paragraphs[quote.paragraph].text[quote.start : quote.end] == quote.text
