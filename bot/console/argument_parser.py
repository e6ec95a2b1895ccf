"""A parser of arguments that helps and complains in the reader's language, and guesses what a misspelt word meant."""

import argparse
import re
import shutil
import sys
import textwrap
import tomllib
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

from bot.typography import printable, with_blanks

_BAD_USAGE = 2
_SECTION = "usage"
# Of short words any two are alike; from this share on a slip of one or two letters is meant.
_LEAST_LIKENESS = 0.6
# What argparse says, and the keys of the texts that say it; where no pattern fits, its own words stand.
_COMPLAINTS: tuple[tuple[str, str], ...] = (
    (r"the following arguments are required: (?P<words>.*)", "missing"),
    (r"one of the arguments (?P<words>.*) is required", "one_of"),
    (r"unrecognized arguments: (?P<words>.*)", "unknown"),
    (r"ambiguous option: (?P<word>\S+) could match (?P<choices>.*)", "ambiguous"),
    (r"argument (?P<name>.*?): expected .* arguments?", "expected_one"),
    (r"argument (?P<name>.*?): not allowed with argument (?P<other>.*)", "not_with"),
    (r"argument (?P<name>.*?): invalid \S+ value: '(?P<value>.*)'", "value"),
    (r"argument (?P<name>.*?): ignored explicit argument '(?P<value>.*)'", "no_value"),
    (r"argument (?P<name>.*?): invalid choice: '(?P<value>.*)' \(choose from (?P<choices>.*)\)", "choice"),
    (r"argument (?P<name>.*?): (?P<words>.*)", "of_option"),
)
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


class ArgumentParser(argparse.ArgumentParser):
    """A parser of the program or of one command."""

    def __init__(self, *, texts: UsageTexts, about: str, epilog: str = "", **options: Any) -> None:
        self._texts = texts
        self._flags: list[str] = []
        super().__init__(
            description=_fill(about),
            epilog=epilog,
            add_help=False,
            formatter_class=partial(_HelpFormatter, usage=texts("usage.usage")),
            **options,
        )
        self.takes = self.add_argument_group(texts("usage.arguments"))
        self.options = self.add_argument_group(texts("usage.options"))
        self.add_flag("-h", "--help", action="help", text="help")

    def add_flag(self, *names: str, text: str, group: Any = None, **options: Any) -> None:
        """Add an option with the help text of a key of its own; a `group` may make several exclude each other."""
        self._flags += names
        (group or self.options).add_argument(*names, help=self._texts(f"usage.option.{text}"), **options)

    def error(self, message: str) -> NoReturn:
        """Exit with code 2 and a sentence in the reader's language."""
        self.print_usage(sys.stderr)
        head = f"{self.prog}: {self._texts('usage.error')}"
        tail = self._texts("usage.see_help", command=self.prog)
        self.exit(_BAD_USAGE, f"{head} {''.join(self._complaint(printable(message, _KEPT)))}\n{tail}\n")

    def misspelt_flags(self, unknown: Iterable[str]) -> NoReturn:
        """Complain of arguments that nothing takes, with the option that the first may have meant."""
        words = list(unknown)
        flag = next((word.partition("=")[0] for word in words if word.startswith("--")), "")
        # Dashes are alike in all of them.
        if nearest := _nearest(flag.strip("-"), [name.strip("-") for name in self._flags]):
            self.error(f"{flag} -> --{nearest}")
        self.error(f"unrecognized arguments: {' '.join(words)}")

    def _complaint(self, message: str) -> Iterator[str]:
        if match := re.fullmatch(r"(\S+) -> (\S+)", message):
            yield self._texts("usage.wrong.nearest_option", word=match[1], nearest=match[2])
            return
        for pattern, key in _COMPLAINTS:
            if match := re.fullmatch(pattern, message, re.DOTALL):
                values = match.groupdict()
                if values.get("name") == COMMAND and key == "choice":
                    yield self._no_command(values["value"], re.findall(r"[a-z]+", values["choices"]))
                else:
                    yield self._texts(f"usage.wrong.{key}", **values)
                return
        yield message

    def _no_command(self, word: str, commands: list[str]) -> str:
        if not word.isascii():
            return self._texts("usage.wrong.to_ask", word=word, prog=self.prog)
        if nearest := _nearest(word.lower(), commands):
            return self._texts("usage.wrong.nearest", word=word, nearest=nearest)
        return self._texts("usage.wrong.no_command", word=word)


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


def _nearest(word: str, choices: Iterable[str]) -> str | None:
    return next(iter(get_close_matches(word, list(choices), n=1, cutoff=_LEAST_LIKENESS)), None)
