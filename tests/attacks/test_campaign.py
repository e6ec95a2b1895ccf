"""Whatever an input does to the process that tries it out, it is noted with what repeats it, and the others go on."""

import json
import math
from dataclasses import replace
from io import StringIO
from pathlib import Path

import pytest

from tests.attacks.campaign import Campaign
from tests.attacks.faulty import KINDS, Faulty
from tests.attacks.worker import resident, work
from tests.patience import PATIENCE

# A process must have started by then, too.
_HANGING = PATIENCE / 15


def campaign(inputs: int, first: int = 0, patience: float = PATIENCE, longest: float = math.inf) -> Campaign:
    return Campaign(inputs, 7, KINDS, first, 1, patience, worker="tests.attacks.faulty", longest=longest)


@pytest.mark.slow
async def test_what_goes_wrong_is_noted_and_the_rest_goes_on() -> None:
    tally = (await campaign(10, patience=_HANGING).run())["faulty"]
    expected = {
        "raise": "ValueError: this is wrong",
        "hang": f"not done after {_HANGING:.0f} s",
        "die": "the process ended with 3",
    }
    if resident() != (0, 0):
        expected["fill"] = "MB of memory"
    assert tally.inputs == 10
    assert tally.violations == len(expected)
    for violation, (name, words) in zip(tally.kept, expected.items(), strict=True):
        assert (violation.name, violation.number) == (name, [*Faulty.named].index(name))
        assert words in violation.words
        again = f"--only faulty --seed 7 --from {violation.number} --inputs 1 ({name})"
        assert str(violation).startswith(f"python -m tests.attacks {again}")
    assert tally.peak > 0 or resident() == (0, 0)


async def test_one_input_is_tried_again_by_its_number() -> None:
    tally = (await campaign(1, first=0).run())["faulty"]
    assert [violation.name for violation in tally.kept] == ["raise"]


async def test_the_slowest_input_is_a_violation_where_it_takes_longer_than_any_may() -> None:
    tally = (await campaign(3, first=len(Faulty.named), longest=0).run())["faulty"]
    assert (tally.inputs, tally.violations) == (3, 1)
    assert [violation.number for violation in tally.kept] == [tally.slowest_at]
    assert "of processor time, where 0.00 s are allowed" in tally.kept[0].words


def test_the_slowest_input_is_told_with_its_seconds(tmp_path: Path) -> None:
    said, times = StringIO(), iter([0.0, 1.0, 1.0, 3.0, 10.0, 16.0, 20.0, 25.0, 30.0, 32.0])
    first = len(Faulty.named)
    work(Faulty(tmp_path), 7, range(first, first + 3), said, clock=lambda: next(times))
    *_, last = [json.loads(line) for line in said.getvalue().splitlines()]
    assert (last["slowest"], last["slowest_at"]) == (5.0, first + 1)


async def test_a_campaign_goes_on_with_what_it_kept_and_tries_again_what_did_harm(tmp_path: Path) -> None:
    kept = tmp_path / "kept.json"
    first = replace(campaign(2, first=len(Faulty.named)), kept=kept)
    done = await first.run()
    # Nobody is there to try out anything.
    assert await replace(first, worker="tests.attacks.nobody").run() == done
    assert done["faulty"].inputs == 2
    harmed = replace(campaign(1, first=0), kept=kept)
    assert [(await harmed.run())["faulty"].violations for _ in range(2)] == [1, 1]


@pytest.mark.parametrize("number", [6, 7, 10**9])
def test_an_input_is_made_of_its_seed_and_number_alone(number: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    one, other = (Faulty(tmp_path_factory.mktemp("attack")) for _ in range(2))
    other.build(7, number - 1)
    assert one.build(7, number) == other.build(7, number) != one.build(8, number)
