"""Let somebody talk to the bot by hand, as any member and in any channel."""

from collections.abc import Awaitable, Callable

from tests.discord_server.command_kinds import CommandKind
from tests.discord_server.interactions import Interaction
from tests.discord_server.invocation import CommandHidden, CommandUnavailable
from tests.discord_server.message import Message
from tests.discord_server.screen import Screen
from tests.discord_server.server import DiscordServer
from tests.discord_server.terminal_texts import TEXTS
from tests.discord_server.typed_calls import TypedCalls

_WAIT_SECONDS = 10


class Terminal:
    """Read lines and print what the bot makes of them, in the language of a terminal; `:word` is done by `_do_word`."""

    def __init__(self, server: DiscordServer, write: Callable[[str], None], language: str = "ar") -> None:
        self.author = server.world.user("sara")
        self.channel = server.world.channel("عام")
        self.is_over = False
        self._server = server
        self._write = write
        self._texts = TEXTS[language]
        self._screen = Screen(server, write, language)
        self._cause: Message | Interaction | None = None

    async def follow(self) -> None:
        """Print the bot's messages as they come and change, and its forms, for as long as the server runs."""
        await self._screen.follow()

    async def take(self, line: str) -> None:
        """Do what a line asks for; what cannot be done is said and changes nothing."""
        line = line.strip()
        try:
            if line.startswith(":"):
                word, _, rest = line[1:].partition(" ")
                await self._action(word)(rest.strip())
            elif line.startswith("/"):
                await self._call(line[1:])
            elif line:
                await self._do_say(f"<@bot> {line}")
        except CommandHidden as error:
            self._write(f"! {error}")
            if error.seen_by:
                calls = " ".join(f"`:as {user.display_name}`" for user in error.seen_by)
                self._write(self._texts["moderators"].format(calls=calls))
        except (CommandUnavailable, LookupError, ValueError, TimeoutError) as error:
            self._write(f"! {error}")

    def _action(self, word: str) -> Callable[[str], Awaitable[None]]:
        action: Callable[[str], Awaitable[None]] | None = getattr(self, f"_do_{word}", None)
        if action is None:
            raise LookupError(self._texts["no_such"].format(word=word))
        return action

    def _act(self, interaction: Interaction) -> None:
        self._cause = interaction
        self._screen.expect(interaction)

    @property
    def _typed(self) -> TypedCalls:
        return TypedCalls(self._server.commands, self.channel.guild_id)

    async def _call(self, line: str) -> None:
        name, options = self._typed.slash(line)
        self._act(await self._server.run_command(name, options, author=self.author, channel=self.channel))

    async def _do_complete(self, line: str) -> None:
        name, options, focused = self._typed.completion(line)
        choices = await self._server.autocomplete(name, options, focused, author=self.author, channel=self.channel)
        for choice in choices:
            self._write(f"· {choice['name']}")
        if not choices:
            self._write(self._texts["no_choice"])

    async def _do_menu(self, name: str) -> None:
        menu = self._typed.menu(name)
        world = self._server.world
        written = [m for m in world.messages_in(self.channel) if m.author_id != world.bot.id]
        if not written:
            raise LookupError("nobody has written here yet")
        self._act(await self._server.run_context_menu(menu, written[-1], author=self.author, channel=self.channel))

    async def _do_edit(self, text: str) -> None:
        message = self._own_latest()
        is_addressed = self._server.world.bot.id in message.mentions.users
        self._cause = await self._server.edit_message(message, f"<@bot> {text}" if is_addressed else text)

    async def _do_delete(self, _: str) -> None:
        await self._server.delete_message(self._own_latest())
        self._write(self._texts["deleted"])

    def _own_latest(self) -> Message:
        messages = [m for m in self._server.world.messages_in(self.channel) if m.author_id == self.author.id]
        if not messages:
            raise LookupError(f"{self.author.display_name} has written nothing here")
        return messages[-1]

    async def _do_say(self, text: str) -> None:
        self._cause = await self._server.post_message(self.channel, self.author, text)

    async def _do_reply(self, text: str) -> None:
        latest = self._screen.latest
        self._cause = await self._server.post_message(latest.message.channel_id, self.author, text, reply_to=latest)

    async def _do_wait(self, seconds: str) -> None:
        cause, timeout = self._cause, float(seconds or _WAIT_SECONDS)
        if isinstance(cause, Interaction):
            # A form is an answer too.
            await self._server.until(lambda: cause.modal or self._is_answered(cause), timeout, "the answer")
        elif cause is not None:
            await self._server.wait_for_reply(cause, timeout=timeout)

    def _is_answered(self, interaction: Interaction) -> bool:
        return any(not reply.is_thinking for reply in self._server.interaction_replies(interaction))

    async def _do_as(self, name: str) -> None:
        self.author = self._server.world.user(name)

    async def _do_in(self, name: str) -> None:
        self.channel = self._server.world.channel(name)

    async def _do_dm(self, _: str) -> None:
        self.channel = self._server.direct_channel(self.author)

    async def _do_press(self, number: str) -> None:
        if not number.isdecimal() or int(number) == 0:
            raise ValueError(self._texts["a_number"])
        card = self._screen.card_with_button(int(number))
        button = card.buttons[int(number) - 1]
        name = button.custom_id or button.label or button.emoji or ""
        self._act(await self._server.press_button(card, name, self.author))

    async def _do_fill(self, text: str) -> None:
        form = self._screen.form
        if form is None:
            raise LookupError(self._texts["no_form"])
        try:
            values = form.filled(text)
        except LookupError as error:
            raise LookupError(self._texts["which_field"].format(fields=error)) from error
        self._act(await self._server.submit_modal(form.interaction, values))
        self._screen.form = None
        self._write(self._texts["sent"])

    async def _do_commands(self, _: str) -> None:
        for command in self._typed.all:
            options = " ".join(option["name"] for option in command.get("options", []))
            mark = "/" if command["type"] == CommandKind.SLASH else ":menu "
            self._write(f"{mark}{command['name']} {options} — {command['description']}")

    async def _do_who(self, _: str) -> None:
        world = self._server.world
        self._write(" · ".join(user.display_name for user in world.users.values()))
        self._write(" · ".join(f"#{channel.name}" for channel in world.channels.values() if channel.name))

    async def _do_violations(self, _: str) -> None:
        for violation in self._server.violations:
            self._write(f"! {violation.kind}: {violation.where}: {violation.what}")
        if not self._server.violations:
            self._write(self._texts["no_violation"])

    async def _do_help(self, _: str) -> None:
        self._write(self._texts["help"])

    async def _do_quit(self, _: str) -> None:
        self.is_over = True
