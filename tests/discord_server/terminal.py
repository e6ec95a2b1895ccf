"""Let somebody talk to the bot by hand, as any member and in any channel."""

from collections.abc import Awaitable, Callable

from tests.discord_server.command_kinds import CommandKind
from tests.discord_server.interactions import Interaction
from tests.discord_server.invocation import CommandUnavailable
from tests.discord_server.message import Message
from tests.discord_server.rendering import rendered
from tests.discord_server.seen import Seen, see
from tests.discord_server.server import DiscordServer
from tests.discord_server.typed_calls import TypedCalls

HELP = """\
نصّ         رسالة تذكر البوت          /أمر قيمة   أمر مسجّل
/أمر اسم=قيمة اسم=قيمة   خياراته بأسمائها، وكل قيمة تمتدّ إلى الاسم= التالي
:as NAME    من يتكلّم                 :in CHANNEL أين
:dm         محادثة خاصة               :say نصّ    رسالة لا تذكر البوت
:reply نصّ  ردّ على آخر جواب           :press N    زرّ تحت آخر جواب
:edit نصّ   تعديل آخر رسالة لي         :delete     حذف آخر رسالة لي
:menu N     قائمة آخر رسالة كتبها إنسان، برقم أو باسم
:complete [أمر] اسم=نصّ   ما يُقترح عند كتابة النصّ
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
            "edit": self._edit,
            "delete": self._delete,
            "menu": self._open_menu,
            "complete": self._complete,
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

    @property
    def _typed(self) -> TypedCalls:
        return TypedCalls(self._server.commands, self.channel.guild_id)

    async def _call(self, line: str) -> None:
        name, options = self._typed.slash(line)
        self._cause = await self._server.run_command(name, options, author=self.author, channel=self.channel)

    async def _complete(self, line: str) -> None:
        name, options, focused = self._typed.completion(line)
        choices = await self._server.autocomplete(name, options, focused, author=self.author, channel=self.channel)
        for choice in choices:
            self._write(f"· {choice['name']}")
        if not choices:
            self._write("لا اقتراح")

    async def _open_menu(self, name: str) -> None:
        menu = self._typed.menu(name)
        world = self._server.world
        written = [m for m in world.messages_in(self.channel) if m.author_id != world.bot.id]
        if not written:
            raise LookupError("nobody has written here yet")
        self._cause = await self._server.run_context_menu(menu, written[-1], author=self.author, channel=self.channel)

    async def _edit(self, text: str) -> None:
        message = self._own_latest()
        is_addressed = self._server.world.bot.id in message.mentions.users
        self._cause = await self._server.edit_message(message, f"<@bot> {text}" if is_addressed else text)

    async def _delete(self, _: str) -> None:
        await self._server.delete_message(self._own_latest())

    def _own_latest(self) -> Message:
        messages = [m for m in self._server.world.messages_in(self.channel) if m.author_id == self.author.id]
        if not messages:
            raise LookupError(f"{self.author.display_name} has written nothing here")
        return messages[-1]

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
        name = button.custom_id or button.label or button.emoji or ""
        self._cause = await self._server.press_button(self._latest, name, self.author)

    async def _list_commands(self, _: str) -> None:
        for command in self._typed.all:
            options = " ".join(option["name"] for option in command.get("options", []))
            mark = "/" if command["type"] == CommandKind.SLASH else ":menu "
            self._write(f"{mark}{command['name']} {options} — {command['description']}")

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
