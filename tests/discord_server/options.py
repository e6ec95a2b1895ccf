"""Fill in the options of a slash command as a client does."""

from collections.abc import Mapping
from typing import Any

from tests.discord_server.command_kinds import OptionKind
from tests.discord_server.payloads.places import channel_payload
from tests.discord_server.world import World

Json = dict[str, Any]


class OptionReader:
    """Turn a person's values into the options of one call, and collect what they point to."""

    def __init__(self, world: World, focused: str | None, *, lenient: bool) -> None:
        self.resolved: dict[str, Json] = {}
        self._world = world
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
            case OptionKind.CHANNEL:
                return self._channel(value)
            case OptionKind.TEXT:
                return str(value).strip()
            case OptionKind.INTEGER:
                return int(value)
            case OptionKind.BOOLEAN if isinstance(value, str):
                return value.lower() in {"true", "yes", "نعم"}
        return value

    def _channel(self, value: Any) -> str:
        channel = self._world.channel(value)
        payload = channel_payload(channel) | {"permissions": "0"}
        self.resolved.setdefault("channels", {})[str(channel.id)] = payload
        return str(channel.id)


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
