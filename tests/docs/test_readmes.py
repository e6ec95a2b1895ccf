"""The first pages: README.md stays two screens long, and the Arabic one names what the bot shows as it is shown."""

import re
from collections.abc import Iterator

import pytest

from tests.chat.samples import ARABIC
from tests.docs.pages import Page
from tests.docs.slash_commands import GROUPS, OPTIONS, REGISTERED
from tests.e2e.program import ROOT

ENGLISH_PAGE, ARABIC_PAGE = Page(ROOT / "README.md"), Page(ROOT / "docs" / "README.ar.md")

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
    assert "docs/README.ar.md" in set(ENGLISH_PAGE.links())
    assert "../README.md" in set(ARABIC_PAGE.links())


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


@pytest.mark.parametrize("name", sorted(name for name in REGISTERED if "\u0620" <= name[0] <= "\u064a"))
def test_the_arabic_page_tells_of_every_command(name: str) -> None:
    assert re.search(rf"`/{re.escape(name)}[ `]", ARABIC_PAGE.prose)
