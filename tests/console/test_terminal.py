"""The program in a terminal, with a person in front of it."""

import re
from collections.abc import Callable
from itertools import islice, product
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from tests.console.command_line import ANSWERED, ARABIC, ENGLISH, REFUSED, CommandLine, Finished
from tests.console.conftest import LIBRARY, Write
from tests.console.pseudo_terminal import CTRL_C, CTRL_D, DOWN, LEFT, UP, PseudoTerminal

# Those that are fresh are about what Python does at its start and at its end.
pytestmark = pytest.mark.usefixtures("forked_terminals")
PROMPT = ARABIC("console.prompt").strip()
WELCOME = "إسناد: مقالتان و3 فقرات."
GOODBYE = ARABIC("console.goodbye")
# They take longer to index than the bar waits before it shows, on any machine.
SLOW_ARTICLES = 1200


def screen_after(*lines: str | bytes, **environment: Any) -> str:
    """Type lines into a conversation, each when the one before is answered, and return the screen at its end."""
    with PseudoTerminal("chat", **{"NO_COLOR": "1", **environment}) as terminal:
        for times, line in enumerate(lines, 1):
            terminal.wait_for(PROMPT, times=times)
            terminal.type(line + b"\n" if isinstance(line, bytes) else f"{line}\n")
        terminal.wait_for(PROMPT, times=len(lines) + 1)
        terminal.type(CTRL_D)
        assert terminal.ends() == 0
    return terminal.screen


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
    screen = screen_after("وكم بلغت كلفتها؟", ANSWERED, "شكرا", "وكم بلغت كلفتها؟", "وكم كتابا فيها؟")
    refused, behind, *_ = screen.split(ARABIC("answer.follows", question=ANSWERED))
    assert ARABIC("refusal.incomplete") in refused
    assert behind.index(ARABIC("answer.direct", answer="12 مليون دينار")) < behind.index("«")
    chained = ARABIC("answer.follows", question=f"{ANSWERED}{ARABIC('answer.then')}وكم بلغت كلفتها؟")
    assert "ثمانين ألف كتاب" in screen.split(chained)[1]


@pytest.mark.parametrize("keys", [CTRL_D, "خروج\n", "exit\n", " Quit \n"], ids=["Ctrl-D", "خروج", "exit", "quit"])
def test_the_ways_to_leave(keys: str) -> None:
    with PseudoTerminal("chat", NO_COLOR="1") as terminal:
        terminal.wait_for(PROMPT)
        terminal.type(keys)
        assert terminal.ends() == 0
    assert terminal.screen.endswith(f"{GOODBYE}\n")


def test_ctrl_c_clears_the_line(directory: Path) -> None:
    with PseudoTerminal("chat", NO_COLOR="1") as terminal:
        terminal.wait_for(PROMPT)
        terminal.type("من اخترع")
        terminal.wait_for("من اخترع")
        # Python overhears a Ctrl-C between the echo of a key and its wait for the next one, until that comes.
        terminal.type(CTRL_C)
        terminal.wait_for(PROMPT, times=2, pressing=CTRL_C)
        terminal.type(f"{ANSWERED}\nexit\n")
        assert terminal.ends() == 0
    assert "«افتتحت البلدية المكتبة العامة" in terminal.screen
    assert kept(directory) == [ANSWERED]


def test_a_space_stands_behind_the_prompt_and_an_empty_line_behind_each_answer() -> None:
    welcome, *turns, goodbye = screen_after(ANSWERED, REFUSED).split(f"{PROMPT} ")
    assert welcome.startswith(WELCOME)
    assert [turn.split("\n")[0] for turn in turns] == [ANSWERED, REFUSED]
    assert all(turn.endswith("\n\n") for turn in turns)
    assert goodbye == f"\n{GOODBYE}\n"


def test_arrow_keys_edit_the_line_and_bring_back_earlier_ones(directory: Path) -> None:
    screen = screen_after(REFUSED, f"{ANSWERED[:-2]}؟{LEFT}ة", f"{UP}{UP}{DOWN}")
    assert screen.count("«افتتحت البلدية المكتبة العامة") == 2
    assert "[A" not in screen
    assert kept(directory) == [REFUSED, ANSWERED, ANSWERED]
    assert ARABIC("refusal.off_topic") in screen_after(f"{UP}{UP}{UP}")


@pytest.mark.parametrize("name", ["C", *(pytest.param(name, marks=pytest.mark.slow) for name in ("POSIX", "C.UTF-8"))])
def test_letters_are_letters_whatever_the_locale(directory: Path, name: str) -> None:
    write_history(directory, REFUSED)
    screen_after(f"{ANSWERED[:-1]}كة\x7f\x7f؟", LC_ALL=name, is_fresh=True)
    assert kept(directory) == [REFUSED, ANSWERED]


def test_where_lines_cannot_be_edited_an_arrow_key_is_no_question(directory: Path) -> None:
    screen_after(f"{UP}{LEFT}", f"{UP}{ANSWERED}", pipe_out=True)
    assert kept(directory) == [ANSWERED]


def test_the_history_is_its_owners_alone_bounded_and_of_no_pipe(
    run_forked: Callable[..., Finished], directory: Path
) -> None:
    run_forked("chat", stdin=ANSWERED)
    assert not history(directory).exists()
    earlier = [f"سؤال {number}" for number in range(2000)]
    write_history(directory, *earlier)
    screen_after(REFUSED)
    assert kept(directory) == [*earlier[1500:], REFUSED]
    assert history(directory).stat().st_mode & 0o777 == 0o600


