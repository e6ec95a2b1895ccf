"""Answer about the bot's application commands."""

from collections.abc import Iterator
from typing import Any

from tests.discord_server.errors import Problem, unknown
from tests.discord_server.limits.commands import command_list_problems
from tests.discord_server.rest.call import Answer, Call, Routes

routes = Routes()

_GLOBAL = "/applications/{application_id}/commands"
_OF_GUILD = "/applications/{application_id}/guilds/{guild_id}/commands"


def _list_limits(body: Any) -> Iterator[Problem]:
    return command_list_problems(body or [])


def _place(call: Call) -> int | None:
    if call.id("application_id") != call.platform.world.application_id:
        raise unknown("Application", 10002)
    return call.guild().id if "guild_id" in call.parameters else None


@routes.add("GET", _GLOBAL)
@routes.add("GET", _OF_GUILD)
async def list_commands(call: Call) -> Answer:
    return Answer(call.platform.commands.of_place(_place(call)))


@routes.add("PUT", _GLOBAL, _list_limits)
@routes.add("PUT", _OF_GUILD, _list_limits)
async def replace_commands(call: Call) -> Answer:
    commands = call.platform.commands.replace_all(_place(call), call.body or [])
    return Answer(commands)
