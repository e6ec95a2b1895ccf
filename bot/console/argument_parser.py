"""A parser of arguments that helps and complains in the reader's language, and guesses what a misspelt word meant."""

import argparse
import shutil
import sys
import textwrap
import tomllib
from collections.abc import Callable, Iterable, Sequence
from difflib import get_close_matches
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple, NoReturn

from bot.console.terminal_language import FLAG
from bot.ops.typography import printable, with_blanks

_BAD_USAGE = 2
_SECTION = "usage"
# Of short words any two are alike; from this share on a slip of one or two letters is meant.
_LEAST_LIKENESS = 0.6
COMMAND = "COMMAND"
# Not printable, says `str`: the mark by which an Arabic text keeps a dash left of its option, and the blank at which no
# French line ends.
_KEPT = "\u200e\u00a0"


class UsageTexts:
    """The texts of help and of errors in arguments, read alone: those of replies take ten times as long."""

    def __init__(self, folder: Path, language: str) -> None:
        """Read a language's texts; raise OSError or ValueError where their file is missing or malformed."""
        file = folder / language / f"{_SECTION}.toml"
        try:
            self._texts = tomllib.loads(with_blanks(file.read_text(encoding="utf-8"), language))[_SECTION]
        except (ValueError, KeyError) as error:
            raise ValueError(f"{file}: {error}") from error

    def __call__(self, key: str, **values: object) -> str:
        """Return the text of a key, names joined by dots, with its placeholders filled."""
        text = self._texts
        for name in key.split(".")[1:]:
            text = text[name]
        return str(text).format(**values)


class UnfitValueError(ValueError):
    """A value that an argument cannot take: the key of the text that says why, and what to fill in beside the value."""

    def __init__(self, key: str, **values: object) -> None:
        super().__init__(key)
        self.key = key
        self.values = values


class Argument(NamedTuple):
    """An argument as argparse takes it: an option with its dashes, or a name; and the key of its help text.

    A `type` among its options may raise UnfitValueError, or any ValueError where nothing more is to be said.
    """

    name: str
    text: str
    options: dict[str, Any]


