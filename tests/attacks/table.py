"""What was tried and what came of it, as tables."""

from collections.abc import Mapping, Sequence

from tests.attacks.campaign import Campaign, Tally
from tests.attacks.kinds import KINDS
from tests.attacks.reloads import SECONDS, HostileReload
from tests.attacks.siege import Phase
from tests.scenarios import markdown_table

_HEAD = ("kind", "what was tried", "inputs", "what must hold", "violations", "slowest, ms", "memory at most, MB")
_SIEGE_HEAD = ("what", "how many", "without a reply", "slowest, ms", "memory at most, MB", "event loop late by, ms")
_RELOADS_HEAD = (
    *("the source turned into", "reload ended after, s", "the next one after, s", "a start with it, s"),
    *("questions meanwhile", *_SIEGE_HEAD[2:]),
)
_PAGE = """\
# What the bot was attacked with, and what came of it

For whoever wants to know what hostile input does to the bot: whoever writes to it, writes the articles, packs the
archive, runs the host that it comes from, or forges a button, may mean harm. This page was written by

```console
$ python -m tests.attacks --inputs {inputs} --seed {seed} --write docs/attacks.md
```

It draws so many inputs, each from the seed and its own number alone, does with each what the bot does with it, and
counts as violations those with which something did not hold that must. What did harm once is tried first, by name. A
few thousand inputs are tried at each change (`.ci/run`); `make attack` tries ten thousand others where
`ATTACK="--seed 2"` says so. A run of hours is stopped and gone on with where `--keep FILE` names what it keeps.

{table}

*Slowest* is the processor time of one input. *Memory* is all that the process held which tried a kind out: the bot's
own parts, and what checks them. An input that takes 100 MB more than was held before, or {patience:.0f} seconds without
an end, is a violation, and so is the slowest where it takes more than {longest:g} seconds of processor time.

## While it runs

The bot as it is, on a Discord that is played on the same machine, with {files} hostile files among its articles:

{siege}

## While a source is hostile

A folder of good articles, and beside it or in it what was good at the start and then turned. A fetch may take
{seconds} seconds (`CORPUS_FETCH_SECONDS`); what is built besides takes its own. Before the next reload an article is
put into the folder, and it must be answered from afterwards:

{reloads}

## A violation again

The command prints the line that tries that one input again:

```console
$ python -m tests.attacks --only articles --seed {seed} --from 123 --inputs 1
```
"""


def campaign_table(tallies: Mapping[str, Tally]) -> str:
    """Write what came of each kind as a table of Markdown."""
    rows = [_row(kind, tally) for kind, tally in tallies.items()]
    inputs, violations = (sum(getattr(tally, name) for tally in tallies.values()) for name in ("inputs", "violations"))
    return "\n".join(markdown_table(_HEAD, [*rows, ("all", "", f"{inputs:,}", "", str(violations), "", "")]))


def siege_table(phases: Sequence[Phase]) -> str:
    """Write what came of a siege as a table of Markdown."""
    rows = [(phase.what, f"{phase.count:,}", str(phase.missing), *map(_whole, _figures(phase))) for phase in phases]
    return "\n".join(markdown_table(_SIEGE_HEAD, rows))


def reloads_table(reloads: Mapping[str, HostileReload]) -> str:
    """Write what came of reloads from hostile sources as a table of Markdown."""
    rows = [
        (
            *(what, *(f"{seconds:.1f}" for seconds in (reload.first, reload.second, reload.start))),
            *(f"{reload.meanwhile.count:,}", str(reload.meanwhile.missing), *map(_whole, _figures(reload.meanwhile))),
        )
        for what, reload in reloads.items()
    ]
    return "\n".join(markdown_table(_RELOADS_HEAD, rows))


def page(
    campaign: Campaign,
    tallies: Mapping[str, Tally],
    phases: Sequence[Phase],
    reloads: Mapping[str, HostileReload],
    files: int,
) -> str:
    """Write all of it for a reader."""
    return _PAGE.format(
        inputs=campaign.inputs,
        seed=campaign.seed,
        longest=campaign.longest,
        patience=campaign.patience,
        files=files,
        table=campaign_table(tallies),
        siege=siege_table(phases),
        reloads=reloads_table(reloads),
        seconds=SECONDS,
    )


def kinds_in(text: str) -> list[tuple[str, str, str]]:
    """Read out of a page which kinds it has, what it says was tried, and what must hold."""
    rows = [line.strip("| ").split(" | ") for line in text.splitlines() if line.startswith("| ")]
    return [(row[0], row[1], row[3]) for row in rows if row[0] in KINDS]


def _row(kind: str, tally: Tally) -> tuple[str, ...]:
    attack = KINDS[kind]
    figures = (f"{tally.slowest * 1000:,.0f}", f"{tally.peak / 1e6:,.0f}")
    return kind, attack.tried, f"{tally.inputs:,}", attack.promise, str(tally.violations), *figures


def _figures(phase: Phase) -> tuple[float, float, float]:
    return phase.slowest * 1000, phase.memory / 1e6, phase.lag * 1000


def _whole(value: float) -> str:
    return f"{value:,.0f}"
