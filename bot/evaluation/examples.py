"""Examples to fit to: what the evidence model would see of each question of a set."""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from bot.answering import Knowledge
from bot.answering.evidence import NAMES
from bot.answering.question import understand
from bot.answering.ranking import Ranked, rank
from bot.edition import Edition
from bot.evaluation.sets import Case, EvaluationSet

# Ends the name of a set that is asked among distractors.
AMONG = "+"


@dataclass(frozen=True, slots=True)
class Example:
    """A question of a set: its kind, and the signals of its best candidates that are not ruled out, a row each.

    Questions of one `group` have an article in common, so that a model fitted to one of them has seen the other.
    """

    set_name: str
    kind: str
    group: str
    signals: NDArray[np.float64]


def examples_of(evaluation_set: EvaluationSet, name: str, edition: Edition, knowledge: Knowledge) -> Iterator[Example]:
    """Rank candidates for every question of a set, and keep the signals of those that the model would weigh."""
    for case in evaluation_set.cases:
        items = _weighed(case.question, edition, knowledge)
        signals = [item.signals.array() for item in items if item.objection is None]
        yield Example(name, case.kind, _group(case, evaluation_set.name), np.array(signals).reshape(-1, len(NAMES)))


def _weighed(message: str, edition: Edition, knowledge: Knowledge) -> tuple[Ranked, ...]:
    """Weigh what an edition has for a message, as the bot understands it; nothing where it refuses before it looks."""
    understood = understand(message, None, edition.index, knowledge.analyser, knowledge.lexicon)
    if understood.question is None or understood.reason is not None:
        return ()
    return rank(understood.question, edition, knowledge).items


def _group(case: Case, set_name: str) -> str:
    """Name the group of a question by its article, or by itself; the same alone and among distractors."""
    place = case.place.article_id if case.place else case.question
    return blake2b(f"{set_name}\n{place}".encode(), digest_size=8).hexdigest()
