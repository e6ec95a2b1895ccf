"""Read typed lines as calls of the registered commands, and as what fills in a form."""

import re
import shlex
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from tests.discord_server.command_kinds import LEVELS, CommandKind
from tests.discord_server.commands import Commands
from tests.discord_server.component_kinds import ComponentKind, every_component
from tests.discord_server.interactions import Interaction
from tests.discord_server.invocation import names_of

Json = dict[str, Any]
Options = dict[str, str]
_NAMED = re.compile(r"(?P<name>[-\w]+)=(?P<value>.*)", re.DOTALL)


class TypedCalls:
    """Know the commands of a place by what somebody types."""

    def __init__(self, commands: Commands, guild_id: int | None) -> None:
        self._commands = commands
        self._guild_id = guild_id

    @property
    def all(self) -> list[Json]:
        """Return every command of the place."""
        places = dict.fromkeys((None, self._guild_id))
        return [command for place in places for command in self._commands.of_place(place)]

    def slash(self, line: str) -> tuple[str, Options]:
        """Return the command that a line names, and its options; words before all of them fill the first one left."""
        path, words = self._parted(shlex.split(line))
        free, options = _free_and_named(words)
        left = [o["name"] for o in self._level(path).get("options", []) if not names_of(o) & options.keys()]
        return " ".join(path), options | ({left[0]: free} if free and left else {})

    def completion(self, line: str) -> tuple[str, Options, str]:
        """Return the command, the options so far and the option that is being typed, which comes last.

        A line that names no command means the one that completes such an option.

        Raises:
            LookupError: there is no option being typed, or no command that completes it.
        """
        path, words = self._parted(shlex.split(line.removeprefix("/")))
        _, options = _free_and_named(words)
        if not options:
            raise LookupError("what is being typed? option=text")
        focused = list(options)[-1]
        paths = [path] if path else list(self._completing(focused))
        if not paths:
            raise LookupError(f"no command completes {focused!r}")
        return " ".join(paths[0]), options, focused

    def menu(self, name: str) -> str:
        """Return the name of a message menu that somebody names by its number or any of its names.

        Raises:
            LookupError: there is no such menu; the error lists those that there are.
        """
        menus = [command for command in self.all if command["type"] == CommandKind.MESSAGE]
        for number, menu in enumerate(menus, start=1):
            if name in {str(number), *names_of(menu)}:
                return str(menu["name"])
        listed = " · ".join(f"{number} {menu['name']}" for number, menu in enumerate(menus, start=1))
        raise LookupError(f"menus: {listed or 'none'}")

    def _parted(self, words: list[str]) -> tuple[list[str], list[str]]:
        """Part the names of a command and its subcommands from what follows them."""
        count = 1 if words and not _NAMED.fullmatch(words[0]) else 0
        while 0 < count < len(words):
            level = self._level(words[:count])
            if not any(o["type"] in LEVELS and words[count] in names_of(o) for o in level.get("options", [])):
                break
            count += 1
        return words[:count], words[count:]

    def _level(self, path: list[str]) -> Json:
        level = self._commands.find(path[0], self._guild_id) or {}
        for name in path[1:]:
            level = next(option for option in level["options"] if name in names_of(option))
        return level

    def _completing(self, option: str) -> Iterator[list[str]]:
        for command in self.all:
            yield from _paths_to(command, option)


def typed_fields(text: str, names: Collection[str]) -> Options:
    """Return the values of a form's fields, each of which reaches to the next `name=`.

    A backslash and an n stand for a new line, which nobody can type.

    Raises:
        LookupError: the text does not begin with a field; the error lists those that there are.
    """
    free, named = _free_and_named(text.split(), names)
    if free or not named:
        raise LookupError(" ".join(f"{name}=" for name in names))
    return {name: value.replace("\\n", "\n") for name, value in named.items()}


def _paths_to(level: Json, option: str) -> Iterator[list[str]]:
    for inner in level.get("options", []):
        if inner["type"] in LEVELS:
            yield from ([level["name"], *rest] for rest in _paths_to(inner, option))
        elif inner.get("autocomplete") and option in names_of(inner):
            yield [level["name"]]


def _free_and_named(words: list[str], names: Collection[str] | None = None) -> tuple[str, Options]:
    """Part words at each `name=`, of these names or of any, up to the next of which all words are its value."""
    free: list[str] = []
    named: dict[str, list[str]] = {}
    value = free
    for word in words:
        found = _NAMED.fullmatch(word)
        begins = found if found and (names is None or found["name"] in names) else None
        if begins:
            value = named[begins["name"]] = []
        value.append(begins["value"] if begins else word)
    return " ".join(free), {name: " ".join(value) for name, value in named.items()}


@dataclass(frozen=True)
class TypedForm:
    """Be the form that an interaction has opened; only its text fields can be typed."""

    interaction: Interaction

    @property
    def title(self) -> str:
        """Return what stands above the form."""
        return str(self._modal["title"])

    @property
    def names(self) -> list[str]:
        """Return the fields' names, in the order in which they stand."""
        return [field["custom_id"] for _, field in self._fields()]

    def lines(self, texts: Mapping[str, str]) -> Iterator[str]:
        """Yield the title, each field with its label and what it holds, and how to fill it in."""
        yield texts["form"].format(title=self.title)
        for around, field in self._fields():
            required = f" ({texts['required']})" if field.get("required", True) else ""
            label = around.get("label") or field.get("label", "")
            yield f"  {field['custom_id']}={field.get('value') or ''}  — {label}{required}"
        yield texts["fill"].format(fields=" ".join(f"{name}=…" for name in self.names))

    def filled(self, text: str) -> dict[str, str]:
        """Return every field's value: what is typed as `name=value`, else what it held.

        Raises:
            LookupError: the text names no field.
        """
        held = {field["custom_id"]: field.get("value") or "" for _, field in self._fields()}
        return held | typed_fields(text, self.names)

    @property
    def _modal(self) -> Json:
        return self.interaction.modal or {"title": "", "components": []}

    def _fields(self) -> Iterator[tuple[Json, Json]]:
        """Yield each text field behind what stands around it, which may have its label."""
        for around in self._modal["components"]:
            for component in every_component([around]):
                if component["type"] == ComponentKind.TEXT_INPUT:
                    yield around, component
