"""The evidence model: the signals of one candidate, and a logistic regression over them.

Its few numbers are in `config/evidence.toml`. The signals are those that trials on three question sets found strongest.
None of them grows with the corpus: a word's weight comes from the background where the corpus is too small to tell.
"""

import math
import textwrap
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from itertools import islice
from operator import attrgetter
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.answering.evidence.candidate import Candidate
from bot.answering.evidence.given import Given
from bot.answering.evidence.term_weights import TermWeights
from bot.answering.evidence.word_match import CLITIC
from bot.answering.reasons import Requirement
from bot.arabic import is_inflected
from bot.retrieval import RANKING
from bot.storage import atomic_write

Scores = NDArray[np.float64]
_WIDTH = 118


@dataclass(frozen=True, slots=True)
class Signals:
    """What the model sees of one candidate."""

    place: float
    """1 for the candidate that ranks first, a half for the second, a third for the third, and so on."""
    gap: float
    """Lead over the passages of other articles in BM25 of 4-grams, as a share of the best possible score."""
    lead: float
    """Lead in rank over the best candidate of other articles; where few words match, it is never great."""
    adjacency: float
    """Share of the question's neighbouring words that are neighbours in the passage."""
    subject: float
    """Share of the importance outside the focus, the words around the question word, that the passage matches."""
    given: float
    """Share of the question's importance that the best sentence which gives what is asked for has, with the heading."""
    focus: float
    """Share of the importance of the focus that such a sentence has, with title and heading."""
    exact: float
    """Share of the importance of the focus that a sentence, title and heading have word for word."""
    fit: float
    """How near the best span of what is asked for stands to the question's words, 0 where none is found."""
    length: float
    """Logarithm of the number of the question's words: a share of many is more than the same share of two."""
    unknown: float
    """1 where a word of the question may be a name, and no candidate, nor the corpus, nor news at large has it."""
    numbers: float
    """How many numbers of the question the passage does not have."""
    undefined: float
    """Where it is asked what or who X is, the share of X that neither the heading nor the head of a sentence has."""

    def array(self) -> NDArray[np.float64]:
        """Return the signals in the order of the fields."""
        return np.array(_IN_ORDER(self))


_GIVING = ("given", "focus", "exact", "fit")
SIGNAL_NAMES = tuple(field.name for field in fields(Signals))
_IN_ORDER = attrgetter(*SIGNAL_NAMES)


class Risk(StrEnum):
    """How much a maintainer dares: fewer wrong answers, or fewer refusals."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class EvidenceModel:
    """Weights per unit of each signal in the order of `Signals`, and the intercept.

    `thresholds` are the least probabilities, 0 to 1, to answer at each risk, `threshold` the one in use.
    """

    weights: NDArray[np.float64]
    intercept: float
    thresholds: Mapping[Risk, float]
    threshold: float

    @classmethod
    def read(cls, file: Path) -> "EvidenceModel":
        """Read the numbers, for normal risk; raise ValueError where one is missing or is no number."""
        try:
            numbers = tomllib.loads(file.read_text(encoding="utf-8"))
            weights = np.array([float(numbers["weights"][name]) for name in SIGNAL_NAMES])
            thresholds = {risk: float(numbers["thresholds"][risk]) for risk in Risk}
            model = cls(weights, float(numbers["intercept"]), thresholds, thresholds[Risk.NORMAL])
        except KeyError as error:
            raise ValueError(f"{file}: the number {str(error.args[0])!r} is missing") from error
        except (OSError, ValueError, TypeError) as error:
            raise ValueError(f"{file}: {error}") from error
        if not (np.isfinite(weights).all() and math.isfinite(model.intercept)):
            raise ValueError(f"{file}: weights and intercept must be finite")
        if not 1 > thresholds[Risk.LOW] >= thresholds[Risk.NORMAL] >= thresholds[Risk.HIGH] > 0:
            raise ValueError(f"{file}: thresholds must lie between 0 and 1, and fall as the risk grows")
        return model

    def at(self, risk: Risk) -> "EvidenceModel":
        """Return the model with the threshold of a risk in use."""
        return replace(self, threshold=self.thresholds[risk])

    def write(self, file: Path, comment: str) -> None:
        """Write the numbers in the form that `read` takes, under a comment that says what made them."""
        lines = [f"# {line}" for line in textwrap.wrap(comment, _WIDTH)]
        lines += ["", f"intercept = {self.intercept:.4f}", "", "[thresholds]"]
        lines += [f"{risk} = {self.thresholds[risk]:.3f}" for risk in Risk]
        lines += ["", "[weights]"]
        lines += [f"{name} = {weight:.4f}" for name, weight in zip(SIGNAL_NAMES, self.weights, strict=True)]
        atomic_write(file, ("\n".join(lines) + "\n").encode())

    def probability(self, signals: Signals) -> float:
        """Return the probability, 0 to 1, that a candidate with these signals supports the question."""
        return 0.5 * (1 + math.tanh(self._logit(signals) / 2))

    def telling(self, signals: Signals) -> float:
        """Return how well a candidate answers among those of its article, where what each of them gives counts more.

        A paragraph that repeats its title ranks high. Chosen on sets of questions about news.
        """
        return self._logit(signals) + _told(signals.given, signals.focus, signals.fit)

    def _logit(self, signals: Signals) -> float:
        return float(self.weights @ signals.array()) + self.intercept


def read_signals(
    candidates: Sequence[Candidate],
    ranks: Sequence[float],
    given: Given,
    missing: Sequence[Requirement | None],
) -> list[Signals]:
    """Read the signals of the first candidates; `missing` has the requirement that each of these misses, if any.

    `ranks` are the scores that all candidates are ranked by, best first.
    """
    read, question = candidates[: len(missing)], given.question
    if not read:
        return []
    roles = _TermRoles(
        subject=np.array([term in question.defined_terms for term in question.terms]),
        numbers=np.array([term.normal[0].isdecimal() for term in question.terms]),
    )
    columns = _columns(read, np.array(list(islice(_margins(candidates, ranks), len(read)))), roles, given)
    columns["unknown"] = np.full(len(read), float(_has_unknown(candidates, given)))
    rows = zip(*(column.tolist() for column in columns.values()), strict=True)
    # Of what is ruled out nobody needs to know how near it comes.
    gives = (
        dict.fromkeys(_GIVING, 0.0) if missed else _giving(candidate, given)
        for candidate, missed in zip(read, missing, strict=True)
    )
    return [Signals(**dict(zip(columns, row, strict=True)), **own) for row, own in zip(rows, gives, strict=True)]


@dataclass(frozen=True, slots=True)
class _TermRoles:
    """Masks of a question's terms, (terms,): the subject to be defined, numbers."""

    subject: NDArray[np.bool_]
    numbers: NDArray[np.bool_]


