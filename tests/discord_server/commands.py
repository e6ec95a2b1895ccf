"""Keep the application commands that the bot registered."""

from typing import Any

from tests.discord_server.command_kinds import CommandKind
from tests.discord_server.snowflakes import Snowflakes

Json = dict[str, Any]

_COPIED_KEYS = ("name_localizations", "description_localizations", "contexts")


class Commands:
    """Be the registered commands: global ones under None, a guild's own under its id."""

    def __init__(self, application_id: int, snowflakes: Snowflakes) -> None:
        self.creations = 0
        self._application_id = application_id
        self._snowflakes = snowflakes
        self._places: dict[int | None, list[Json]] = {}

    @property
    def are_registered(self) -> bool:
        """Whether the bot has registered any command anywhere."""
        return any(self._places.values())

    def of_place(self, guild_id: int | None = None) -> list[Json]:
        """Return the commands of a place as the API shows them."""
        return list(self._places.get(guild_id, []))

    def find(self, name: str, guild_id: int | None, kind: CommandKind = CommandKind.SLASH) -> Json | None:
        """Return the command that somebody in a guild finds under a name; a guild's own comes first."""
        for place in dict.fromkeys((guild_id, None)):
            for command in self._places.get(place, []):
                names = {command["name"], *(command.get("name_localizations") or {}).values()}
                if command["type"] == kind and name in names:
                    return command
        return None

    def replace_all(self, guild_id: int | None, bodies: list[Json]) -> list[Json]:
        """Make the given commands the only ones of a place; those that stay keep their ids."""
        self._places[guild_id] = [self._shown(guild_id, body) for body in bodies]
        return self.of_place(guild_id)

    def put(self, guild_id: int | None, body: Json) -> None:
        """Add a command that the bot itself has not put there."""
        self._places.setdefault(guild_id, []).append(self._shown(guild_id, body))

    def _twin(self, guild_id: int | None, body: Json) -> Json | None:
        wanted = (body["name"], body.get("type") or CommandKind.SLASH)
        places = self._places.get(guild_id, [])
        return next((command for command in places if (command["name"], command["type"]) == wanted), None)

    def _shown(self, guild_id: int | None, body: Json) -> Json:
        twin = self._twin(guild_id, body)
        if twin is None:
            self.creations += 1
        permissions = body.get("default_member_permissions")
        command: Json = {
            "id": str(self._snowflakes.next()) if twin is None else twin["id"],
            "application_id": str(self._application_id),
            "version": str(self._snowflakes.next()),
            "default_member_permissions": None if permissions is None else str(permissions),
            "type": int(body.get("type") or CommandKind.SLASH),
            "name": body["name"],
            "description": body.get("description") or "",
            "integration_types": body.get("integration_types") or [0],
            "nsfw": bool(body.get("nsfw")),
            **{key: body.get(key) for key in _COPIED_KEYS},
        }
        if body.get("options"):
            command["options"] = [_without_nulls(option) for option in body["options"]]
        if guild_id is not None:
            command["guild_id"] = str(guild_id)
        elif body.get("dm_permission") is not None:
            command["dm_permission"] = body["dm_permission"]
        return command


def _without_nulls(option: Json) -> Json:
    kept = {key: value for key, value in option.items() if value is not None}
    for key in ("options", "choices"):
        if key in kept:
            kept[key] = [_without_nulls(inner) for inner in kept[key]]
    return kept
