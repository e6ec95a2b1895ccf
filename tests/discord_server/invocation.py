"""Do what a person's client does before it sends a command: find it, check it, fill in its options."""

from collections.abc import Mapping
from typing import Any

from tests.discord_server.command_kinds import LEVELS, CommandKind, Context, OptionKind
from tests.discord_server.commands import Commands
from tests.discord_server.draft import Upload
from tests.discord_server.entities import Channel, User
from tests.discord_server.files import Files
from tests.discord_server.installations import Owners, command_owners, context_of
from tests.discord_server.payloads.places import channel_payload
from tests.discord_server.permissions import ALL_PERMISSIONS, Permission
from tests.discord_server.world import World

Json = dict[str, Any]


class CommandUnavailable(Exception):  # noqa: N818
    """Say why a client would not let somebody send this."""


class CommandHidden(CommandUnavailable):
    """Say that somebody lacks the permissions for a command, and who has them."""

    def __init__(self, message: str, seen_by: tuple[User, ...]) -> None:
        super().__init__(message)
        self.seen_by = seen_by


class OptionReader:
    """Turn a person's values into the options of one call, and collect what they point to."""

    def __init__(self, world: World, files: Files, focused: str | None, *, lenient: bool) -> None:
        self.resolved: dict[str, Json] = {}
        self._world = world
        self._files = files
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
            case OptionKind.ATTACHMENT:
                return self._attachment(value)
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

    def _attachment(self, value: Any) -> str:
        if not isinstance(value, Upload):
            raise ValueError(f"{value!r} is no file")  # noqa: TRY004 (as all that no option takes)
        payload: Json = self._files.add(value, value.told_size) | {"ephemeral": True}
        self.resolved.setdefault("attachments", {})[payload["id"]] = payload
        return str(payload["id"])


class Invocation:
    """Build what a client sends for a command that somebody calls in a channel."""

    def __init__(  # noqa: PLR0913 (who calls what, where, and with which files)
        self, world: World, commands: Commands, files: Files, author: User, channel: Channel, *, force: bool
    ) -> None:
        self._world = world
        self._commands = commands
        self._files = files
        self.author = author
        self.channel = channel
        self.owners: Owners = {}
        self._force = force

    def slash(self, words: str, options: Mapping[str, Any], focused: str | None = None) -> Json:
        """Return the data of a slash command; `words` names the command and the subcommands below it.

        Raises:
            CommandUnavailable: the command is not there, not for this person, or filled in wrongly.
        """
        name, *path = words.removeprefix("/").split()
        command = self._find(name, CommandKind.SLASH)
        reader = OptionReader(self._world, self._files, focused, lenient=self._force)
        data = _base(command)
        try:
            filled = self._descend(command, path, options, reader)
        except (LookupError, ValueError) as error:
            raise CommandUnavailable(f"/{words}: {error}") from error
        data |= {"options": filled} if filled else {}
        return data | ({"resolved": reader.resolved} if reader.resolved else {})

    def menu(self, name: str, target_id: int, resolved: Json) -> Json:
        """Return the data of a command in the context menu of a message."""
        return _base(self._find(name, CommandKind.MESSAGE)) | {"target_id": str(target_id), "resolved": resolved}

    def _descend(self, level: Json, path: list[str], values: Mapping[str, Any], reader: OptionReader) -> list[Json]:
        options: list[Json] = level.get("options") or []
        below = [option for option in options if option["type"] in LEVELS]
        if not below and not path:
            return reader.read(options, values)
        if not path:
            raise LookupError(f"{level['name']} needs one of its subcommands")
        chosen = next((option for option in below if path[0] in names_of(option)), None)
        if chosen is None:
            raise LookupError(f"no subcommand {path[0]!r} below {level['name']!r}")
        inner = self._descend(chosen, path[1:], values, reader)
        return [{"type": chosen["type"], "name": chosen["name"], "options": inner}]

    def _find(self, name: str, kind: CommandKind) -> Json:
        command = self._commands.find(name, self.channel.guild_id, kind)
        if command is None:
            known = ", ".join(
                c["name"] for c in self._commands.of_place() + self._commands.of_place(self.channel.guild_id)
            )
            raise CommandUnavailable(f"{name!r} is not registered; registered: {known or 'nothing'}")
        self.owners = command_owners(command, self.channel, self.author, self._world)
        if not self.owners:
            raise CommandUnavailable(f"{command['name']!r} is installed neither here nor by {self.author.display_name}")
        if not self._force:
            self._check_place(command)
            self._check_permissions(command)
        return command

    def _check_place(self, command: Json) -> None:
        context = context_of(self.channel)
        contexts = command.get("contexts")
        if contexts is None:
            allowed = context is not Context.BOT_DIRECT or command.get("dm_permission", True)
        else:
            allowed = context in contexts
        if not allowed:
            raise CommandUnavailable(f"{command['name']!r} is not for this kind of place")

    def _check_permissions(self, command: Json) -> None:
        held = self._world.permissions(self.channel, self.author)
        if not held & Permission.USE_APPLICATION_COMMANDS:
            raise CommandUnavailable(f"{self.author.display_name} may not use commands here")
        needed = command["default_member_permissions"]
        if needed is None or self.channel.guild_id is None or held == ALL_PERMISSIONS:
            return
        if not _suffices(held, int(needed)):
            people = self._world.people_in(self.channel)
            seen_by = (u for u in people if _suffices(self._world.permissions(self.channel, u), int(needed)))
            message = f"{self.author.display_name} does not see {command['name']!r}"
            raise CommandHidden(message, tuple(user for user in seen_by if user is not self._world.bot))


def _suffices(held: int, needed: int) -> bool:
    """Tell whether permissions are enough; 0 asks for none by name and so leaves a command to administrators."""
    return held == ALL_PERMISSIONS or (needed != 0 and held & needed == needed)


def _base(command: Json) -> Json:
    data = {"id": command["id"], "name": command["name"], "type": command["type"]}
    return data | ({"guild_id": command["guild_id"]} if "guild_id" in command else {})


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
