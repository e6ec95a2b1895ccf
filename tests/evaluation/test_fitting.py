"""The fit finds what separates, and refuses no more than it is allowed to."""

import numpy as np
import pytest

from bot.answering.model import NAMES
from bot.evaluation import Example, fit


def examples(seed: int, *, overlap: float) -> list[Example]:
    """Draw questions whose `coverage` is high where they are answerable, with other signals of pure noise."""
    random = np.random.default_rng(seed)
    drawn = []
    for name in ("one", "two"):
        for kind, centre in (("gold", 0.8), ("near", 0.8 - overlap), ("off", 0.1)):
            for _ in range(150):
                signals = random.normal(0, 1, (3, len(NAMES)))
                signals[:, NAMES.index("coverage")] = random.normal(centre, 0.1, 3)
                drawn.append(Example(name, kind, signals))
    return drawn


@pytest.mark.parametrize("allowed", [0.0, 0.05, 0.2])
def test_no_more_than_the_allowed_share_is_refused(allowed: float) -> None:
    refused = fit(examples(1, overlap=0.3), allowed).refused
    assert np.mean([refused["one", "gold"], refused["two", "gold"]]) <= allowed


def test_the_signal_that_separates_weighs_most() -> None:
    fitted = fit(examples(2, overlap=0.7), 0.05)
    scaled = np.abs(fitted.model.weights)
    assert NAMES[int(scaled.argmax())] == "coverage"
    assert fitted.model.weights[NAMES.index("coverage")] > 0
    assert min(fitted.refused["one", "near"], fitted.refused["two", "off"]) > 0.95


def test_a_question_without_candidates_is_always_refused() -> None:
    bare = [Example("one", "off", np.empty((0, len(NAMES))))]
    assert fit([*examples(3, overlap=0.7), *bare], 0.1).refused["one", "off"] > 0.9


def test_the_same_examples_give_the_same_model() -> None:
    first, second = (fit(examples(4, overlap=0.4), 0.1).model for _ in range(2))
    assert np.array_equal(first.weights, second.weights)
    assert first.threshold == second.threshold
