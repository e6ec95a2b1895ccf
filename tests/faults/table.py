"""The table of all faults, how each is played, and the page about what came of them."""

from collections.abc import AsyncIterator, Iterable, Iterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path

from tests.faults.fault import Outcome, Row
from tests.faults.gateway_rows import GATEWAY
from tests.faults.place_rows import PLACE
from tests.faults.process_rows import PROCESS
from tests.faults.rest_rows import REST
from tests.faults.scene import Scene
from tests.faults.store_rows import STORE
from tests.scenarios import markdown_table

ROWS = {row.identity: row for area in (REST, PLACE, GATEWAY, PROCESS, STORE) for row in area.rows}

_HEAD = ("fault", "what is done", "what the member must see", "what came of it", "more")
_AREAS = {
    "REST": "Discord's REST API, and the network on the way to it",
    "place": "Places that are shut, and questions that are gone",
    "gateway": "The gateway",
    "process": "Processes that stop, are killed, or run beside each other",
    "store": "The records, the search server, the source of the articles, the disk",
}

_ARBITERS_HEAD = ("what", "what decides", "so that")
_ARBITERS = (
    (
        "a mention, a direct message, a question that is read back",
        "the question's id is the nonce of its answer: Discord gives whoever comes second the first one's message",
        "both hold the same answer, and edit or delete it with the question, also where one knows the edit alone",
    ),
    (
        "a command, a press, a vote, a form, a moderator's reload",
        "Discord takes the first response and refuses the second (40060)",
        "the second process drops it: it answers, counts, votes and reloads nothing",
    ),
    (
        "whatever comes to a process that stops",
        "it waits a second before it says that it is about to start again",
        "the other one's answer comes first",
    ),
)
_PAGE = """\
# Faults, and what a member sees of each

For whoever runs the bot: what members see when Discord, networks, disks or platforms fail. This page was written by

```console
$ python -m tests.faults --write docs/faults.md
```

(`make faults`). It plays each fault to the bot over real sockets, on a Discord that is played on this machine, and
looks at what the member who asks gets to see. After each, another question must be answered as if nothing had been,
nothing may have been said twice, and no rule of Discord may have been broken; else the row fails, and the command with
exit code 1. The quick rows run in `make test`, the slow ones in `make test-slow`; where a row has a link, the tests
behind it go deeper.

*Each answer* is a mention's, a command's callback and a command's. *At once* is the first try, *later* another try,
session or process. *In private* is a direct message that names the channel and repeats the question.

{tables}
## Two processes during a deploy

A platform starts the new process before it stops the old one, and Discord sends both everything. Who answers is not
agreed between them: Discord decides, since it takes one of each.

{arbiters}

What cannot be had without a lock that both would have to reach:

- each process counts the limits of members by itself, so that one may tell a member to wait whom the other answers;
- both count a question, and both report a refused one to the moderators' channel;
- a reload by hand reaches the process that responded, and the other serves what it read at its start until it ends or
  is reloaded.
"""


@asynccontextmanager
async def played(row: Row, scene: Scene) -> AsyncIterator[Outcome]:
    """Play a fault, yield what came of it, and see afterwards that nothing else did."""
    seen = await row.play(scene)
    if any(program.is_running for program in scene.programs):
        await scene.next_is_answered()
    scene.check()
    yield seen


def page(outcomes: Mapping[str, str]) -> str:
    """Write the page, with what came of each row by its identity."""
    arbiters = markdown_table(_ARBITERS_HEAD, _ARBITERS)
    return _PAGE.format(tables="\n".join(_tables(outcomes)), arbiters="\n".join(arbiters))


def _tables(outcomes: Mapping[str, str]) -> Iterator[str]:
    for area, title in _AREAS.items():
        yield f"## {title}\n"
        rows = [row for row in ROWS.values() if row.area == area]
        told = ((row.name, row.done, row.must.value, outcomes[row.identity], _link(row.deeper)) for row in rows)
        yield from markdown_table(_HEAD, told)
        yield ""


def _link(path: str) -> str:
    return f"[{Path(path).name}](../{path})" if path else ""


def rows_in(text: str) -> list[tuple[str, str, str]]:
    """Read out of a page which faults it has, what was done, and what must come of each."""
    rows = [
        [cell.strip() for cell in line.strip("|").split(" | ")] for line in text.splitlines() if line.startswith("| ")
    ]
    return [(row[0], row[1], row[2]) for row in rows if len(row) == len(_HEAD) and row[0] != _HEAD[0]]


def rows_told(rows: Iterable[Row]) -> list[tuple[str, str, str]]:
    """Return what a page says of rows beside what came of them."""
    return [(row.name, row.done, row.must.value) for row in rows]
