"""What `check` makes of the things found on Discord."""

from dataclasses import replace
from pathlib import Path

import pytest

from bot.arabic import Analyser
from bot.articles import BoilerplatePhrases
from bot.console.check import print_check
from bot.console.terminal import Terminal
from bot.edition import Edition, build_edition
from bot.settings import CONFIG
from bot.texts import CheckResult
from tests.chat.doubles import FIGURES, reloaded
from tests.console.command_line import ARABIC

START = replace(reloaded(), serving=replace(FIGURES, golden=None))
PHRASES = BoilerplatePhrases.read(CONFIG / "marks.toml")
FINE = CheckResult("check.token_fine", values={"name": "isnad"})
WRONG = CheckResult(
    "check.permissions_missing", is_problem=True, values={"guild": "جامعة", "permissions": "Embed Links"}
)


@pytest.fixture
def edition(coverage: Path) -> Edition:
    return build_edition(PHRASES, Analyser(), coverage)


@pytest.mark.parametrize(("findings", "code"), [([], 0), ([FINE], 0), ([WRONG], 2), ([FINE, WRONG, FINE], 2)])
def test_only_problems_make_the_check_fail(
    edition: Edition, capsys: pytest.CaptureFixture[str], findings: list[CheckResult], code: int
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
