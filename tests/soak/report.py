"""The figures of a soak."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from tests.discord_server import Interaction
from tests.soak.ledger import Asked, Bell, Fate, Ledger
from tests.soak.slopes import Slope
from tests.soak.troubles import Troubles

_TEXT = """\
{minutes:.1f} minutes, seed {seed}: {asked} asked
answered  {answered}
told      {told}  (that Discord is slow, or that the bot starts again)
unheard   {unheard}  (directly, by a command or a press while no session was there, or in a process that was killed:
          Discord sends a command once, and lists direct conversations to no bot that starts)
bells     {rung} rung, {rung_told} of them told of their answer
lost      {lost}
doubled   {doubled}
mistakes  {mistake}  (errors in the log), {violations} rules of Discord broken
troubles  {befell}"""


@dataclass(frozen=True)
class Report:
    """What was asked and what came of it, what befell the bot, and how what it holds grew."""

    seed: int
    seconds: float
    asked: int
    answered: int
    told: int
    unheard: int
    rung: int
    rung_told: int
    lost: Sequence[str]
    doubled: Sequence[str]
    mistakes: Sequence[str]
    violations: int
    troubles: Mapping[str, int]
    slopes: Sequence[Slope]

    @classmethod
    def of(
        cls,
        ledger: Ledger,
        troubles: Troubles,
        slopes: Sequence[Slope],
        *,
        seconds: float,
        seed: int,
    ) -> "Report":
        """Take the figures."""
        fates, bells = ledger.fates(), {bell: ledger.count_told(bell) for bell in ledger.rung()}
        return cls(
            seed=seed,
            seconds=seconds,
            asked=len(ledger.asked),
            answered=fates[Fate.ANSWERED],
            told=fates[Fate.TOLD],
            unheard=fates[Fate.UNHEARD],
            rung=len(bells),
            rung_told=sum(count > 0 for count in bells.values()),
            lost=[*(_named(one, ledger) for one in ledger.lost()), *_bells(bells, 0)],
            doubled=[*(_named(one, ledger) for one in ledger.doubled()), *_bells(bells, 2)],
            mistakes=troubles.errors(),
            violations=len(ledger.server.violations),
            troubles=dict(troubles.counts),
            slopes=slopes,
        )

    @property
    def is_good(self) -> bool:
        """Whether nothing was lost or doubled, and nothing broken."""
        return not (self.lost or self.doubled or self.mistakes or self.violations)

    def as_text(self) -> str:
        """Write the figures for a person."""
        kinds = {"lost": self.lost, "doubled": self.doubled, "mistake": self.mistakes}
        counts = {kind: len(named) for kind, named in kinds.items()}
        befell = ", ".join(f"{name} ×{count}" for name, count in sorted(self.troubles.items()))
        text = _TEXT.format_map(vars(self) | counts | {"minutes": self.seconds / 60, "befell": befell})
        lines = [f"{kind}: {one}" for kind, named in kinds.items() for one in named]
        return "\n".join([text, *map(_line, self.slopes), *lines])


def _line(slope: Slope) -> str:
    growth, line = slope.growth, slope.line
    figures = f"{line.slope:+.1f} an hour ({line.low:+.1f} to {line.high:+.1f}, 95%)"
    quarters = ", ".join(f"{value:.1f}" for value in slope.quarters)
    over = (
        f"{slope.readings} readings of the last process over {slope.seconds / 60:.1f} minutes, the slope of two thirds"
    )
    return (
        f"{growth.name}: {figures}, {slope.verdict}; quarters {quarters}, the last {slope.gain:+.1f}; {over}; "
        f"up to {growth.allowed:g} for {growth.why}"
    )


def _bells(told: Mapping[Bell, int], count: int) -> list[str]:
    """Name the bells whose askers were told never, or more than once."""
    return [
        f"bell under {bell.refusal.id}, told {times} times"
        for bell, times in told.items()
        if times == count or times > count > 0
    ]


def _named(one: Asked, ledger: Ledger) -> str:
    """Say when something was asked and edited, and when each reply to it was written."""
    replies = [f"{message.created_at:%H:%M:%S} as {message.nonce}" for message in ledger.replies(one)]
    if isinstance(one.cause, Interaction):
        return f"{one.way.value}: {one.cause.id}, replies {replies}"
    times = [one.cause.created_at, *([one.cause.edited_at] if one.cause.edited_at else [])]
    return f"{one.way.value}: {one.cause.id}, asked and edited {[f'{at:%H:%M:%S}' for at in times]}, replies {replies}"
