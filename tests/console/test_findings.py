"""What `check` makes of the things found on Discord."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from bot.arabic import Analyser
from bot.articles import BoilerplatePhrases
from bot.console import Terminal, print_check
from bot.edition import Edition, build_edition
from bot.settings import CONFIG
from tests.chat.doubles import report as reload_report
from tests.console.command_line import ARABIC


@dataclass(frozen=True)
class Found:
    key: str
    is_problem: bool = False
    values: Mapping[str, object] = field(default_factory=dict)


START = replace(reload_report(), golden=None)
PHRASES = BoilerplatePhrases.read(CONFIG / "marks.toml")
FINE = Found("check.token_fine", values={"name": "isnad"})
WRONG = Found("check.permissions_missing", is_problem=True, values={"guild": "جامعة", "permissions": "Embed Links"})


@pytest.fixture
def edition(coverage: Path) -> Edition:
    return build_edition(PHRASES, Analyser(), coverage)


@pytest.mark.parametrize(("findings", "code"), [([], 0), ([FINE], 0), ([WRONG], 2), ([FINE, WRONG, FINE], 2)])
def test_only_problems_make_the_check_fail(
    edition: Edition, capsys: pytest.CaptureFixture[str], findings: list[Found], code: int
) -> None:
    assert print_check(edition, START, findings, Terminal(ARABIC), PHRASES) == code
    out, err = capsys.readouterr()
    assert err.splitlines() == [ARABIC(found.key, **found.values) for found in findings if found.is_problem]
    # Above it settings, corpus, no golden questions, the one article without a date, and the two of few words.
    assert out.splitlines()[5:] == [ARABIC(found.key, **found.values) for found in findings if not found.is_problem]


def test_without_a_token_there_is_a_word_about_it_and_no_problem(
    edition: Edition, capsys: pytest.CaptureFixture[str]
) -> None:
    assert print_check(edition, START, None, Terminal(ARABIC), PHRASES) == 0
    assert capsys.readouterr().err == ARABIC("check.no_token") + "\n"
