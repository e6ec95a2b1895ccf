"""Let somebody talk to the bot by hand, as any member and in any channel."""

import shlex
from collections.abc import Awaitable, Callable

from tests.discord_server.interactions import Interaction
from tests.discord_server.invocation import LEVELS, CommandUnavailable
from tests.discord_server.message import Message
from tests.discord_server.rendering import rendered
from tests.discord_server.seen import Seen, see
from tests.discord_server.server import DiscordServer

HELP = """\
نصّ         رسالة تذكر البوت          /أمر قيمة   أمر مسجّل، أو اسم=قيمة
:as NAME    من يتكلّم                 :in CHANNEL أين
:dm         محادثة خاصة               :say نصّ    رسالة لا تذكر البوت
:reply نصّ  ردّ على آخر جواب           :press N    زرّ تحت آخر جواب
:wait [S]   انتظار الجواب             :commands   الأوامر المسجّلة
:who        الناس والقنوات            :violations ما خالف القواعد
:help :quit"""
_WAIT_SECONDS = 10


class Terminal:
    """Read lines and print what the bot makes of them."""

    def __init__(self, server: DiscordServer, write: Callable[[str], None]) -> None:
        self.author = server.world.user("sara")
        self.channel = server.world.channel("عام")
        self.is_over = False
        self._server = server
        self._write = write
        self._shown: dict[int, int] = {}
        self._latest: Seen | None = None
        self._cause: Message | Interaction | None = None
        self._actions: dict[str, Callable[[str], Awaitable[None]]] = {
            "as": self._become,
            "in": self._enter,
            "dm": self._whisper,
            "press": self._press,
            "say": self._say,
            "reply": self._reply,
            "wait": self._wait,
            "commands": self._list_commands,
            "who": self._list_world,
            "violations": self._list_violations,
            "help": self._help,
            "quit": self._quit,
        }

    async def take(self, line: str) -> None:
        """Do what a line asks for; what cannot be done is said and changes nothing."""
        line = line.strip()
        try:
            if line.startswith(":"):
                word, _, rest = line[1:].partition(" ")
                await self._actions.get(word, self._help)(rest.strip())
            elif line.startswith("/"):
                await self._call(line[1:])
            elif line:
                await self._say(f"<@bot> {line}")
        except (CommandUnavailable, LookupError, ValueError, TimeoutError) as error:
            self._write(f"! {error}")

    async def follow(self) -> None:
        """Print the bot's messages as they come and change, for as long as the server runs."""
        while True:
            seen = await self._server.platform.changes.until(self._news, None, "news")
            self._shown[seen.id] = seen.edits
            self._latest = seen
            self._write(rendered(seen))

    def _news(self) -> Seen | None:
        world = self._server.world
        for message in world.messages.values():
            is_new = message.edits != self._shown.get(message.id, -1)
            if message.author_id == world.bot.id and not message.deleted and is_new:
                return see(message, world)
        return None

    async def _call(self, line: str) -> None:
        words = shlex.split(line)
        count = self._name_length(words)
        options = self._options(words[:count], words[count:])
        name = " ".join(words[:count])
        self._cause = await self._server.run_command(name, options, author=self.author, channel=self.channel)

    def _name_length(self, words: list[str]) -> int:
        level = self._server.commands.find(words[0], self.channel.guild_id) or {}
        count = 1
        while count < len(words):
            inner = [o for o in level.get("options", []) if o["name"] == words[count] and o["type"] in LEVELS]
            if not inner:
                break
            level, count = inner[0], count + 1
        return count

    def _options(self, path: list[str], words: list[str]) -> dict[str, str]:
        options = dict(word.split("=", 1) for word in words if "=" in word)
        free = " ".join(word for word in words if "=" not in word)
        level = self._server.commands.find(path[0], self.channel.guild_id) or {}
        for name in path[1:]:
            level = next(o for o in level["options"] if o["name"] == name)
        names = [option["name"] for option in level.get("options", []) if option["name"] not in options]
        return options | ({names[0]: free} if free and names else {})

    async def _say(self, text: str) -> None:
        self._cause = await self._server.post_message(self.channel, self.author, text)

    async def _reply(self, text: str) -> None:
        if self._latest is None:
            raise LookupError("no answer yet")
        place = self._latest.message.channel_id
        self._cause = await self._server.post_message(place, self.author, text, reply_to=self._latest)

    async def _wait(self, seconds: str) -> None:
        if self._cause is not None:
            await self._server.wait_for_reply(self._cause, timeout=float(seconds or _WAIT_SECONDS))

    async def _become(self, name: str) -> None:
        self.author = self._server.world.user(name)

    async def _enter(self, name: str) -> None:
        self.channel = self._server.world.channel(name)

    async def _whisper(self, _: str) -> None:
        self.channel = self._server.direct_channel(self.author)

    async def _press(self, number: str) -> None:
        if self._latest is None:
            raise LookupError("no answer yet")
        button = self._latest.buttons[int(number) - 1]
        name = button.custom_id or button.label
        self._cause = await self._server.press_button(self._latest, name, self.author)

    async def _list_commands(self, _: str) -> None:
        for place in (None, self.channel.guild_id):
            for command in self._server.commands.of_place(place):
                options = " ".join(option["name"] for option in command.get("options", []))
                self._write(f"/{command['name']} {options} — {command['description']}")

    async def _list_world(self, _: str) -> None:
        world = self._server.world
        self._write(" · ".join(user.display_name for user in world.users.values()))
        self._write(" · ".join(f"#{channel.name}" for channel in world.channels.values() if channel.name))

    async def _list_violations(self, _: str) -> None:
        for violation in self._server.violations:
            self._write(f"! {violation.kind}: {violation.where}: {violation.what}")

    async def _help(self, _: str) -> None:
        self._write(HELP)

    async def _quit(self, _: str) -> None:
        self.is_over = True
