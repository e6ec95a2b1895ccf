"""The arguments of the command line, parsed and checked before anything else is read."""

import argparse
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot import CONFIG, __version__
from bot.console.argument_parser import COMMAND, Argument, ArgumentParser, UsageTexts, epilog
from bot.console.command_arguments import COMMANDS
from bot.console.terminal_language import FLAG, LANGUAGES, flag_language, terminal_language

_BAD_USAGE = 2
_EXAMPLES = ("ask كم تبلغ قيمة صفقة بالانتير مع وكالة الهجرة؟", "chat --corpus articles/", "check")
# It may stand before or after the command, and the later one counts.
_LANGUAGE = Argument(FLAG, "language", {"choices": LANGUAGES, "default": argparse.SUPPRESS})


@dataclass(frozen=True, slots=True)
class Arguments:
    """The parsed arguments of the command line; `language` is that of the terminal, None where no flag names one."""

    command: str
    language: str | None = None
    corpus: str | None = None
    question: str = ""
    questions: str | None = None
    as_json: bool = False
    as_csv: bool = False
    explain: bool = False
    since: str | None = None
    until: str | None = None
    outlet: str | None = None
    limit: int | None = None
    sets: tuple[str, ...] = ()
    distractors: str | None = None
    plot: Path | None = None
    part: str = ""
    wrapped: Path | None = None
    seed: int = 0
    passages: tuple[int, ...] = ()
    search: str | None = None
    false_refusals: float = 0.10
    sources: tuple[str, ...] = ()
    source: str = ""
    what: str = ""
    to: Path | None = None
    yes: bool = False
    allow_private: bool = False
    propose_rule: bool = False
    everything: bool = False
    force: bool = False
    everyday: Path | None = None


def parse_arguments(arguments: Sequence[str] | None) -> Arguments:
    """Parse the command line; exit with code 2 and a message where it is invalid."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    # Settings are read later, and those of `.env` with them.
    replies = os.environ.get("REPLY_LANGUAGE", "").strip().lower()
    chosen = replies if replies in LANGUAGES else None
    language = terminal_language(flag_language(given), os.environ, chosen)
    try:
        texts = UsageTexts(CONFIG / "texts", language)
    except (OSError, ValueError) as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(_BAD_USAGE)
    # By the name that an installation gives the program, or as a module.
    program = "isnad" if Path(sys.argv[0]).stem == "isnad" else "python -m bot"
    parser = _parser(texts, program)
    known, unknown = parser.parse_known_args(given)
    options = vars(known)
    command = options.pop("command") or "run"
    if unknown:
        (parser.commands[command] if options else parser).misspelt_flags(unknown)
    question = " ".join(options.pop("question", ())).strip()
    if command == "ask" and bool(question) == bool(options["questions"]):
        parser.commands["ask"].fail("one_question")
    if command == "articles" and options["as_json"] and options["to"]:
        parser.commands[command].fail("not_with", name="--to", other="--json")
    passages = tuple(sorted(set(options.pop("passages", ()))))
    return Arguments(command, question=question, passages=passages, **options)


def _parser(texts: UsageTexts, program: str) -> ArgumentParser:
    """Make the parser of the program, with that of each command."""
    more = [texts("usage.more", prog=program), texts("usage.other_language", prog=program)]
    examples = [f"{program} {example}" for example in _EXAMPLES]
    codes = [(0, "done"), (2, "bad_usage"), (3, "refused"), (64, "misnamed"), (78, "no_discord"), (130, "interrupted")]
    parser = ArgumentParser(
        prog=program, texts=texts, about=texts("usage.about"), epilog=epilog(texts, examples, codes, "", *more)
    )
    version = {"action": "version", "version": f"isnad {__version__}"}
    parser.take([Argument("--version", "version", version), _LANGUAGE])
    adder = parser.add_subparsers(
        dest="command", metavar=COMMAND, title=texts("usage.commands"), parser_class=ArgumentParser
    )
    for name, each in COMMANDS.items():
        parser.commands[name] = adder.add_parser(
            name,
            texts=texts,
            about=texts(f"usage.description.{name}"),
            help=texts(f"usage.command.{name}"),
            epilog=epilog(texts, (f"{program} {example}" for example in each.examples), each.codes),
        )
        parser.commands[name].take([*each.taken, _LANGUAGE])
    return parser
