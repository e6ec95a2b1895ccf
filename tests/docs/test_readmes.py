"""The first pages: README.md stays two screens long, and README.ar.md names what the bot shows as the bot shows it."""

import re
from collections.abc import Iterator, Mapping
from typing import Any, cast
from unittest.mock import Mock

import pytest
from discord import app_commands

from bot.chat.commands.command_list import all_commands
from bot.chat.commands.translations import CommandTranslations
from bot.settings import CONFIG
from bot.texts import Texts
from tests.docs.pages import Page
from tests.e2e.program import ROOT

ENGLISH_PAGE, ARABIC_PAGE = Page(ROOT / "README.md"), Page(ROOT / "README.ar.md")
ARABIC, ENGLISH = (Texts.read(CONFIG / "texts", language) for language in ("ar", "en"))

# Two screens, in which a line is as wide as the code's.
MOST_LINES, MOST_CHARACTERS = 150, 125
# A text of fewer words beside its placeholders, such as "{name}: {number}", would fit what the bot never says.
LEAST_WORDS = 3

_CODE = re.compile(r"`([^`\n]+)`")
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_PLACEHOLDER = re.compile(r"\{\w+\}")
_MARKS = re.compile("[\u2066-\u2069`]")


def test_readme_is_two_screens_long() -> None:
    lines = ENGLISH_PAGE.text.splitlines()
    assert len(lines) <= MOST_LINES
    assert [line for line in lines if len(line) > MOST_CHARACTERS] == []


def test_readme_has_one_picture() -> None:
    assert len(re.findall(r"<img |!\[", ENGLISH_PAGE.text)) == 1


def test_each_readme_leads_to_the_other() -> None:
    assert "README.ar.md" in set(ENGLISH_PAGE.links())
    assert "README.md" in set(ARABIC_PAGE.links())


def shown_patterns() -> Iterator[re.Pattern[str]]:
    """Yield what matches each line that the bot may show, whatever stands in its placeholders."""
    texts = [*ARABIC.entries.values(), *(form for forms in ARABIC.plurals.values() for form in forms.values())]
    for line in "\n".join(texts).splitlines():
        fixed = _PLACEHOLDER.split(_MARKS.sub("", line))
        if len(fixed) == 1 or len(" ".join(fixed).split()) >= LEAST_WORDS:
            yield re.compile(".+".join(map(re.escape, fixed)))


PATTERNS = list(shown_patterns())


def is_shown(words: str) -> bool:
    return any(pattern.fullmatch(words) for pattern in PATTERNS)


@pytest.mark.parametrize("words", sorted(set(_BOLD.findall(ARABIC_PAGE.prose))))
def test_what_is_bold_is_what_the_bot_shows(words: str) -> None:
    assert is_shown(words)


@pytest.mark.parametrize("words", ["السياقات", "أخبرني", "عذراً، ليس في المقالات شيء.", "كلمة: كلمة"])
def test_what_the_bot_never_shows_would_be_noticed(words: str) -> None:
    assert not is_shown(words)


def registered() -> Mapping[str, frozenset[str]]:
    """Return the options of every slash command by its name, Arabic and English; a group's stand behind its name."""
    options: dict[str, frozenset[str]] = {}
    for command in all_commands(cast("Any", Mock()), cast("Any", Mock()), CommandTranslations()):
        for one in command.commands if isinstance(command, app_commands.Group) else [command]:
            if isinstance(one, app_commands.Command):
                for texts in (ARABIC, ENGLISH):
                    names = [named(part, texts) for part in (one.parent, one) if part is not None]
                    options[" ".join(names)] = frozenset(str(option.display_name) for option in one.parameters)
    return options


def named(command: Any, texts: Texts) -> str:
    """Name a command in a language; `/ask` and `/اسأل` are two commands, and each has one name."""
    key = command._locale_name.extras.get("key") if command._locale_name else None
    return texts(key) if key else str(command.name)


REGISTERED = registered()
GROUPS = {name.split()[0] for name in REGISTERED if " " in name}
OPTIONS = frozenset[str]().union(*REGISTERED.values())


def is_command(span: str) -> bool:
    """Tell whether `/command option:` names a command, with the option where it names one."""
    words = span.removeprefix("/").split()
    options = [word.removesuffix(":") for word in words if word.endswith(":")]
    command = " ".join(word for word in words if not word.endswith(":"))
    return (command in GROUPS and not options) or (command in REGISTERED and set(options) <= REGISTERED[command])


@pytest.mark.parametrize("span", sorted({span for span in _CODE.findall(ARABIC_PAGE.prose) if span.startswith("/")}))
def test_every_command_of_the_arabic_page_is_registered(span: str) -> None:
    assert is_command(span)


@pytest.mark.parametrize(
    "span", ["/اسال", "/اسأل سوال:", "/التغطية حال", "/الحال", "/التغطية القناة:", "/تسلسل عنوان:"]
)
def test_a_command_that_nobody_registered_would_be_noticed(span: str) -> None:
    assert not is_command(span)


def test_every_option_of_the_arabic_page_is_registered() -> None:
    spans = {span for span in _CODE.findall(ARABIC_PAGE.prose) if not span.startswith("/") and not span.isascii()}
    assert spans
    assert spans <= OPTIONS


@pytest.mark.parametrize("name", sorted(name for name in REGISTERED if not name.isascii()))
def test_the_arabic_page_tells_of_every_command(name: str) -> None:
    assert re.search(rf"`/{re.escape(name)}[ `]", ARABIC_PAGE.prose)