class ArgumentParser(argparse.ArgumentParser):
    """A parser of the program or of one command.

    What argparse says of a mistake is English, and worded anew from one Python to the next: here it is found in the
    arguments themselves.
    """

    def __init__(self, *, texts: UsageTexts, about: str, epilog: str = "", **options: Any) -> None:
        self._texts = texts
        self._given: list[str] = []
        self._taken: dict[str, argparse.Action] = {}
        self._rivals: dict[str, str] = {}
        self.commands: dict[str, ArgumentParser] = {}
        super().__init__(
            description=_fill(about),
            epilog=epilog,
            add_help=False,
            exit_on_error=False,
            formatter_class=partial(_HelpFormatter, usage=texts("usage.usage")),
            **options,
        )
        self._words = self.add_argument_group(texts("usage.arguments"))
        self._options = self.add_argument_group(texts("usage.options"))
        self._take(self._options, "-h", "--help", text="help", action="help")

    def take(self, arguments: Iterable[Argument | tuple[Argument, Argument]]) -> None:
        """Take arguments; of two together one excludes the other, and one is needed where either is no option."""
        for each in arguments:
            rivals = (each,) if isinstance(each, Argument) else each
            is_needed = not rivals[0].name.startswith("-")
            group: Any = self._words if is_needed else self._options
            if len(rivals) > 1:
                group = group.add_mutually_exclusive_group(required=is_needed)
            names = [self._take(group, rival.name, text=rival.text, **rival.options) for rival in rivals]
            self._rivals |= zip(names, reversed(names), strict=True)

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Parse arguments; exit with code 2 and a sentence in the reader's language where they are wrong."""
        self._given = list(args)
        try:
            return super().parse_known_args(args, namespace)
        except argparse.ArgumentError as error:
            self._complain(error.argument_name)

    def error(self, message: str) -> NoReturn:
        """Complain of all arguments together, for which some Pythons raise no error."""
        del message
        self._complain(None)

    def fail(self, key: str, **values: object) -> NoReturn:
        """Exit with code 2 and what is wrong."""
        self.print_usage(sys.stderr)
        head = f"{self.prog}: {self._texts('usage.error')}"
        wrong = printable(self._texts(f"usage.wrong.{key}", **values), _KEPT)
        self.exit(_BAD_USAGE, f"{head} {wrong}\n{self._texts('usage.see_help', command=self.prog)}\n")

    def misspelt_flags(self, unknown: Sequence[str]) -> NoReturn:
        """Complain of arguments that nothing takes, with the option that the first may have meant."""
        flag = next((word.partition("=")[0] for word in unknown if word.startswith("--")), "")
        # Dashes are alike in all of them.
        if nearest := _nearest(flag.strip("-"), [name.strip("-") for name in self._flags()]):
            self.fail("nearest_option", word=flag, nearest=f"--{nearest}")
        self.fail("unknown", words=" ".join(unknown))

    def _take(self, group: Any, *names: str, text: str, **options: Any) -> str:
        """Add an argument to a group; return how errors name it."""
        name = "/".join(names) if names[0].startswith("-") else options["metavar"]
        if choices := options.pop("choices", None):
            options |= {"type": partial(_choose, choices), "metavar": f"{{{','.join(choices)}}}"}
        if parse := options.get("type"):
            options["type"] = partial(self._parse, name, parse)
        self._taken[name] = group.add_argument(*names, help=self._texts(f"usage.option.{text}"), **options)
        return str(name)

    def _parse(self, name: str, parse: Callable[[str], object], value: str) -> object:
        try:
            return parse(value)
        except ValueError as error:
            key, values = (error.key, error.values) if isinstance(error, UnfitValueError) else ("value", {})
            words = self._texts(f"usage.wrong.{key}", value=value, **values)
            self.fail("of_option", name=name, words=words)

    def _flags(self, word: str = "--") -> list[str]:
        """Return the long options that a word may mean, which is one of them or its beginning."""
        beginning = word.partition("=")[0]
        flags = [flag for action in self._taken.values() for flag in action.option_strings if flag.startswith("--")]
        if beginning in flags:
            return [beginning]
        return [flag for flag in flags if beginning.startswith("--") and flag.startswith(beginning)]

    def _complain(self, name: str | None) -> NoReturn:
        """Say what is wrong with the argument of a name, or with all together."""
        if name is None:
            self._complain_of_all()
        if name == COMMAND:
            self._complain_of_command()
        action = self._taken[name]
        for word, follower in pairwise([*self._given, "-"]):
            if self._flags(word) != action.option_strings[-1:]:
                continue
            if action.nargs == 0 and "=" in word:
                self.fail("no_value", name=name, value=word.partition("=")[2])
            if action.nargs in {None, "+"} and "=" not in word and follower.startswith("-"):
                self.fail("expected_one", name=name)
        if action.nargs == 0:
            self.fail("no_value", name=name, value="")  # as in `-hx`
        if (rival := self._rivals[name]) == name:
            self.fail("expected_one", name=name)
        self.fail("not_with", name=name, other=rival)

    def _complain_of_all(self) -> NoReturn:
        for word in self._given:
            if len(flags := self._flags(word)) > 1:
                self.fail("ambiguous", word=word, choices=", ".join(flags))
        if missing := [name for name, action in self._taken.items() if action.required]:
            self.fail("missing", words=", ".join(missing))
        self.fail("one_of", words=" ".join(name for name, rival in self._rivals.items() if name != rival))

    def _complain_of_command(self) -> NoReturn:
        pairs = pairwise(["", *self._given])
        words = (word for before, word in pairs if not word.startswith("-") and self._flags(before) != [FLAG])
        word = next(words, "")
        if not word.isascii():
            self.fail("to_ask", word=word, prog=self.prog)
        if nearest := _nearest(word.lower(), self.commands):
            self.fail("nearest", word=word, nearest=nearest)
        self.fail("no_command", word=word)


class _HelpFormatter(argparse.RawDescriptionHelpFormatter):
    def __init__(self, *arguments: Any, usage: str, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._usage_heading = usage

    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        """Begin with the reader's word for usage."""
        super().add_usage(usage, actions, groups, self._usage_heading if prefix is None else prefix)


def epilog(texts: UsageTexts, examples: Iterable[str], codes: Iterable[tuple[int, str]], *more: str) -> str:
    """Lay out examples and exit codes below the options of a command."""
    lines = [texts("usage.examples"), *(f"  {example}" for example in examples), "", texts("usage.codes")]
    lines += [_fill(f"{code:>5}  {texts(f'usage.code.{key}')}", indent=7) for code, key in codes]
    return "\n".join((*lines, *more))


def _fill(text: str, indent: int = 0) -> str:
    """Wrap a paragraph at the terminal's width, or at 80 columns where there is none."""
    width = max(shutil.get_terminal_size().columns - 2, 20)
    return textwrap.fill(text, width, subsequent_indent=" " * indent, break_long_words=False, break_on_hyphens=False)


def _choose(choices: Sequence[str], value: str) -> str:
    if value not in choices:
        raise UnfitValueError("choice", choices=", ".join(choices))
    return value


def _nearest(word: str, choices: Iterable[str]) -> str | None:
    return next(iter(get_close_matches(word, list(choices), n=1, cutoff=_LEAST_LIKENESS)), None)
