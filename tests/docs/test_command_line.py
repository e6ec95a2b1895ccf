"""The page of the command line has a section for each command, with all of its options, and all exit codes."""

import re

import pytest

from bot.console.argument_parser import Argument
from bot.console.command_arguments import COMMANDS
from tests.docs.pages import Page
from tests.e2e.program import ROOT

PAGE = Page(ROOT / "docs" / "command-line.md")
SECTIONS = dict(re.findall(r"^## (.+?)\n(.*?)(?=^## |\Z)", PAGE.text, re.MULTILINE | re.DOTALL))
COMMON = SECTIONS["For every command"]


def taken_by(command: str) -> set[str]:
    flat = (one for each in COMMANDS[command].taken for one in ((each,) if isinstance(each, Argument) else each))
    return {argument.name for argument in flat if argument.name.startswith("--")}


def test_sections_are_the_commands_in_their_order() -> None:
    assert [name for name in SECTIONS if name != "For every command"] == list(COMMANDS)


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_a_section_has_the_options_of_its_command_and_no_others(command: str) -> None:
    # Examples begin with the language, which stands before the command.
    written = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", SECTIONS[command])) - {"--language"}
    assert written == taken_by(command)


@pytest.mark.parametrize("flag", ["-h", "--help", "--language", "--version", "--corpus"])
def test_options_of_every_command_stand_together(flag: str) -> None:
    assert f"`{flag}" in COMMON


def test_all_exit_codes_are_explained() -> None:
    codes = {str(code) for command in COMMANDS.values() for code, _ in command.codes}
    assert codes == set(re.findall(r"^\| (\d+) \|", COMMON, re.MULTILINE))
