"""The program in a terminal, with a person in front of it."""

import re
from itertools import islice, product

import pytest

from tests.console.command_line import ANSWERED, ARABIC
from tests.console.conftest import Write
from tests.console.pseudo_terminal import CTRL_C, CTRL_D, PseudoTerminal

PROMPT = ARABIC("console.prompt").strip()
WELCOME = "إسناد: مقالتان و3 فقرات."
GOODBYE = ARABIC("console.goodbye")


def test_a_conversation_from_welcome_to_goodbye() -> None:
    with PseudoTerminal("chat") as terminal:
        terminal.wait_for(PROMPT)
        terminal.type(f"{ANSWERED}\n\n")
        terminal.wait_for(PROMPT, times=3)
        terminal.type("خروج\n")
        assert terminal.ends() == 0
    plain = re.sub(r"\x1b\[[\d;]*m", "", terminal.screen)
    assert WELCOME in plain
    assert "«افتتحت البلدية المكتبة العامة" in plain
    assert plain.endswith(f"{GOODBYE}\n")
    assert "\x1b[" in terminal.screen


def test_a_question_may_lean_on_the_one_before() -> None:
    with PseudoTerminal("chat", NO_COLOR="1") as terminal:
        terminal.wait_for(PROMPT)
        terminal.type("وكم بلغت كلفتها؟\n")
        terminal.wait_for(ARABIC("refusal.incomplete"))
        for times, question in enumerate([ANSWERED, "شكرا", "وكم بلغت كلفتها؟", "وكم كتابا فيها؟"], 3):
            terminal.type(f"{question}\n")
            terminal.wait_for(PROMPT, times=times)
        terminal.type(CTRL_D)
        assert terminal.ends() == 0
    assert ARABIC("answer.follows", question=ANSWERED) in terminal.screen
    assert "12 مليون دينار" in terminal.screen.split(ARABIC("answer.follows", question=ANSWERED))[1]
    chained = ARABIC("answer.follows", question="وكم بلغت كلفة (افتتحت البلدية المكتبة العامة)؟")
    assert "ثمانين ألف كتاب" in terminal.screen.split(chained)[1]


@pytest.mark.parametrize("keys", [CTRL_D, CTRL_C, "exit\n", " Quit \n"], ids=["Ctrl-D", "Ctrl-C", "exit", "quit"])
def test_the_ways_to_leave(keys: str) -> None:
    with PseudoTerminal("chat", NO_COLOR="1") as terminal:
        terminal.wait_for(PROMPT)
        terminal.type(keys)
        # An interrupt between the prompt and the wait for keys shows at the next key only.
        assert terminal.ends(pressing=keys) == 0
    # Keys pressed once more on a slow machine may show behind it.
    assert f"{GOODBYE}\n" in terminal.screen
    assert "Traceback" not in terminal.screen


def test_no_color_is_no_escape_sequence_at_all() -> None:
    with PseudoTerminal("chat", NO_COLOR="1") as terminal:
        terminal.wait_for(PROMPT)
        terminal.type(f"{ANSWERED}\n")
        terminal.wait_for(PROMPT, times=2)
        terminal.type(CTRL_D)
        assert terminal.ends() == 0
    assert "«افتتحت البلدية المكتبة العامة" in terminal.screen
    assert "\x1b" not in terminal.screen


def test_bytes_that_are_no_text_do_not_end_a_conversation() -> None:
    with PseudoTerminal("chat", NO_COLOR="1", PYTHONIOENCODING="utf-8:strict") as terminal:
        terminal.wait_for(PROMPT)
        terminal.type(b"\xff\xd8 \xd9\n")
        terminal.wait_for(PROMPT, times=2)
        terminal.type(CTRL_D)
        assert terminal.ends() == 0
    assert GOODBYE in terminal.screen


def test_a_long_build_shows_a_bar_in_a_terminal_and_leaves_the_screen_clean(write: Write) -> None:
    write("many.jsonl", slow_coverage())
    with PseudoTerminal("ask", ANSWERED, "--json", "--corpus", "many.jsonl", pipe_out=True) as terminal:
        assert terminal.ends() in {0, 3}
    assert any(ARABIC(f"console.{stage}") in terminal.screen for stage in ("reading", "indexing"))
    assert "%" in terminal.screen


def test_ctrl_c_in_a_build_leaves_no_traceback(write: Write) -> None:
    write("many.jsonl", slow_coverage())
    with PseudoTerminal("ask", ANSWERED, "--corpus", "many.jsonl") as terminal:
        terminal.wait_for("%")
        terminal.type(CTRL_C)
        assert terminal.ends(pressing=CTRL_C) == 130
    assert "Traceback" not in terminal.screen


def slow_coverage() -> str:
    """Write articles that take seconds to index on any machine, since no word of theirs comes twice."""
    letters = "بتثجحخدذرزسشصضطظعغفقكلمنهوي"
    words = map("".join, product(letters, repeat=5))
    return "\n".join(
        f'{{"id": "{number}", "title": "خبر {number}", "paragraphs": ["{" ".join(islice(words, 60))}."]}}'
        for number in range(2000)
    )
