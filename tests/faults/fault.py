"""A row of the table: what is done to the bot, and what the member who asks must see."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from enum import Enum

from tests.discord_server import Interaction, Message
from tests.e2e.coverage import QUOTED
from tests.faults.scene import Scene


class Outcome(Enum):
    """What a member sees of a question; a wait is one for another try, another session or another process."""

    AT_ONCE = "answered at once"
    WAITED = "answered later"
    DIRECTLY = "answered in private"
    READ_BACK = "answered after the restart"
    ELSEWHERE = "answered by the other process"
    TOLD = "told why"
    SIGN = "a sign under the question"
    NOTHING = "nothing"
    KEPT = "the earlier coverage; the moderator reads why"
    ENDED = "one log line, exit code 78"


Play = Callable[[Scene], Awaitable[Outcome]]


@dataclass(frozen=True, slots=True)
class Row:
    """A fault with its part of the world, what is done, what must come of it, and the tests that go deeper.

    One with `is_apart` brings or ends programs of its own; one that is slow waits for what cannot be hurried.
    """

    area: str
    name: str
    done: str
    must: Outcome
    play: Play
    deeper: str = ""
    is_apart: bool = False
    is_slow: bool = False

    @property
    def identity(self) -> str:
        """The name by which tests and the command line call it."""
        return f"{self.area}: {self.name}"


@dataclass(frozen=True, slots=True)
class Area:
    """A part of the world, with the rows of its faults in the order in which they are written."""

    name: str
    is_apart: bool = False
    rows: list[Row] = field(default_factory=list)

    def row(  # noqa: PLR0913 (the columns of the table)
        self, name: str, done: str, must: Outcome, deeper: str = "", *, is_apart: bool = False, is_slow: bool = False
    ) -> Callable[[Play], Play]:
        """Make what is decorated the play of a row."""

        def add(play: Play) -> Play:
            self.rows.append(Row(self.name, name, done, must, play, deeper, is_apart or self.is_apart, is_slow))
            return play

        return add


async def outcome(scene: Scene, *asked: Message | Interaction, restarted: bool = False) -> Outcome:
    """Wait for the replies to questions, and say what all of them are."""
    found = {await _outcome(scene, one, restarted=restarted) for one in asked}
    assert len(found) == 1, found
    return found.pop()


async def _outcome(scene: Scene, asked: Message | Interaction, *, restarted: bool) -> Outcome:
    reply = await scene.reply(asked)
    if QUOTED not in reply.text:
        return Outcome.TOLD
    if reply.message.channel_id == scene.direct.id and asked_in(asked) != scene.direct.id:
        return Outcome.DIRECTLY
    if restarted:
        return Outcome.READ_BACK
    return Outcome.WAITED if scene.waits or scene.count_sessions() > scene.sessions else Outcome.AT_ONCE


def asked_in(asked: Message | Interaction) -> int:
    """Return the channel of a question."""
    return asked.channel.id if isinstance(asked, Interaction) else asked.channel_id
