"""The program on a played Discord through a year: started, killed, reloaded, asked, and listened to."""

import asyncio
import random
import signal
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import aiohttp

from tests.discord_server import DiscordServer, Message, Seen
from tests.discord_server.seen import see
from tests.discord_server.snowflakes import EPOCH_MILLISECONDS
from tests.e2e.buttons import press
from tests.e2e.moderating import MODERATION, MODERATOR, begin_reload, outcome_card
from tests.e2e.program import Program
from tests.machine import free_port
from tests.patience import waiting_for
from tests.year.clock import MODULE, Calendar

BELL, HERE, DIRECT, ROOM, NEWS = "نبّهني حين يصل جواب", "هنا", "في الخاص", "عام", "جديد"
_BUSY = "تجري الآن إعادة بناء"
MEMBERS = tuple(f"عضو {number}" for number in range(8))
_STAMP = 22


@dataclass
class Life:
    """One bot, whichever process it is; `corpus` and `database` are the settings of that name."""

    server: DiscordServer
    calendar: Calendar
    corpus: str
    database: str
    home: Path
    chance: random.Random
    programs: list[Program] = field(default_factory=list)
    port: int = 0

    def __post_init__(self) -> None:
        world = self.server.world
        guild = next(iter(world.guilds.values()))
        self.news = world.add_channel(guild, NEWS)
        for number, name in enumerate(MEMBERS):
            world.add_member(guild, world.add_user(f"member{number}", name))
        self.pass_days(0.0)

    def pass_days(self, days: float) -> None:
        """Let days pass for the bot and for Discord."""
        self.calendar.move(days)
        self.server.world.snowflakes.ahead = self.calendar.ahead

    async def start(self) -> None:
        """Start a process, and wait until Discord has a session of it."""
        before, self.port = len(self.server.gateway.identifies), free_port()
        settings = {
            "CORPUS_ALLOW_PRIVATE": "true",
            "CORPUS_CACHE": str(self.home / "cache"),
            "DATABASE_URL": self.database,
            "DISCORD_MODERATOR_CHANNEL_ID": str(self.server.world.channel(MODERATION).id),
            "DISCORD_REPORT_SECONDS": "0.5",
            "PORT": str(self.port),
            "PREPARED_NEWS": "1",
            "PREPARED_PACE": "0.01",
            "PREPARED_PAUSES": "1",
        }
        log = self.home / f"log{len(self.programs)}"
        # Not by a fork, which has looked at the clock already.
        program = await Program.start_fresh(
            self.server, self.corpus, log, module=MODULE, **settings, **self.calendar.settings
        )
        self.programs.append(program)
        started = self.server.gateway.identifies
        await self.server.until(lambda: len(started) > before or not program.is_running, what="a session")
        if not program.is_running:
            raise RuntimeError(program.log)
        await self.server.wait_ready()
        await self.server.wait_for_command("corpus")

    async def kill(self) -> None:
        """Kill the process, and start another."""
        self.programs[-1].signal(signal.SIGKILL)
        await self.programs[-1].exit_code()
        await self.server.until(lambda: not self.server.gateway.connected, what="a closed gateway")
        await self.start()

    async def stop(self) -> None:
        """End the process as platforms do."""
        if self.programs and await self.programs[-1].stop():
            raise RuntimeError(self.programs[-1].log)

    async def reload(self, *, killed: bool) -> str:
        """Reload, with a kill somewhere in it where that is so, and return what the card and its files say."""
        if killed:
            await begin_reload(self.server)
            await asyncio.sleep(self.chance.random())
            await self.kill()
        async with waiting_for("a reload of its own"):
            while _BUSY in (card := await outcome_card(self.server, await begin_reload(self.server))).text:  # noqa: ASYNC110 (nobody tells)
                await asyncio.sleep(0.1)
        return whole_text(card)

    async def ask(self, question: str, member: str, reply_to: Seen | None = None) -> Seen:
        """Ask by a mention, or by a reply, and return the answer."""
        mention = "" if reply_to else "<@bot> "
        asked = await self.server.post_message(ROOM, member, f"{mention}{question}", reply_to=reply_to)
        return await self.server.wait_for_reply(asked)

    async def ring(self, card: Seen, member: str, *, directly: bool) -> bool:
        """Press the bell under a refusal and choose where to be told; return whether there is one."""
        if not any(button.label == BELL for button in card.buttons):
            return False
        choice = await press(self.server, card, BELL, member)
        await self.server.press_button(choice, DIRECT if directly else HERE, member)
        await self.server.wait_for_edit(choice)
        return True

    def told(self, card: Seen, member: str, *, directly: bool) -> list[Message]:
        """Return the messages that tell a member of the answer on a card, where that member wanted it."""
        link, world = f"/{card.message.channel_id}/{card.id})", self.server.world
        place = self.server.direct_channel(member) if directly else world.channel(ROOM)
        return [
            message
            for message in world.messages_in(place)
            if message.author_id == world.bot.id and link in see(message, world).text
        ]

    def moderators_read(self) -> list[str]:
        """Return what stands in the moderators' channel."""
        return [*map(whole_text, self.server.messages(MODERATION))]

    async def page(self, path: str) -> str:
        """Return what the port says."""
        url = f"http://127.0.0.1:{self.port}{path}"
        async with aiohttp.ClientSession() as session, session.get(url) as response:
            return await response.text()

    async def status(self) -> str:
        """Return what `/corpus status` says."""
        asked = await self.server.run_command("corpus status", author=MODERATOR, channel=ROOM)
        return (await self.server.wait_for_reply(asked)).text


def whole_text(card: Seen) -> str:
    """Return what a card says, and what stands in its files."""
    return "\n".join([card.text, *_files(card.message.files.values())])


def _files(contents: Iterable[bytes]) -> Iterable[str]:
    return (content.decode(errors="replace") for content in contents)


def written_at(message: Message) -> float:
    """Return the time of a message by Discord's clock, in seconds since 1970."""
    return ((message.id >> _STAMP) + EPOCH_MILLISECONDS) / 1000
