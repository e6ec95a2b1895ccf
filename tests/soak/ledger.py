"""What was asked, and what came of it."""

import asyncio
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from enum import Enum

from bot.chat.error_handler import SHUT_OUT
from tests.discord_server import DiscordServer, Interaction, Message
from tests.discord_server.seen import see
from tests.discord_server.watching import cause_of
from tests.e2e.coverage import MUSEUM_QUOTED, QUOTED, TRAM_QUOTED

BELL, DIRECTLY = "نبّهني حين يصل جواب", "في الخاص"


class Way(Enum):
    """How something is asked; Discord shows a bot again what was asked in a channel, and nothing else."""

    CHANNEL = "in a channel"
    DIRECTLY = "directly"
    COMMAND = "by a command"
    PRESS = "by a press"


class Fate(Enum):
    """What became of a question: `UNHEARD` is one that Discord sends to no process, and shows none again."""

    ANSWERED = "answered"
    TOLD = "told"
    UNHEARD = "unheard"
    LOST = "lost"


@dataclass(slots=True)
class Asked:
    """A question, how it was asked, and whether no process was there to hear it."""

    cause: Message | Interaction
    way: Way
    is_unheard: bool

    @property
    def channel_id(self) -> int:
        """The channel in which it was asked."""
        return self.cause.channel.id if isinstance(self.cause, Interaction) else self.cause.channel_id

    @property
    def asker(self) -> int:
        """The id of who asked."""
        return self.cause.user.id if isinstance(self.cause, Interaction) else self.cause.author_id


@dataclass(frozen=True, slots=True)
class Bell:
    """A refusal whose asker chose to be told directly of an answer; `choice` is the card of that choice."""

    refusal: Message
    asker: int
    choice: Message

    @property
    def is_rung(self) -> bool:
        """Whether the bot has said that it will tell."""
        return self.choice.edits > 1


@dataclass
class Ledger:
    """All that was asked; `is_open` says whether a session is there to which Discord sends things."""

    server: DiscordServer
    asked: list[Asked] = field(default_factory=list)
    bells: list[Bell] = field(default_factory=list)
    choosing: set[asyncio.Task[None]] = field(default_factory=set)
    is_open: bool = True
    # What the bot wrote, by the id of the question that it answers.
    _written: defaultdict[int, dict[int, Message]] = field(default_factory=lambda: defaultdict(dict))

    def __post_init__(self) -> None:
        self.server.platform.board.observers.append(self._observe)

    def note(self, cause: Message | Interaction, way: Way) -> None:
        """Note a question."""
        self.asked.append(Asked(cause, way, is_unheard=not self.is_open and way is not Way.CHANNEL))

    def close(self, *ways: Way, in_flight: bool) -> None:
        """Note that no process hears now; with `in_flight`, nor ends what it has begun in these ways."""
        self.is_open = False
        if in_flight:
            for one in self.asked:
                one.is_unheard |= one.way in ways and not self.replies(one)

    def open(self) -> None:
        """Note that a process hears again."""
        self.is_open = True

    def replies(self, one: Asked) -> list[Message]:
        """Return what the bot wrote for a question and what is still there."""
        return [message for message in self._written[one.cause.id].values() if not message.deleted]

    def fate(self, one: Asked) -> Fate:
        """Say what became of a question."""
        replies = self.replies(one)
        if any(one.way is Way.PRESS or self._is_answer(message) for message in replies):
            return Fate.ANSWERED
        if replies or (isinstance(one.cause, Message) and SHUT_OUT in one.cause.reactions):
            return Fate.TOLD
        return Fate.UNHEARD if one.is_unheard else Fate.LOST

    def fates(self) -> Counter[Fate]:
        """Count the fates."""
        return Counter(map(self.fate, self.asked))

    def open_questions(self) -> int:
        """Count those that would be lost if this were the end."""
        return sum(self.fate(one) is Fate.LOST for one in self.asked)

    def doubled(self) -> list[Asked]:
        """Return what was answered more than once."""
        return [one for one in self.asked if len(self.replies(one)) > 1]

    def lost(self) -> list[Asked]:
        """Return what was lost."""
        return [one for one in self.asked if self.fate(one) is Fate.LOST]

    def rung(self) -> list[Bell]:
        """Return the bells that were rung."""
        return [bell for bell in self.bells if bell.is_rung]

    def count_told(self, bell: Bell) -> int:
        """Count how often the asker was told that there is an answer."""
        world = self.server.world
        there = world.messages_in(world.direct_channel(world.users[bell.asker]))
        link = f"/{bell.refusal.channel_id}/{bell.refusal.id})"
        return sum(see(message, world).text.count(link) for message in there if message.author_id == world.bot.id)

    def _is_answer(self, message: Message) -> bool:
        """Tell an answer, or a refusal that offers to tell of one."""
        seen = see(message, self.server.world)
        is_refusal = any(button.label == BELL for button in seen.buttons)
        return is_refusal or any(quote in seen.text for quote in (QUOTED, TRAM_QUOTED, MUSEUM_QUOTED))

    def _observe(self, message: Message) -> None:
        if message.author_id == self.server.world.bot.id and not message.is_loading:
            self._written[cause_of(message)][message.id] = message