def _columns(candidates: Sequence[Candidate], margins: Scores, roles: _TermRoles, given: Given) -> dict[str, Scores]:
    """Return signals of words and ranks by name, each an array with an entry for each candidate."""
    weights = given.weights
    importance = weights.importance
    gap = weights.gaps([candidate.source.number for candidate in candidates])
    matches = np.array([candidate.matches for candidate in candidates])
    sentences = np.array([candidate.window_matches(candidate.window(importance, 1)) for candidate in candidates])
    return {
        "place": 1 / np.arange(1.0, len(candidates) + 1),
        "gap": gap,
        # The best of all ranks high even where it is alone or the others have nothing of the question, so it leads by
        # no more than it has itself.
        "lead": np.minimum(margins, gap + weights.share(sentences)),
        "adjacency": np.array([adjacency(candidate.word_matches >= RANKING.least_match) for candidate in candidates]),
        "subject": weights.share(matches, ~given.in_focus),
        "length": np.full(len(candidates), math.log(len(importance))),
        "numbers": (roles.numbers & (matches < RANKING.least_match)).sum(axis=1, dtype=np.float64),
        "undefined": _undefined(candidates, roles, weights),
    }


def _giving(candidate: Candidate, given: Given) -> dict[str, float]:
    """Return the signals of what a candidate gives of what is asked for."""
    rows, focus = candidate.read_sentence_matches, given.in_focus
    shares, of_focus = (given.weights.share(rows, among).tolist() for among in (None, focus))
    exact = given.weights.share((rows >= CLITIC).astype(np.float64), focus)[~np.array(candidate.asking)]
    best = (given.best_share(candidate, shares), given.best_share(candidate, of_focus))
    return dict(zip(_GIVING, (*best, float(exact.max(initial=0.0)), given.fit(candidate, shares)), strict=True))


def given_share(candidate: Candidate, given: Given) -> tuple[float, float]:
    """Return the share of a question, 0 to 1, with which a candidate gives what is asked for, and how well it tells it.

    The second is for comparison with other passages, in the units of `EvidenceModel.telling`.
    """
    own = _giving(candidate, given)
    return own["given"], _told(own["given"], own["focus"], own["fit"])


def _told(given: float, focus: float, fit: float) -> float:
    return given + 8 * focus + 10 * fit


def _undefined(candidates: Sequence[Candidate], roles: _TermRoles, weights: TermWeights) -> Scores:
    if not roles.subject.any():
        return np.zeros(len(candidates))
    importance, count = weights.importance * roles.subject, int(roles.subject.sum()) + RANKING.words_before_subject
    openings = np.array([candidate.best_opening(importance, count) for candidate in candidates])
    return 1 - weights.share(openings, roles.subject)


def _has_unknown(candidates: Sequence[Candidate], given: Given) -> bool:
    """Whether a term is known nowhere and may be a name: a swapped firm, a place that nobody wrote about."""
    weights = given.weights
    matched = np.array([candidate.matches for candidate in candidates]).max(axis=0) >= RANKING.least_match
    return any(
        not (known or found or is_inflected(term.normal))
        for term, known, found in zip(given.question.terms, weights.is_known | weights.is_listed, matched, strict=True)
    )


def _margins(candidates: Sequence[Candidate], ranks: Sequence[float]) -> Iterator[float]:
    """Yield how far each candidate ranks before the best candidate of other articles."""
    articles = [candidate.source.article_number for candidate in candidates]
    for own, article in zip(ranks, articles, strict=True):
        yield own - max((rank for rank, other in zip(ranks, articles, strict=True) if other != article), default=0.0)


def adjacency(matched: NDArray[np.bool_]) -> float:
    """Return the share of a question's neighbouring terms that are neighbours in a text; 0 where there is one term.

    `matched` (words, terms) has which words of the text match which terms.
    """
    first, second = matched[:, :-1], matched[:, 1:]
    if not first.shape[1]:
        return 0.0
    near = first.copy()
    for distance in range(1, RANKING.adjacency_distance + 1):
        near[distance:] |= first[:-distance]
        near[:-distance] |= first[distance:]
    return float((near & second).any(axis=0).mean())
