"""The evidence model: the signals of one candidate, and a logistic regression over them.

Its few numbers are in `config/evidence.toml`. The signals are those that trials on three question sets found strongest.
None of them grows with the corpus: a word's weight comes from the background where the corpus is too small to tell.
"""

import math
import textwrap
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from itertools import accumulate, pairwise
from operator import attrgetter
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bot.answering.evidence.candidate import Candidate, best_sentences
from bot.answering.evidence.given import Given
from bot.answering.evidence.word_match import CLITIC, Matches
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

    def weigh(self, signals: Signals) -> tuple[float, float]:
        """Return the probability, 0 to 1, that a candidate supports the question, and how well it does in its article.

        There what each gives counts more: a paragraph that repeats its title ranks high. Chosen on sets of questions.
        """
        logit = float(self.weights @ signals.array()) + self.intercept
        return 0.5 * (1 + math.tanh(logit / 2)), logit + _told(signals.given, signals.focus, signals.fit)


def read_signals(
    candidates: Sequence[Candidate],
    ranks: Sequence[float],
    given: Given,
    missing: Sequence[Requirement | None],
) -> list[Signals]:
    """Read the signals of the first candidates; `missing` has the requirement that each of these misses, if any.

    `ranks` are the scores that all candidates are ranked by, best first.
    """
    read, weights = candidates[: len(missing)], given.weights
    if not read:
        return []
    matches = np.array([candidate.matches for candidate in candidates])
    gaps, own = weights.gaps([candidate.source.number for candidate in read]), matches[: len(read)]
    numbers = np.array([term.normal[0].isdecimal() for term in given.question.terms])
    columns: dict[str, list[float]] = {
        "place": [1 / place for place in range(1, len(read) + 1)],
        "gap": gaps.tolist(),
        # The best of all ranks high even where it is alone or the others have nothing of the question, so it leads by
        # no more than it has itself.
        "lead": np.minimum(_margins(read, candidates, ranks), gaps + best_sentences(read, weights.importance)).tolist(),
        "adjacency": adjacencies(read),
        "subject": weights.share(own, ~given.in_focus).tolist(),
        "length": [math.log(len(numbers))] * len(read),
        "unknown": [float(_has_unknown(matches, given))] * len(read),
        "numbers": (numbers & (own < RANKING.least_match)).sum(axis=1, dtype=np.float64).tolist(),
        "undefined": _undefined(read, given).tolist(),
    }
    # Of what is ruled out nobody needs to know how near it comes.
    gives = iter(_giving([candidate for candidate, missed in zip(read, missing, strict=True) if not missed], given))
    none = dict.fromkeys(_GIVING, 0.0)
    rows = zip(missing, *columns.values(), strict=True)
    return [
        Signals(**dict(zip(columns, row, strict=True)), **(none if missed else next(gives))) for missed, *row in rows
    ]


def _giving(candidates: Sequence[Candidate], given: Given) -> list[dict[str, float]]:
    """Return the signals of what each candidate gives of what is asked for."""
    if not candidates:
        return []
    rows, focus = np.concatenate([candidate.read_sentence_matches for candidate in candidates]), given.in_focus
    each = [given.weights.share(rows, among).tolist() for among in (None, focus)]
    each.append(given.weights.share((rows >= CLITIC).astype(np.float64), focus).tolist())
    gives, first = list[dict[str, float]](), 0
    for candidate in candidates:
        shares, of_focus, exact = (own[first : first + len(candidate.asking)] for own in each)
        first += len(candidate.asking)
        stated = (share for share, asks in zip(exact, candidate.asking, strict=True) if not asks)
        best = (given.best_share(candidate, shares), given.best_share(candidate, of_focus))
        gives.append(dict(zip(_GIVING, (*best, max(stated, default=0.0), given.fit(candidate, shares)), strict=True)))
    return gives


def given_share(candidate: Candidate, given: Given) -> tuple[float, float]:
    """Return the share of a question, 0 to 1, with which a candidate gives what is asked for, and how well it tells it.

    The second is for comparison with other passages, in the units in which `EvidenceModel.weigh` compares those.
    """
    own = _giving([candidate], given)[0]
    return own["given"], _told(own["given"], own["focus"], own["fit"])


def _told(given: float, focus: float, fit: float) -> float:
    return given + 8 * focus + 10 * fit


def _undefined(candidates: Sequence[Candidate], given: Given) -> Scores:
    subject = np.array([term in given.question.defined_terms for term in given.question.terms])
    if not subject.any():
        return np.zeros(len(candidates))
    importance, count = given.weights.importance * subject, int(subject.sum()) + RANKING.words_before_subject
    openings = np.array([candidate.best_opening(importance, count) for candidate in candidates])
    return 1 - given.weights.share(openings, subject)


def _has_unknown(matches: Matches, given: Given) -> bool:
    """Whether a term is known nowhere and may be a name: a swapped firm, a place that nobody wrote about."""
    is_known = given.weights.is_known | given.weights.is_listed
    return not is_known.all() and any(
        not (known or is_inflected(term.normal))
        for term, known in zip(
            given.question.terms, is_known | (matches.max(axis=0) >= RANKING.least_match), strict=True
        )
    )


def _margins(read: Sequence[Candidate], candidates: Sequence[Candidate], ranks: Sequence[float]) -> list[float]:
    """Return how far each of the first candidates ranks before the best one of other articles."""
    articles = [candidate.source.article_number for candidate in candidates]
    each = list(zip(ranks, articles, strict=True))
    return [own - next((rank for rank, other in each if other != article), 0.0) for own, article in each[: len(read)]]


def adjacencies(candidates: Sequence[Candidate]) -> list[float]:
    """Return the share of a question's neighbouring terms that are neighbours in each text; 0 where it has one term."""
    own = [candidate.word_matches for candidate in candidates]
    rows, terms = np.nonzero(np.concatenate(own) >= RANKING.least_match)
    texts = np.searchsorted(list(accumulate(map(len, own))), rows, "right")
    # The words of a text that match a term, as the bits of a number.
    bits = [[0] * matches.shape[1] for matches in own]
    for text, term, row in zip(texts.tolist(), terms.tolist(), rows.tolist(), strict=True):
        bits[text][term] |= 1 << row
    far = range(RANKING.adjacency_distance + 1)
    return [
        sum(any((one << by | one >> by) & other for by in far) for one, other in pairwise(of_text) if one and other)
        / max(len(of_text) - 1, 1)
        for of_text in bits
    ]
