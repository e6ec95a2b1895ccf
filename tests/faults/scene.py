"""Where a fault is played: a Discord, programs on it, and a channel and a member of its own."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

from bot.chat.error_handler import SHUT_OUT
from tests.discord_server import Channel, DiscordServer, Fault, Interaction, Message, Seen, User, World
from tests.discord_server.faults import Hold
from tests.discord_server.world import default_world
from tests.e2e.coverage import QUESTION, QUOTED, write_corpus
from tests.e2e.moderating import MODERATOR
from tests.e2e.prepared import MODULE
from tests.e2e.program import Program

# What Discord does not take is repeated soon.
PREPARED = {"PREPARED_PAUSES": "1"}


@dataclass
class Scene:
    """What a fault acts on; the rest of the world is the same for all of them."""

    server: DiscordServer
    home: Path
    channel: Channel
    member: User
    programs: list[Program] = field(default_factory=list)
    asked: list[Message | Interaction] = field(default_factory=list)
    waits: int = 0

    def __post_init__(self) -> None:
        self.sessions = self.count_sessions()

    def count_sessions(self) -> int:
        """Count the sessions that were begun or resumed."""
        return len(self.server.gateway.identifies) + len(self.server.gateway.resumes)

    @property
    def program(self) -> Program:
        """The program that was started last."""
        return self.programs[-1]

    @property
    def corpus(self) -> Path:
        """The folder of articles."""
        return self.home / "corpus"

    async def start(self, *, corpus: str | None = None, command: str = "run", **settings: str) -> Program:
        """Start a program with a cache that is shared by all of this scene, and wait until it hears."""
        before = len(self.server.gateway.identifies)
        source = corpus or write_corpus(self.corpus)
        given = {"CORPUS_CACHE": str(self.home / "cache"), **PREPARED, **settings}
        log = self.home / f"log{len(self.programs)}"
        program = await Program.start(self.server, source, log, command, MODULE, **given)
        self.programs.append(program)
        await self.server.until(lambda: len(self.server.gateway.identifies) > before or None, what="a session")
        await self.server.wait_ready()
        for name in ("ask", "corpus"):
            await self.server.wait_for_command(name)
        self.sessions = self.count_sessions()
        return program

    def strike(self, method: str, path: str, fault: Fault, times: int = 1) -> None:
        """Let requests fail, so that an answer has to wait for another try."""
        self.waits += 1
        self.server.faults.add(method, path, fault, times)

    @property
    def messages(self) -> str:
        """The path of messages in the channel."""
        return f"/channels/{self.channel.id}/messages"

    async def ask(self, question: str = QUESTION, where: Channel | None = None) -> Message:
        """Ask by a mention."""
        asked = await self.server.post_message(where or self.channel, self.member, f"<@bot> {question}")
        self.asked.append(asked)
        return asked

    async def ask_held(self) -> tuple[Message, Hold]:
        """Ask by a mention, with the answer kept on its way."""
        hold = self.server.faults.hold("POST", self.messages)
        asked = await self.ask()
        await self.server.until(lambda: hold.count or None, what="an answer on its way")
        return asked, hold

    async def command(self, question: str = QUESTION) -> Interaction:
        """Ask by a command."""
        options = {"question": question}
        asked = await self.server.run_command("ask", options, author=self.member, channel=self.channel)
        self.asked.append(asked)
        return asked

    @property
    def direct(self) -> Channel:
        """The member's direct conversation with the bot."""
        return self.server.direct_channel(self.member)

    def replies(self, asked: Message | Interaction) -> list[Seen]:
        """Return what the bot wrote for a question, in its place and to its asker."""
        return self.server.answers(asked)

    async def reply(self, asked: Message | Interaction) -> Seen:
        """Wait for the first of them."""
        return await self.server.until(lambda: next(iter(self.replies(asked)), None), what="a word to the asker")

    async def sign(self, asked: Message) -> bool:
        """Wait for the sign that the bot may write nowhere."""
        return await self.server.until(lambda: SHUT_OUT in asked.reactions or None, what="a sign")

    async def next_is_answered(self) -> None:
        """Ask once more, elsewhere and by somebody else, and see that nothing is broken."""
        self.server.faults.clear()
        asked = await self.server.post_message("عام", MODERATOR, f"<@bot> {QUESTION}")
        reply = await self.server.wait_for_reply(asked)
        assert QUOTED in reply.text, reply.text

    def check(self) -> None:
        """See that nothing was said twice, no rule of Discord broken, and no mistake of the program logged."""
        for asked in self.asked:
            assert len(self.replies(asked)) <= 1, [one.text for one in self.replies(asked)]
        assert self.server.violations == []

    async def stop(self) -> None:
        """End the programs that run."""
        self.server.faults.clear()
        for program in self.programs:
            if program.is_running:
                assert await program.stop() == 0, program.log


def _world_of(count: int) -> tuple[World, Iterator[tuple[Channel, User]]]:
    """Add channels and members, of which each fault takes its own: what is forbidden in one is none of the others'."""
    world = default_world()
    guild = world.guilds[world.channel("عام").guild_id or 0]
    seats = [(world.add_channel(guild, f"غرفة-{n}"), world.add_user(f"member{n}")) for n in range(count)]
    for _, member in seats:
        world.add_member(guild, member)
    return world, iter(seats)


@asynccontextmanager
async def shared_scene(home: Path, count: int) -> AsyncIterator[Iterator[Scene]]:
    """Yield scenes for so many faults on one program, one after the other."""
    world, seats = _world_of(count + 1)
    async with DiscordServer(world) as server:
        first = Scene(server, home, *next(seats))
        await first.start()
        yield (Scene(server, home, *seat, programs=first.programs) for seat in seats)
        await first.stop()


@asynccontextmanager
async def own_scene(home: Path) -> AsyncIterator[Scene]:
    """Yield a scene without a program, and end those that it brings."""
    world, [seat] = _world_of(1)
    async with DiscordServer(world) as server:
        scene = Scene(server, home, *seat)
        try:
            yield scene
        finally:
            await scene.stop()