def test_a_history_that_cannot_be_kept_hinders_nothing(directory: Path) -> None:
    screen = screen_after(ANSWERED, CORPUS_CACHE=str(directory / "coverage" / "library.md"))
    assert "«افتتحت البلدية المكتبة العامة" in screen


def test_what_is_typed_early_is_asked(write: Write) -> None:
    write("many.jsonl", slow_coverage())
    with PseudoTerminal("chat", "--corpus", "many.jsonl", NO_COLOR="1") as terminal:
        terminal.wait_for("%")
        terminal.type(f"{ANSWERED}\nexit\n")
        assert terminal.ends() == 0
    assert any(ARABIC(f"console.{stage}") in terminal.screen for stage in ("reading", "indexing"))
    assert f"{PROMPT} {ANSWERED}\n" in terminal.screen.split(ARABIC("counted.articles", count=SLOW_ARTICLES))[1]


def test_the_newest_articles_are_listed_on_a_word() -> None:
    assert screen_after("المقالات").split("المقالات\n")[1].split("\n")[:2] == [
        "2026-03-09  افتتاح المكتبة العامة في المدينة القديمة · صحيفة الضفة",
        "—           إغلاق الجسر القديم لأعمال الصيانة",
    ]


@pytest.mark.parametrize(("word", "is_told"), [("مساعدة", True), ("help", True), ("مرحبا", False)])
def test_help_tells_of_the_words_of_the_terminal(word: str, *, is_told: bool) -> None:
    assert (f"{ARABIC('console.help')}\n" in screen_after(word)) is is_told


@pytest.mark.parametrize("columns", [40, 80, 120])
@pytest.mark.parametrize("language", ["ar", "en"])
def test_lines_break_at_words(write: Write, isnad: CommandLine, columns: int, language: str) -> None:
    link = "https://news.example/" + "%D9%85%D9%83%D8%AA%D8%A8%D8%A9-" * 3 + "%20a"
    write("coverage/library.md", LIBRARY.replace("https://news.example/library", link))
    plain = isnad("ask", ANSWERED, "--language", language).out
    with PseudoTerminal("ask", ANSWERED, "--language", language, columns=columns, NO_COLOR="1") as terminal:
        assert terminal.ends() == 0
    assert link in plain
    assert terminal.screen.split() == plain.replace(link, f"https://news.example/{'مكتبة-' * 3}%20a").split()
    lines = [line for line in terminal.screen.splitlines() if "https" not in line]
    assert max(map(cell_len, lines)) <= columns
    # The place of the last quote stands on one line.
    place = (ARABIC if language == "ar" else ENGLISH)("answer.paragraph", number=1)
    assert any(place in line for line in lines)


def test_no_color_is_no_escape_sequence_at_all() -> None:
    screen = screen_after(ANSWERED)
    assert "«افتتحت البلدية المكتبة العامة" in screen
    assert "\x1b" not in screen


@pytest.mark.slow
def test_bytes_that_are_no_text_do_not_end_a_conversation() -> None:
    assert GOODBYE in screen_after(b"\xff\xd8 \xd9", PYTHONIOENCODING="utf-8:strict", is_fresh=True)


@pytest.mark.slow
def test_a_long_build_shows_a_bar_in_a_terminal_and_leaves_the_screen_clean(write: Write) -> None:
    write("many.jsonl", slow_coverage())
    with PseudoTerminal("ask", ANSWERED, "--json", "--corpus", "many.jsonl", pipe_out=True) as terminal:
        assert terminal.ends() in {0, 3}
    assert any(ARABIC(f"console.{stage}") in terminal.screen for stage in ("reading", "indexing"))
    assert "%" in terminal.screen


@pytest.mark.parametrize("is_fresh", [False, pytest.param(True, marks=pytest.mark.slow)])
def test_ctrl_c_in_a_build_leaves_no_traceback(write: Write, *, is_fresh: bool) -> None:
    write("many.jsonl", slow_coverage())
    with PseudoTerminal("ask", ANSWERED, "--corpus", "many.jsonl", is_fresh=is_fresh) as terminal:
        terminal.wait_for("%")
        terminal.type(CTRL_C)
        assert terminal.ends(pressing=CTRL_C) == 130
    assert "Traceback" not in terminal.screen


def history(directory: Path) -> Path:
    """Return the file of the questions asked."""
    return directory / "cache" / "isnad" / "questions.history"


def write_history(directory: Path, *lines: str) -> None:
    """Let lines have been asked."""
    history(directory).parent.mkdir(parents=True, exist_ok=True)
    history(directory).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")


def kept(directory: Path) -> list[str]:
    """Return the lines of the history."""
    return history(directory).read_text(encoding="utf-8").splitlines()


def slow_coverage() -> str:
    """Write articles that take long to index, since no word of theirs comes twice."""
    letters = "بتثجحخدذرزسشصضطظعغفقكلمنهوي"
    words = map("".join, product(letters, repeat=5))
    return "\n".join(
        f'{{"id": "{number}", "title": "خبر {number}", "paragraphs": ["{" ".join(islice(words, 60))}."]}}'
        for number in range(SLOW_ARTICLES)
    )
