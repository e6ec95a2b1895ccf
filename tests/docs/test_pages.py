"""What the pages say is there: their links and commands; and every page is reached, every list of words explained."""

import argparse
import re
import shlex
from collections.abc import Iterator
from itertools import takewhile

import pytest

from bot.console.arguments import parse_arguments
from bot.settings import CONFIG
from tests.docs.pages import Page, pages
from tests.e2e.program import ROOT

PAGES = pages()
# As `wc -w docs/*.md` counts them, signs of tables among them.
MOST_WORDS = 30_000
TARGETS = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Page) -> None:
    for target in page.links():
        if "://" in target:
            continue
        place, _, anchor = target.partition("#")
        path = (page.path.parent / place).resolve() if place else page.path
        assert path.exists(), target
        if anchor:
            assert anchor in Page(path).anchors(), target


def commands() -> Iterator[tuple[str, str]]:
    for page in PAGES:
        for line in page.terminal_lines():
            yield page.name, line


@pytest.mark.parametrize(("page", "line"), list(commands()))
def test_every_command_can_be_given(page: str, line: str) -> None:
    words = [word for word in shlex.split(line, comments=True) if "=" not in word or word.startswith("-")]
    if words[:1] == ["make"]:
        assert set(words[1:]) <= TARGETS, page
    if "bot" in words and words[words.index("bot") - 1] == "-m":
        arguments = words[words.index("bot") + 1 :]
        given = list(takewhile(lambda word: word not in {"<", ">", "|"}, arguments))
        try:
            parse_arguments(given)
        except (SystemExit, argparse.ArgumentError) as error:
            pytest.fail(f"{page}: {line}: {error}")


def test_every_page_of_docs_is_reached_from_the_readme() -> None:
    seen: set[str] = set()
    pending = [Page(ROOT / "README.md")]
    while pending:
        page = pending.pop()
        seen.add(page.name)
        for target in page.links():
            place = (page.path.parent / target.partition("#")[0]).resolve()
            if "://" not in target and place.suffix == ".md" and place.relative_to(ROOT).as_posix() not in seen:
                pending.append(Page(place))
    assert {page.name for page in PAGES if page.name.startswith("docs/")} <= seen


def test_the_pages_stay_short() -> None:
    words = sum(len(page.text.split()) for page in PAGES if page.name.startswith("docs/"))
    assert words <= MOST_WORDS


def test_every_list_of_config_is_explained() -> None:
    files = {f"{file.name}/" if file.is_dir() else file.name for file in CONFIG.iterdir()}
    [table] = re.findall(
        r"^## The lists\n(.*?)^## ", Page(ROOT / "docs" / "answering.md").text, re.MULTILINE | re.DOTALL
    )
    assert set(re.findall(r"`([a-z_]+(?:\.toml|\.tsv|/))`", table)) - {"config/"} == files


# The page in Arabic says it in its third paragraph.
@pytest.mark.parametrize(
    "page",
    [page for page in PAGES if page.name.startswith("docs/") and page.name != "docs/README.ar.md"],
    ids=lambda page: page.name,
)
def test_a_page_begins_with_whom_it_is_for(page: Page) -> None:
    assert re.match(r"# (?:For [a-z]|.+\n\nFor [a-z])", page.text)
