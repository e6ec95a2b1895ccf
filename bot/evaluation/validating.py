"""What a fitted model is worth on questions that it has not seen."""

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from bot.evaluation.examples import AMONG, Example
from bot.evaluation.fitting import Refused, refused, regress, threshold

_FOLDS = 10


def fitted_figures(examples: Sequence[Example], false_refusals: float) -> Refused:
    """Return what a model refuses of the questions that it was fitted to."""
    logits = regress(examples).logits(examples)
    return refused(examples, logits, threshold(examples, logits, false_refusals))


def cross_validated(examples: Sequence[Example], false_refusals: float) -> Refused:
    """Return what is refused by models that each have not seen a tenth of the articles, of the questions on these."""
    return _unseen(examples, false_refusals, lambda example: str(int(example.group, 16) % _FOLDS))


def leaving_one_set_out(examples: Sequence[Example], false_refusals: float) -> Refused:
    """Return what is refused by models that each have not seen a set, alone or among distractors, of that set."""
    return _unseen(examples, false_refusals, lambda example: example.set_name.removesuffix(AMONG))


def _unseen(examples: Sequence[Example], false_refusals: float, part: Callable[[Example], str]) -> Refused:
    """Give each part's questions the logits of a model fitted to the others, and hold all against one threshold."""
    parts = [part(example) for example in examples]
    logits: NDArray[np.float64] = np.zeros(len(examples))
    for unseen in sorted(set(parts)):
        model = regress([example for example, own in zip(examples, parts, strict=True) if own != unseen])
        places = [place for place, own in enumerate(parts) if own == unseen]
        logits[places] = model.logits([examples[place] for place in places])
    return refused(examples, logits, threshold(examples, logits, false_refusals))
