"""`chat` and the bare command with their input from a pipe."""

import pytest

from bot.console.edition_start import EXIT_MISNAMED
from tests.console.command_line import ANSWERED, ARABIC, ENGLISH, REFUSED, CommandLine, Finished
from tests.console.conftest import LIBRARY, Write


def test_each_line_of_a_pipe_is_a_question(isnad: CommandLine) -> None:
    done = isnad("chat", stdin=f"{ANSWERED}\n\n{REFUSED}")
    assert (done.code, done.err) == (0, "")
    assert [line for line in done.out.splitlines() if line.startswith("؟")] == [f"؟ {ANSWERED}", f"؟ {REFUSED}"]
    assert ARABIC("refusal.off_topic") in done.out
    assert ARABIC("console.prompt").strip() not in done.out


def test_an_answer_shows_who_else_has_its_words(isnad: CommandLine, write: Write) -> None:
    write("coverage/other.md", LIBRARY.replace("صحيفة الضفة", "وكالة الضفة"))
    shown = isnad("ask", ANSWERED).out.splitlines()
    assert sum(line.startswith("«") for line in shown) == 1
    assert shown[3].startswith("  — ورد أيضاً في: افتتاح المكتبة العامة في المدينة القديمة · وكالة الضفة · 2026-03-09")
    assert shown[4] == shown[2] == "    https://news.example/library"


def test_an_answer_shows_quote_source_date_paragraph_and_link(isnad: CommandLine) -> None:
    quote, source, link = isnad("ask", ANSWERED).out.splitlines()[:3]
    assert quote.startswith("«افتتحت البلدية")
    assert quote.endswith("»")
    for part in (
        "افتتاح المكتبة العامة في المدينة القديمة",
        "صحيفة الضفة",
        "2026-03-09",
        ARABIC("answer.paragraph", number=1),
    ):
        assert part in source
    assert link.strip() == "https://news.example/library"


def test_an_answer_names_what_an_article_rests_on_once_with_the_links(isnad: CommandLine, write: Write) -> None:
    sources = "sources:\n  - {name: وكالة, url: https://agency.example/1, published: 2026-03}\n  - شاهد عيان\n"
    write("coverage/library.md", LIBRARY.replace("published", f"{sources}published"))
    shown = isnad("ask", "متى افتتحت البلدية المكتبة العامة؟ وكم كتابا تضم المكتبة العامة؟").out.splitlines()
    assert sum(line.startswith("«") for line in shown) > 1
    named = [place for place, line in enumerate(shown) if line.startswith("    عن: ")]
    assert [shown[place : place + 2] for place in named] == [
        ["    عن: وكالة، مارس 2026؛ شاهد عيان", "    https://agency.example/1"]
    ]


def test_a_quote_is_one_line_however_narrow_the_terminal(isnad: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    assert isnad("ask", ANSWERED).out.splitlines()[0].endswith("»")


def test_each_line_of_a_pipe_stands_alone(isnad: CommandLine) -> None:
    done = isnad("chat", stdin=f"{ANSWERED}\nوكم بلغت كلفتها؟\n")
    assert done.out.splitlines()[-1] == ARABIC("refusal.incomplete")


def test_a_refusal_says_what_the_nearest_passage_lacks(isnad: CommandLine) -> None:
    lines = isnad("ask", "متى أغلقت البلدية الجسر القديم؟").out.splitlines()
    assert lines[:3] == [ARABIC("refusal.unsupported"), ARABIC("lacking.time", words=""), ARABIC("refusal.related")]


def test_a_question_in_another_language_is_asked_for_in_arabic_on_a_line_of_its_own(isnad: CommandLine) -> None:
    lines = isnad("ask", "What is it about?").out.splitlines()
    assert lines[0] == ARABIC("refusal.help")
    assert lines[1].isascii()


@pytest.mark.parametrize("command", [[], ["run"]], ids=["none", "run"])
def test_without_a_token_the_bot_is_a_console_and_says_so_in_one_line(isnad: CommandLine, command: list[str]) -> None:
    done = isnad(*command, stdin=ANSWERED)
    assert done.code == 0
    assert done.err == ARABIC("console.no_token") + "\n"
    assert "«افتتحت البلدية المكتبة العامة" in done.out


@pytest.mark.parametrize("stdin", ["", "\n \n"], ids=["empty", "blank"])
def test_without_a_token_a_pipe_without_a_line_is_a_server_that_cannot_start(isnad: CommandLine, stdin: str) -> None:
    done = isnad("run", stdin=stdin)
    assert (done.code, done.out) == (EXIT_MISNAMED, "")
    assert done.err.splitlines() == [ARABIC("console.no_token"), ARABIC("start.no_token")]
    assert isnad("chat", stdin=stdin) == Finished(0, "", "")


def test_the_reply_language_can_be_english(isnad: CommandLine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REPLY_LANGUAGE", "en")
    assert isnad("ask", REFUSED).out.startswith(ENGLISH("refusal.off_topic"))
    assert isnad(stdin=ANSWERED).err == ENGLISH("console.no_token") + "\n"


@pytest.mark.parametrize(
    "odd", ["\x1b[2J\x1b]0;title\x07", "\x9b2J", "\x7f\x08", "\u202e", "\x00", "\u200b\ufeff"], ids=ascii
)
def test_control_characters_in_a_question_do_not_reach_the_terminal(isnad: CommandLine, odd: str) -> None:
    question = f"متى افتتحت{odd} البلدية المكتبة {odd}العامة والقصر{odd} المهجور؟"
    for done in (
        isnad("chat", stdin=question),
        isnad("ask", question),
        isnad("ask", f"{odd}مظلة{odd} {odd}دراجة{odd}"),
    ):
        assert not set(odd) & set(done.out + done.err) - set("[2J0;]title")


def test_markup_in_a_question_is_not_read(isnad: CommandLine) -> None:
    done = isnad("chat", stdin=f"[bold]{ANSWERED}[/red] :smile:")
    assert f"؟ [bold]{ANSWERED}[/red] :smile:" in done.out
