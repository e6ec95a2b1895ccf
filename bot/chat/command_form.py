"""Whether Discord's copy of the commands is the bot's own, whatever the spelling of defaults."""

from collections.abc import Iterable, Mapping
from typing import Any

Payload = Mapping[str, Any]

_VALUES = (
    "name",
    "name_localizations",
    "description",
    "description_localizations",
    "required",
    "nsfw",
    "min_length",
    "max_length",
)
# Discord fills these in where they are not given.
_FILLED_IN = ("contexts", "integration_types")


def is_current(ours: Iterable[Payload], theirs: Iterable[Payload]) -> bool:
    """Tell whether two lists hold the same commands, in any order."""
    wanted, present = _by_identity(ours), _by_identity(theirs)
    return wanted.keys() == present.keys() and all(
        _same(command, present[identity]) for identity, command in wanted.items()
    )


def _by_identity(commands: Iterable[Payload]) -> dict[tuple[int, str], Payload]:
    return {(command.get("type") or 1, command["name"]): command for command in commands}


def _same(ours: Payload, theirs: Payload) -> bool:
    compared = [key for key in _FILLED_IN if ours.get(key)]
    return _form(ours, compared) == _form(theirs, compared)


def _form(item: Payload, sets: Iterable[str] = ()) -> dict[str, Any]:
    """Reduce a command or option to what counts; empty, null, false and absent are one."""
    form = {key: item[key] for key in _VALUES if item.get(key)}
    form |= {key: sorted(item.get(key) or ()) for key in sets}
    permissions = item.get("default_member_permissions")
    # Sent as a number, given back as a string; "0" hides a command from all, null from nobody.
    form["permissions"] = None if permissions is None else int(permissions)
    form["type"] = item.get("type") or 1
    form["options"] = [_form(option) for option in item.get("options") or ()]
    return form
