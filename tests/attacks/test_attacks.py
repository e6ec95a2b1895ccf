"""Some of each kind of attack, and the page about a million of them."""

import json
import math
import sys
from io import StringIO
from pathlib import Path

import pytest

from tests.attacks.__main__ import main
from tests.attacks.campaign import Campaign, Tally
from tests.attacks.kinds import KINDS
from tests.attacks.reloads import HOSTILE, reload_from
from tests.attacks.siege import Siege
from tests.attacks.table import campaign_table, kinds_in, reloads_table, siege_table
from tests.attacks.worker import work
from tests.e2e.program import ROOT
from tests.growth import grows_too_fast

_SEED = 1
# Of each kind, drawn, and at most twice as many of those that have a name.
_FEW = 8
# What is quicker than to count so far is not judged by how it grows.
_COUNTED = 1_000_000
# Left to the slow tests: it takes as long as all others.
_DEAR = "a paragraph of two megabytes"
# Of hostile sources those from which a reload once had no end; the command tries all.
_ENDLESS = [
    what
    for what in HOSTILE
    if any(part in what for part in ("0 attributes", "one letter 15,000", "items of one letter"))
]


@pytest.mark.parametrize("kind", KINDS)
def test_a_few_of_each_kind_do_no_harm(tmp_path: Path, kind: str) -> None:
    """They are tried out in this process: eight others would mostly be started."""
    attack, said = KINDS[kind](tmp_path), StringIO()
    named = [number for number in range(len(attack.named)) if attack.name_of(number) != _DEAR]
    numbers = [*named[:: max(1, len(named) // _FEW)], *range(len(attack.named), len(attack.named) + _FEW)]
    try:
        work(attack, _SEED, numbers, said)
    finally:
        attack.close()
    told = [json.loads(line) for line in said.getvalue().splitlines()]
    assert not [line for line in told if "words" in line]
    assert [line["at"] for line in told if "at" in line] == numbers


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
async def test_some_of_each_kind_do_no_harm(kind: str) -> None:
    wanted = len(KINDS[kind].named) + 800
    tally = (await Campaign(wanted, _SEED, {kind: KINDS[kind]}, processes=1).run())[kind]
    assert not tally.violations, "\n".join(map(str, tally.kept))
    assert tally.inputs == wanted


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "size"),
    [("questions", 100_000), ("articles", 30_000), ("feeds", 60_000), ("texts", 8000), ("products", 240)],
)
def test_a_flood_takes_as_long_as_it_is(tmp_path: Path, kind: str, size: int) -> None:
    attack = KINDS[kind](tmp_path)

    def work(given: object) -> None:
        attack.try_out(given)
        # A short question may be turned away before it is compared with anything.
        sum(range(_COUNTED if attack.floods else 0))

    slow = [
        name
        for name, make in (attack.floods or attack.named).items()
        if grows_too_fast(work, make, first=size // 4, last=2 * size)
    ]
    assert slow == []


@pytest.mark.slow
async def test_the_running_bot_answers_under_attack() -> None:
    asked, meanwhile, reload = await Siege(files=40, questions=40).run()
    assert (asked.count, asked.missing, meanwhile.missing, reload.missing) == (40, 0, 0, 0)
    assert meanwhile.count > 0
    assert all(phase.memory > 0 for phase in (asked, meanwhile, reload))
    assert reload.what in siege_table([asked, meanwhile, reload])


@pytest.mark.slow
@pytest.mark.parametrize("what", _ENDLESS)
async def test_a_reload_from_a_hostile_source_ends_and_the_next_one_is_done(what: str) -> None:
    reload = await reload_from(what)
    assert math.isfinite(reload.first + reload.second + reload.start)
    assert reload.meanwhile.count > reload.meanwhile.missing == 0
    assert what in reloads_table({what: reload})


def test_the_page_tells_of_the_kinds_that_there_are() -> None:
    told = kinds_in((ROOT / "docs" / "attacks.md").read_text(encoding="utf-8"))
    assert told == [(kind, attack.tried, attack.promise) for kind, attack in KINDS.items()]
    assert kinds_in(campaign_table({kind: Tally(1000) for kind in KINDS})) == told


def test_each_kind_keeps_to_its_folder(tmp_path: Path) -> None:
    for kind, attack in KINDS.items():
        folder = tmp_path / kind
        folder.mkdir()
        made = attack(folder)
        made.try_out(made.build(_SEED, len(attack.named)))
        made.close()
    assert {path.name for path in tmp_path.iterdir()} == {*KINDS}


@pytest.mark.slow
def test_the_command_prints_a_row_for_each_kind_that_it_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    given = ("--only", "buttons", "archives", "--inputs", "20", "--seed", "5", "--processes", "1", "--longest", "inf")
    monkeypatch.setattr(sys, "argv", ["attacks", *given])
    main()
    printed = capsys.readouterr().out
    assert [row[0] for row in kinds_in(printed)] == ["archives", "buttons"]
    assert "| all |  | 20 |  | 0 |" in printed


@pytest.mark.parametrize("some", [("--only", "texts"), ("--from", "5"), ("--files", "0")])
def test_a_page_is_about_everything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, some: tuple[str, str]) -> None:
    monkeypatch.setattr(sys, "argv", ["attacks", *some, "--write", str(tmp_path / "page.md")])
    with pytest.raises(SystemExit) as caught:
        main()
    assert caught.value.code == 2
    assert not [*tmp_path.iterdir()]
