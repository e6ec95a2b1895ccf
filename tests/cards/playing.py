"""The scenes of the running bot: people do something, and what they then see is kept."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.cards.scene import Json, Scene
from tests.cards.scenes import ACTS, Call, Press, Say, Step
from tests.discord_server import DiscordServer, Seen
from tests.discord_server.message import Message
from tests.discord_server.payloads.messages import message_payload
from tests.e2e.program import Program

_PLACE, _ASKER = "عام", "سارة"


async def play(acts: Mapping[str, Sequence[Step]] = ACTS, corpus: Path = Path("corpus")) -> list[Scene]:
    """Start the bot on a corpus, let people act, and return what they see."""
    with TemporaryDirectory() as directory:
        async with DiscordServer() as server:
            program = await Program.start(
                server, corpus, Path(directory) / "log", CORPUS_CACHE=str(Path(directory) / "cache")
            )
            try:
                await server.wait_ready()
                await server.wait_for_command("ask")
                return [Scene(name, await _shown(steps, server), _names(server)) for name, steps in acts.items()]
            finally:
                await program.stop()


async def _shown(steps: Sequence[Step], server: DiscordServer) -> tuple[Json, ...]:
    messages: list[Message] = []
    reply: Seen | None = None
    for step in steps:
        match step:
            case Say(text, in_reply, is_drawn):
                asked = await server.post_message(_PLACE, _ASKER, text, reply_to=reply if in_reply else None)
                reply = await server.wait_for_reply(asked)
                messages += [asked, reply.message] if is_drawn else []
            case Call(name, options, author):
                called = await server.run_command(name, options, author=author, channel=_PLACE)
                reply = await server.wait_for_reply(called)
                messages.append(reply.message)
            case Press(button) if reply is not None:
                reply = await server.wait_for_reply(await server.press_button(reply, button, _ASKER))
                messages.append(reply.message)
    return tuple(message_payload(message, server.world, has_content=True) for message in messages)


def _names(server: DiscordServer) -> dict[str, str]:
    world = server.world
    named = {user.id: user.display_name for user in world.users.values()}
    named |= {channel.id: channel.name for channel in world.channels.values()}
    named |= {role.id: role.name for guild in world.guilds.values() for role in guild.roles.values()}
    return {str(identifier): name for identifier, name in named.items()}
