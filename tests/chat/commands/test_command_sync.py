from typing import Any

import pytest

from bot.chat.commands.command_sync import is_current

OURS: dict[str, Any] = {
    "name": "اسأل",
    "description": "اسأل، وأجيبك",
    "description_localizations": {"en-US": "Ask"},
    "type": 1,
    "nsfw": False,
    "dm_permission": True,
    "default_member_permissions": 32,
    "contexts": [0, 1],
    "integration_types": [0],
    "options": [
        {
            "name": "سؤال",
            "description": "سؤالك",
            "type": 3,
            "required": True,
            "choices": [{"name": "واحد", "name_localizations": {"en-US": "one"}, "value": "1"}],
        }
    ],
}
CHOICE: dict[str, Any] = OURS["options"][0]["choices"][0]
THEIRS: dict[str, Any] = OURS | {
    "id": "5",
    "version": "6",
    "application_id": "7",
    "default_member_permissions": "32",
    "name_localizations": None,
    "contexts": [1, 0],
    "dm_permission": None,
    "options": [OURS["options"][0] | {"autocomplete": False, "name_localizations": None}],
}


def test_spelling_of_defaults_is_no_change() -> None:
    assert is_current([OURS], [THEIRS])


def test_what_discord_fills_in_is_no_change() -> None:
    bare = {key: value for key, value in OURS.items() if key not in {"contexts", "integration_types", "type"}}
    assert is_current([bare], [THEIRS])


def test_order_is_no_change() -> None:
    other = OURS | {"name": "ask"}
    assert is_current([OURS, other], [other, THEIRS])


@pytest.mark.parametrize(
    "change",
    [
        {"name": "ask"},
        {"description": "غيره"},
        {"description_localizations": None},
        {"default_member_permissions": None},
        {"default_member_permissions": "0"},
        {"contexts": [0]},
        {"options": []},
        {"options": [OURS["options"][0] | {"required": False}]},
        {"options": [OURS["options"][0] | {"choices": []}]},
        {"options": [OURS["options"][0] | {"choices": [CHOICE | {"value": "2"}]}]},
        {"options": [OURS["options"][0] | {"choices": [CHOICE | {"name_localizations": None}]}]},
        {"nsfw": True},
        {"type": 2},
    ],
)
def test_every_real_change_is_seen(change: dict[str, Any]) -> None:
    assert not is_current([OURS], [THEIRS | change])


def test_additions_and_leftovers_are_seen() -> None:
    assert not is_current([OURS], [])
    assert not is_current([], [THEIRS])
    assert not is_current([OURS], [THEIRS, THEIRS | {"name": "قديم"}])
