"""Help and errors of the command line, without a room of the program."""

from collections.abc import Callable

import pytest

from bot import CONFIG
from bot.console.arguments import Arguments, parse_arguments
from bot.console.command_arguments import COMMANDS
from bot.texts import Texts

TEXTS = {language: Texts.read(CONFIG / "texts", language) for language in ("ar", "en", "fr")}
Parse = Callable[..., tuple[int, str, str]]


@pytest.fixture
def parse(capsys: pytest.CaptureFixture[str]) -> Parse:
    def parse_arguments_that_end_it(*arguments: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as leaving:
            parse_arguments(arguments)
        assert isinstance(leaving.value.code, int)
        return leaving.value.code, *capsys.readouterr()

    return parse_arguments_that_end_it


@pytest.mark.parametrize("language", TEXTS)
@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_has_help_with_a_description_examples_and_exit_codes(
    parse: Parse, command: str, language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "1000")
    code, out, err = parse(command, "--help", "--language", language)
    texts = TEXTS[language]
    assert (code, err) == (0, "")
    assert out.startswith(texts("usage.usage"))
    assert texts(f"usage.description.{command}") in out
    for example in COMMANDS[command].examples:
        assert f"  python -m bot {example}\n" in out
    for exit_code, meaning in COMMANDS[command].codes:
        assert f"{exit_code:>5}  {texts(f'usage.code.{meaning}')}\n" in out


@pytest.mark.parametrize("language", TEXTS)
def test_the_help_names_every_command_and_the_way_to_the_other_language(parse: Parse, language: str) -> None:
    code, out, _ = parse("--language", language, "--help")
    assert code == 0
    assert all(f"\n    {command} " in out for command in COMMANDS)
    assert TEXTS[language]("usage.other_language", prog="python -m bot") in out


@pytest.mark.parametrize("columns", [40, 80, 120])
def test_help_fits_the_terminal(parse: Parse, monkeypatch: pytest.MonkeyPatch, columns: int) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    about = parse("ask", "--help", "--language", "en")[1].split("\n\n")[1]
    assert max(map(len, about.splitlines())) <= columns - 2


def test_examples_can_be_parsed() -> None:
    for command, each in COMMANDS.items():
        for example in each.examples:
            if "--everyday" not in example and "<" not in example:
                assert parse_arguments(example.split()).command == command


@pytest.mark.parametrize(
    ("arguments", "key", "values"),
    [
        (["chek"], "nearest", {"word": "chek", "nearest": "check"}),
        (["CHAT"], "nearest", {"word": "CHAT", "nearest": "chat"}),
        (["--lang", "en", "zzzz"], "no_command", {"word": "zzzz"}),
        (["متى", "تأسست"], "to_ask", {"word": "متى", "prog": "python -m bot"}),
        (["ask", "x", "--jsn"], "nearest_option", {"word": "--jsn", "nearest": "--json"}),
        (["ask", "x", "--corpsu=y"], "nearest_option", {"word": "--corpsu", "nearest": "--corpus"}),
        (["chat", "متى"], "unknown", {"words": "متى"}),
        (["ask"], "one_question", {}),
        (["ask", "--corpus"], "expected_one", {"name": "--corpus"}),
        (["bench", "--passages", "--json"], "expected_one", {"name": "--passages"}),
        (["eval"], "missing", {"words": "SET"}),
        (["count"], "one_of", {"words": "CORPUS --everyday"}),
        (["eval", "s", "--seed", "x"], "value", {"name": "--seed", "value": "x"}),
        (["ask", "--json=1", "x"], "no_value", {"name": "--json", "value": "1"}),
        (["ask", "--help=1"], "no_value", {"name": "-h/--help", "value": "1"}),
        (["eval", "s", "--p", "x"], "ambiguous", {"word": "--p", "choices": "--part, --plot"}),
        (["ask", "x", "--language", "de"], "choice", {"value": "de", "choices": "ar, en, fr"}),
        (["articles", "--limit", "0"], "limit", {"value": "0"}),
        (["eval", "s", "--plot", "x.png"], "svg", {"value": "x.png"}),
        (["eval", "s", "--plot", "no/x.svg"], "unwritable", {"value": "no/x.svg"}),
        (["count", "--everyday", "nowhere"], "no_file", {"value": "nowhere"}),
        (["eval", "s", "--plot", "x.svg", "--wrapped", "y"], "not_with", {"name": "--wrapped", "other": "--plot"}),
        (["bench", "--plot", "x.svg", "--search"], "not_with", {"name": "--search", "other": "--plot"}),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else None,
)
@pytest.mark.parametrize("language", TEXTS)
def test_a_mistake_is_told_in_the_readers_language(
    parse: Parse, language: str, arguments: list[str], key: str, values: dict[str, str]
) -> None:
    code, out, err = parse("--language", language, *arguments)
    assert (code, out) == (2, "")
    assert TEXTS[language](f"usage.wrong.{key}", **values) in err


@pytest.mark.parametrize(
    ("command", "option", "value"),
    [
        *(("bench", "--passages", value) for value in ("0", "-5", "3", "1e3", "many", "99999999999", "²")),
        *(("fit", "--false-refusals", value) for value in ("2", "-0.1", "nan", "ten")),
        *(("eval", "--plot", value) for value in ("curves", ".")),
    ],
)
def test_a_value_that_makes_no_sense_is_named(parse: Parse, command: str, option: str, value: str) -> None:
    code, _, err = parse("--language", "en", command, *(["s"] if command != "bench" else []), f"{option}={value}")
    assert (code, f"error: {option}: {value}: " in err) == (2, True)


def test_what_others_wrote_cannot_steer_the_terminal(parse: Parse) -> None:
    assert "\x1b" not in parse("ch\x1b[2Jat")[2]


def test_the_language_may_stand_before_and_after_the_command() -> None:
    assert parse_arguments(["--language", "en", "chat"]) == Arguments("chat", language="en")
    assert parse_arguments(["--language", "en", "chat", "--language", "ar"]).language == "ar"
    assert parse_arguments(["chat"]).language is None


@pytest.mark.parametrize(
    ("variable", "value", "language"),
    [
        ("LANG", "en_US.UTF-8", "en"),
        ("LC_ALL", "de_DE", "en"),
        ("LC_ALL", "fr_FR", "fr"),
        ("REPLY_LANGUAGE", "ar", "ar"),
    ],
)
def test_the_environment_chooses_the_language(
    parse: Parse, monkeypatch: pytest.MonkeyPatch, variable: str, value: str, language: str
) -> None:
    for name in ("LC_ALL", "LC_MESSAGES", "LANG", "REPLY_LANGUAGE"):
        monkeypatch.delenv(name, raising=False)
    assert parse("--help")[1].startswith(TEXTS["en"]("usage.usage"))
    monkeypatch.setenv(variable, value)
    assert parse("--help")[1].startswith(TEXTS[language]("usage.usage"))
