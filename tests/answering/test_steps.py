"""The times of a message by step: each step's own, the same messages in each tree, and the step that got slower."""

import sys
from pathlib import Path
from unittest.mock import patch

import pytest

from tests.answering import steps
from tests.answering.steps import RELATED, REST, STEPS, WHOLE, Round, Stopwatch, least, slower_steps, table

CORPUS, SET = Path("corpus"), Path("tests/data/community")


def lap(**spent: int) -> dict[str, int]:
    return dict.fromkeys(STEPS, 1000) | {REST: 0, **spent}


def test_a_step_within_a_step_is_counted_once() -> None:
    with patch.object(steps, "thread_time_ns", side_effect=[0, 10, 30, 60, 100, 150]):
        stopwatch = Stopwatch()
        with stopwatch.step("search"), stopwatch.step("matching"):
            pass
        assert stopwatch.lap() == {REST: 10 + 50, "search": 20 + 40, "matching": 30}


def test_the_answers_to_what_else_may_be_asked_are_one_step() -> None:
    with patch.object(steps, "thread_time_ns", side_effect=[0, 10, 30, 60]):
        stopwatch = Stopwatch()
        with stopwatch.step(RELATED), stopwatch.step("search"):
            pass
        assert stopwatch.lap() == {REST: 10 + 30, RELATED: 20}


def test_the_least_of_the_rounds_counts_for_each_message_and_step() -> None:
    rounds = [Round([lap(reading=4), lap(reading=9)]), Round([lap(reading=7), lap(reading=2)])]
    assert [one["reading"] for one in least(rounds)] == [4, 2]
    others = 1000 * (len(STEPS) - 1)
    assert [one[WHOLE] for one in least(rounds)] == [others + 4, others + 2]


def test_a_step_that_takes_a_tenth_longer_is_named_and_one_that_takes_next_to_nothing_is_not() -> None:
    before = least([Round([lap(fits=5000, card=10)])])
    assert slower_steps(least([Round([lap(fits=5400, card=30)])]), before) == {}
    slower = slower_steps(least([Round([lap(fits=8000, card=10)])]), before)
    others = 1000 * (len(STEPS) - 2) + 10
    assert slower == {"fits": pytest.approx(1.6), WHOLE: pytest.approx((others + 8000) / (others + 5000))}


def test_all_steps_of_two_trees_are_measured(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    arguments = ["steps", str(SET), "--corpus", str(CORPUS), "--messages", "10", "--against", "."]
    monkeypatch.setattr(sys, "argv", arguments)
    # How much one tree is slower than itself is a matter of the machine.
    monkeypatch.setattr(steps, "slower_steps", lambda *_: {"card": 1.5})
    with pytest.raises(SystemExit, match="1"):
        steps.main()
    said = capsys.readouterr().out.splitlines()
    assert [row.split(" | ")[0].strip("| ") for row in said[2:-1]] == [*STEPS, REST, WHOLE]
    assert all(float(cell) > 0 for cell in said[-2].strip("| ").split(" | ")[1:])
    assert said[-1] == "Slower: card, 1.50 times the time of the other tree."


def test_a_table_has_a_column_for_the_other_tree() -> None:
    own = least([Round([lap()])])
    assert table(own, own).splitlines()[0].count("|") == table(own).splitlines()[0].count("|") + 3


def test_a_tree_that_cannot_answer_is_said(tmp_path: Path) -> None:
    with pytest.raises(RuntimeError, match="cannot be measured"):
        steps.measure([tmp_path], CORPUS, ["من أسس بالانتير؟"], rounds=1)
