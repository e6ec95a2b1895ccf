"""Whatever an input does to the process that tries it out, it is noted with what repeats it, and the others go on."""

import pytest

from tests.attacks.campaign import Campaign
from tests.attacks.faulty import KINDS, Faulty
from tests.attacks.peak import resident
from tests.patience import PATIENCE

# A process must have started by then, too.
_HANGING = 20


def campaign(inputs: int, first: int = 0, patience: float = PATIENCE) -> Campaign:
    return Campaign(inputs, 7, KINDS, first, processes=1, patience=patience, worker="tests.attacks.faulty")


@pytest.mark.slow
async def test_what_goes_wrong_is_noted_and_the_rest_goes_on() -> None:
    tally = (await campaign(10, patience=_HANGING).run())["faulty"]
    expected = {
        "raise": "ValueError: this is wrong",
        "hang": f"not done after {_HANGING} s",
        "die": "the process ended with 3",
        "burn": "of processor time",
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
    assert tally.slowest >= Faulty.longest
    assert tally.peak > 0 or resident() == (0, 0)


async def test_one_input_is_tried_again_by_its_number() -> None:
    tally = (await campaign(1, first=0).run())["faulty"]
    assert [violation.name for violation in tally.kept] == ["raise"]
    assert (await campaign(3, first=6).run())["faulty"].violations == 0


@pytest.mark.parametrize("number", [6, 7, 10**9])
def test_an_input_is_made_of_its_seed_and_number_alone(number: int, tmp_path_factory: pytest.TempPathFactory) -> None:
    one, other = (Faulty(tmp_path_factory.mktemp("attack")) for _ in range(2))
    other.build(7, number - 1)
    assert one.build(7, number) == other.build(7, number) != one.build(8, number)
