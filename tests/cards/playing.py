"""The scenes of the running bot: people do something, and what they then see is kept."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.cards.scene import Json, Scene
from tests.cards.scenes import ACTS, Call, Choose, OpenMenu, Press, Say, Step
from tests.discord_server import DiscordServer, Seen
from tests.discord_server.component_kinds import ComponentKind, every_component
from tests.discord_server.interactions import Interaction
from tests.discord_server.message import Message
from tests.discord_server.payloads.messages import message_payload
from tests.e2e.moderating import started

_PLACE, _ASKER = "عام", "سارة"


async def play(acts: Mapping[str, Sequence[Step]] = ACTS, corpus: Path = Path("corpus")) -> list[Scene]:
    """Start the bot on a corpus, let people act, and return what they see."""
    async with playing_bot(corpus) as server:
        await server.wait_for_command("timeline")
        return [Scene(name, await _shown(steps, server), names_of(server)) for name, steps in acts.items()]


@asynccontextmanager
async def playing_bot(corpus: Path) -> AsyncIterator[DiscordServer]:
    """Have the bot ready for questions on a corpus, on a played Discord and with a cache of its own."""
    with TemporaryDirectory() as directory:
        async with DiscordServer() as server:
            kept = {"CORPUS_CACHE": str(Path(directory) / "cache")}
            async with started(server, corpus, Path(directory) / "log", module="bot", **kept):
                await server.wait_for_command("ask")
                yield server


async def _shown(steps: Sequence[Step], server: DiscordServer) -> tuple[Json, ...]:
    messages: list[Message] = []
    asked: Message | None = None
    reply: Seen | None = None
    for step in steps:
        match step:
            case Say(text, in_reply, is_drawn, is_answered):
                asked = await server.post_message(_PLACE, _ASKER, text, reply_to=reply if in_reply else None)
                reply = await server.wait_for_reply(asked) if is_answered else None
                messages += [one for one in (asked, reply and reply.message) if one and is_drawn]
            case Call(name, options, author):
                called = await server.run_command(name, options, author=author, channel=_PLACE)
                reply = await server.wait_for_reply(called)
                messages.append(reply.message)
            case OpenMenu(name) if asked is not None:
                called = await server.run_context_menu(name, asked, author=_ASKER, channel=_PLACE)
                reply = await server.wait_for_reply(called)
                messages.append(reply.message)
            case Press(button, author, turns) if reply is not None:
                reply = await press(server, reply, button, author, turns=turns)
                messages += [] if turns else [reply.message]
            case Choose(title, turns) if reply is not None:
                pressed = await server.select(reply, *_entry(reply, title), _ASKER)
                reply = await _after(server, pressed, reply, turns=turns)
                messages += [] if turns else [reply.message]
    return tuple(message_payload(message, server.world, has_content=True) for message in messages)


async def press(server: DiscordServer, shown: Seen, button: str, author: str, *, turns: bool = False) -> Seen:
    """Press a button by its label or emoji, and return what that shows; `turns` where it changes the message itself."""
    return await _after(server, await server.press_button(shown, button, author), shown, turns=turns)


async def _after(server: DiscordServer, pressed: Interaction, shown: Seen, *, turns: bool) -> Seen:
    """Return what a press shows: its message, which it changes, or another one."""
    if turns:
        return await server.wait_for_edit(shown)

    def told() -> Seen | None:
        replies = [reply for reply in server.interaction_replies(pressed) if reply.id != shown.id]
        return next((reply for reply in replies if not reply.is_thinking), None)

    return await server.until(told, what="what a press shows")


def _entry(shown: Seen, title: str) -> tuple[str, list[str]]:
    """Return the id of the menu under a message, and the value of the entry with a title."""
    menu = next(one for one in every_component(shown.components) if one["type"] == ComponentKind.TEXT_MENU)
    return menu["custom_id"], [next(one["value"] for one in menu["options"] if title in one["label"])]


def names_of(server: DiscordServer) -> dict[str, str]:
    """Return the names of the users, channels and roles of a server by id."""
    world = server.world
    named = {user.id: user.display_name for user in world.users.values()}
    named |= {channel.id: channel.name for channel in world.channels.values()}
    named |= {role.id: role.name for guild in world.guilds.values() for role in guild.roles.values()}
    return {str(identifier): name for identifier, name in named.items()}
