"""Fill in the options of a slash command as a client does."""

from collections.abc import Mapping
from typing import Any

from tests.discord_server.command_kinds import OptionKind
from tests.discord_server.entities import Guild, Role
from tests.discord_server.payloads.people import partial_member_payload, role_payload, user_payload
from tests.discord_server.payloads.places import channel_payload
from tests.discord_server.world import World

Json = dict[str, Any]


class OptionReader:
    """Turn a person's values into the options of one call, and collect what they point to."""

    def __init__(self, world: World, guild: Guild | None, focused: str | None, *, lenient: bool) -> None:
        self.resolved: dict[str, Json] = {}
        self._world = world
        self._guild = guild
        self._focused = focused
        self._lenient = lenient

    def read(self, options: list[Json], values: Mapping[str, Any]) -> list[Json]:
        """Return the filled options in the order of the command.

        Raises:
            LookupError: a value is for no option, or a required option has none.
            ValueError: a value is not of its option's kind or outside its bounds.
        """
        # Whoever types into an option has at least nothing in it so far.
        left = dict(values) if self._focused is None else {self._focused: "", **values}
        filled = []
        for option in options:
            given = names_of(option) & left.keys()
            if given:
                filled.append(self._fill(option, left.pop(given.pop())))
            elif option.get("required") and self._focused is None and not self._lenient:
                raise LookupError(f"the option {option['name']!r} is required")
        if left:
            known = ", ".join(option["name"] for option in options)
            raise LookupError(f"no option {', '.join(left)}; there are: {known or 'none'}")
        return filled

    def _fill(self, option: Json, value: Any) -> Json:
        filled: Json = {"type": option["type"], "name": option["name"]}
        if self._focused in names_of(option):
            if not option.get("autocomplete"):
                raise ValueError(f"{option['name']!r} offers no choices while somebody types")
            return filled | {"value": str(value), "focused": True}
        filled["value"] = self._converted(option, value)
        # What else was filled in so far travels unchecked with what is being typed.
        if not self._lenient and self._focused is None:
            _check_bounds(option, filled["value"])
        return filled

    def _converted(self, option: Json, value: Any) -> Any:
        match option["type"]:
            case OptionKind.USER | OptionKind.CHANNEL | OptionKind.ROLE | OptionKind.MENTIONABLE as kind:
                return self._pointed(kind, value)
            case OptionKind.TEXT:
                return str(value).strip()
            case OptionKind.INTEGER:
                return int(value)
            case OptionKind.NUMBER:
                return float(value)
            case OptionKind.BOOLEAN if isinstance(value, str):
                return value.lower() in {"true", "yes", "نعم"}
        return value

    def _pointed(self, kind: int, value: Any) -> str:
        if kind == OptionKind.CHANNEL:
            channel = self._world.channel(value)
            return self._point("channels", channel.id, channel_payload(channel) | {"permissions": "0"})
        if kind == OptionKind.ROLE or isinstance(value, Role):
            return self._role(value)
        return self._user(value)

    def _user(self, value: Any) -> str:
        user = self._world.user(value)
        member = self._guild.members.get(user.id) if self._guild else None
        if member is not None:
            self._point("members", user.id, partial_member_payload(member) | {"permissions": "0"})
        return self._point("users", user.id, user_payload(user))

    def _role(self, value: Any) -> str:
        if self._guild is None:
            raise LookupError("there are no roles in a direct conversation")
        role = value if isinstance(value, Role) else self._world.role(str(value), self._guild)
        return self._point("roles", role.id, role_payload(role))

    def _point(self, kind: str, identifier: int, payload: Json) -> str:
        self.resolved.setdefault(kind, {})[str(identifier)] = payload
        return str(identifier)


def names_of(thing: Json) -> set[str]:
    """Return every name, in whatever language, by which a person finds a command or an option."""
    return {thing["name"], *(thing.get("name_localizations") or {}).values()}


def _check_bounds(option: Json, value: Any) -> None:
    size = len(value) if option["type"] == OptionKind.TEXT else value
    bounds = ("min_length", "max_length") if option["type"] == OptionKind.TEXT else ("min_value", "max_value")
    lower, upper = (option.get(bound) for bound in bounds)
    if (lower is not None and size < lower) or (upper is not None and size > upper):
        raise ValueError(f"{option['name']!r} must lie between {lower} and {upper}")
    if option.get("choices") and value not in {choice["value"] for choice in option["choices"]}:
        raise ValueError(f"{value!r} is not a choice of {option['name']!r}")
