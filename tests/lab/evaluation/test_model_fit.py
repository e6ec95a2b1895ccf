"""The fit finds what separates, and refuses no more than it is allowed to."""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import pytest

from bot.answering import Risk
from bot.answering.evidence import SIGNAL_NAMES
from bot.lab.evaluation.model_fit import Example, Refused, cross_validated, fit, fitted_figures, leaving_one_set_out


def examples(seed: int, *, overlap: float, each: int = 60) -> list[Example]:
    """Draw questions whose `subject` is high where they are answerable, with other signals of pure noise."""
    random = np.random.default_rng(seed)
    drawn: list[Example] = []
    for name in ("one", "two"):
        for kind, centre in (("gold", 0.8), ("near", 0.8 - overlap), ("off", 0.1)):
            for _ in range(each):
                signals = random.normal(0, 1, (3, len(SIGNAL_NAMES)))
                signals[:, SIGNAL_NAMES.index("subject")] = random.normal(centre, 0.1, 3)
                drawn.append(Example(name, kind, f"{len(drawn) // 3:x}", signals, np.full(3, kind == "gold")))
    return drawn


@pytest.mark.parametrize("allowed", [0.0, 0.05, 0.2])
def test_no_more_than_the_allowed_share_is_refused(allowed: float) -> None:
    refused = fitted_figures(examples(1, overlap=0.3), allowed)
    assert np.mean([refused["one", "gold"], refused["two", "gold"]]) <= allowed


def test_the_signal_that_separates_weighs_most() -> None:
    drawn = examples(2, overlap=0.7)
    weights, refused = fit(drawn, 0.05).weights, fitted_figures(drawn, 0.05)
    assert SIGNAL_NAMES[int(np.abs(weights).argmax())] == "subject"
    assert weights[SIGNAL_NAMES.index("subject")] > 0
    assert min(refused["one", "near"], refused["two", "off"]) > 0.95


def test_a_question_without_candidates_is_always_refused() -> None:
    bare = [Example("one", "off", "f", np.empty((0, len(SIGNAL_NAMES))), np.empty(0, dtype=np.bool_))]
    assert fitted_figures([*examples(3, overlap=0.7), *bare], 0.1)["one", "off"] > 0.9


def test_the_same_examples_give_the_same_model() -> None:
    first, second = (fit(examples(4, overlap=0.4), 0.1) for _ in range(2))
    assert np.array_equal(first.weights, second.weights)
    assert first.threshold == second.threshold


def test_less_is_refused_the_more_is_dared() -> None:
    model = fit(examples(5, overlap=0.3), 0.1)
    assert model.threshold == model.thresholds[Risk.NORMAL]
    assert model.thresholds[Risk.LOW] > model.thresholds[Risk.NORMAL] > model.thresholds[Risk.HIGH]


@pytest.mark.parametrize("measure", [cross_validated, leaving_one_set_out])
def test_what_separates_everywhere_separates_questions_unseen(
    measure: Callable[[Sequence[Example], float], Refused],
) -> None:
    refused = measure(examples(6, overlap=0.7), 0.05)
    assert min(refused["one", "near"], refused["two", "off"]) > 0.95
    assert np.mean([refused["one", "gold"], refused["two", "gold"]]) <= 0.05


@pytest.mark.parametrize("measure", [pytest.param(cross_validated, marks=pytest.mark.slow), leaving_one_set_out])
def test_what_was_learnt_by_heart_is_worth_nothing_on_questions_unseen(
    measure: Callable[[Sequence[Example], float], Refused],
) -> None:
    drawn = enumerate(examples(7, overlap=0, each=150))
    noise = [
        replace(
            each,
            signals=np.random.default_rng(n).normal(0, 1, (1, len(SIGNAL_NAMES))),
            is_right=each.is_right[:1],
        )
        for n, each in drawn
    ]
    unseen = measure(noise, 0.1)["one", "off"]
    assert fitted_figures(noise, 0.1)["one", "off"] > unseen - 0.05
    assert unseen < 0.3


def test_a_signal_that_speaks_against_what_it_is_there_for_weighs_nothing() -> None:
    drawn = examples(6, overlap=0.7)
    opposite, undefined = SIGNAL_NAMES.index("lead"), SIGNAL_NAMES.index("undefined")
    for example in drawn:
        coverage = example.signals[:, SIGNAL_NAMES.index("subject")]
        example.signals[:, opposite] = -coverage + np.random.default_rng(7).normal(0, 0.3, 3)
        example.signals[:, undefined] = 1 - coverage
    weights = fit(drawn, 0.05).weights
    assert weights[opposite] == 0
    assert weights[undefined] < 0
