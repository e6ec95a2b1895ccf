"""Many inputs of several kinds, tried out in processes side by side, each for as long as is borne."""

import asyncio
import json
import math
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from tests.attacks.attack import Attack
from tests.attacks.kinds import KINDS
from tests.e2e.program import ROOT
from tests.processes import leashed

# A process is a new one after so many, whatever it has come to hold.
_BATCH = 5000
# Seconds of the clock without a word; the first includes the start of a process.
PATIENCE = 60.0
_KEPT = 20


@dataclass(frozen=True, slots=True)
class Violation:
    """An input of which what must hold did not."""

    kind: str
    seed: int
    number: int
    name: str | None
    words: str

    def __str__(self) -> str:
        named = f" ({self.name})" if self.name else ""
        again = f"python -m tests.attacks --only {self.kind} --seed {self.seed} --from {self.number} --inputs 1"
        return f"{again}{named}\n{self.words.rstrip()}\n"


@dataclass(slots=True)
class Tally:
    """What came of one kind: inputs, violations, of which the first are kept, seconds of the slowest, bytes at most."""

    inputs: int = 0
    violations: int = 0
    kept: list[Violation] = field(default_factory=list)
    slowest: float = 0.0
    slowest_at: int = 0
    peak: int = 0

    def note(self, violation: Violation) -> None:
        """Count a violation."""
        self.violations += 1
        if len(self.kept) < _KEPT:
            self.kept.append(violation)

    def add(self, other: "Tally") -> None:
        """Take in what came of other inputs of the kind."""
        self.inputs += other.inputs
        self.violations += other.violations
        self.kept = [*self.kept, *other.kept][:_KEPT]
        self.peak = max(self.peak, other.peak)
        if other.slowest >= self.slowest:
            self.slowest, self.slowest_at = other.slowest, other.slowest_at


class KeptBatches:
    """What came of batches without a violation, in a file, so that a campaign of hours goes on where it was stopped."""

    def __init__(self, path: Path | None) -> None:
        self._path = path
        self._tallies: dict[str, dict[str, Any]] = {}
        if path is not None and path.exists():
            self._tallies = json.loads(path.read_text(encoding="utf-8"))

    def find(self, name: str) -> Tally | None:
        """Return what came of a batch, None where it has to be tried."""
        return Tally(**self._tallies[name]) if name in self._tallies else None

    def keep(self, name: str, tally: Tally) -> None:
        """Keep it, unless something of it has to be mended first."""
        if self._path is not None and not tally.violations:
            self._tallies[name] = asdict(tally)
            self._path.write_text(json.dumps(self._tallies, indent=1), encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Campaign:
    """So many inputs in all, from a number on, of some kinds by their shares.

    `longest` is the processor time in seconds that the slowest may take, less for kinds that say so. Tests bound none:
    it is that of the machine. `kept` is a file by which a later run with the same numbers passes over what held.
    """

    inputs: int
    seed: int = 1
    kinds: Mapping[str, type[Attack[Any]]] = field(default_factory=lambda: KINDS)
    first: int = 0
    processes: int = 2
    patience: float = PATIENCE
    worker: str = "tests.attacks.worker"
    longest: float = math.inf
    kept: Path | None = None

    async def run(self) -> Mapping[str, Tally]:
        """Try everything out."""
        tallies = {kind: Tally() for kind in self.kinds}
        batches, kept = self._batches(), KeptBatches(self.kept)

        async def work() -> None:
            for kind, numbers in batches:
                name = f"{kind} {self.seed}:{numbers.start}-{numbers.stop}"
                if (tally := kept.find(name)) is None:
                    tally = Tally()
                    await self._try_out(kind, numbers, tally)
                    kept.keep(name, tally)
                tallies[kind].add(tally)

        await asyncio.gather(*(work() for _ in range(self.processes)))
        return tallies

    def _batches(self) -> Iterator[tuple[str, range]]:
        """Part the inputs, those of kinds in turn, so that what is slow is not left for the end."""
        shares = sum(attack.share for attack in self.kinds.values())
        wanted = {kind: self.inputs * attack.share // shares for kind, attack in self.kinds.items()}
        wanted[next(iter(wanted))] += self.inputs - sum(wanted.values())
        for start in range(0, max(wanted.values()), _BATCH):
            for kind, count in wanted.items():
                if start < count:
                    yield kind, range(self.first + start, self.first + min(start + _BATCH, count))

    async def _try_out(self, kind: str, numbers: range, tally: Tally) -> None:
        """Have a process try some out; where it hangs or dies at one, that one is noted and another one goes on."""
        while numbers:
            process = await self._start(kind, numbers)
            at = numbers.start
            try:
                at, words = await self._listen(process, kind, at, tally)
            finally:
                await _ended(process)
            if words is None:
                return
            tally.note(Violation(kind, self.seed, at, self.kinds[kind].name_of(at), words))
            numbers = range(at + 1, numbers.stop)

    async def _start(self, kind: str, numbers: range) -> Process:
        arguments = (self.worker, kind, self.seed, numbers.start, len(numbers))
        return await asyncio.create_subprocess_exec(
            *leashed("-m", *map(str, arguments)), cwd=ROOT, stdin=DEVNULL, stdout=PIPE
        )

    async def _listen(self, process: Process, kind: str, at: int, tally: Tally) -> tuple[int, str | None]:
        """Take in what a process says; return its last input, and what went wrong where it did not come to its end."""
        assert process.stdout is not None
        while True:
            try:
                line = await asyncio.wait_for(process.stdout.readline(), self.patience)
            except TimeoutError:
                return at, f"not done after {self.patience:.0f} s"
            if not line:
                return at, f"the process ended with {await process.wait()}"
            match json.loads(line):
                case {"at": int(at)}:
                    tally.inputs += 1
                case {"number": int(number), "name": name, "words": str(words)}:
                    tally.note(Violation(kind, self.seed, number, name, words))
                case {"slowest": float(slowest), "slowest_at": int(slowest_at), "peak": int(peak)}:
                    tally.add(Tally(slowest=slowest, slowest_at=slowest_at, peak=peak))
                    most = min(self.longest, self.kinds[kind].longest) if math.isfinite(self.longest) else math.inf
                    if slowest > most:
                        words = f"{slowest:.2f} s of processor time, where {most:.2f} s are allowed"
                        name = self.kinds[kind].name_of(slowest_at)
                        tally.note(Violation(kind, self.seed, slowest_at, name, words))
                    return at, None


async def _ended(process: Process) -> None:
    with suppress(ProcessLookupError):
        process.kill()
    await process.communicate()
