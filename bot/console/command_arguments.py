"""What each command of the command line takes, with examples and exit codes for its help."""

import argparse
import math
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bot.console.argument_parser import ArgumentParser, UsageTexts

# With fewer passages the ten best are most of them; with more, numbers of passages outgrow the disk first.
_FEWEST_PASSAGES, _MOST_PASSAGES = 20, 10_000_000


class Values:
    """Parsers of values, which complain in the reader's language."""

    def __init__(self, texts: UsageTexts) -> None:
        self.texts = texts

    def passages(self, text: str) -> int:
        """Parse a number of passages to measure at."""
        digits = text.replace(",", "").replace("_", "")
        if not digits.isdecimal() or not _FEWEST_PASSAGES <= int(digits) <= _MOST_PASSAGES:
            raise self._error("passages", text, fewest=_FEWEST_PASSAGES, most=_MOST_PASSAGES)
        return int(digits)

    def limit(self, text: str) -> int:
        """Parse a number of articles."""
        if not text.isdecimal() or int(text) < 1:
            raise self._error("limit", text)
        return int(text)

    def picture(self, name: str) -> Path:
        """Parse the path of a picture, an .svg file that can be written."""
        file = Path(name)
        if file.suffix.lower() != ".svg":
            raise self._error("svg", name)
        return self.writable_file(name)

    def writable_file(self, name: str) -> Path:
        """Parse the path of a file that can be written."""
        file = Path(name)
        if file.is_dir() or not os.access(file.parent, os.W_OK):
            raise self._error("unwritable", name)
        return file

    def existing_file(self, name: str) -> Path:
        """Parse the path of a file that is there."""
        if not Path(name).is_file():
            raise self._error("no_file", name)
        return Path(name)

    def share(self, text: str) -> float:
        """Parse a share from 0 to 1."""
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        if not 0 <= value <= 1:
            raise self._error("share", text)
        return value

    def _error(self, key: str, value: str, **values: object) -> argparse.ArgumentTypeError:
        return argparse.ArgumentTypeError(self.texts(f"usage.wrong.{key}", value=value, **values))


def _add_corpus(parser: ArgumentParser, values: Values) -> None:
    del values
    parser.add_flag("--corpus", metavar="PATH", text="corpus")


def _add_nothing(parser: ArgumentParser, values: Values) -> None:
    del parser, values


def _add_ask(parser: ArgumentParser, values: Values) -> None:
    text = values.texts("usage.option.question")
    parser.takes.add_argument("question", nargs="*", metavar="QUESTION", help=text)
    parser.add_flag("--questions", metavar="FILE", text="questions")
    _add_corpus(parser, values)
    parser.add_flag("--json", dest="as_json", action="store_true", text="json_record")
    parser.add_flag("--explain", action="store_true", text="explain")


def _add_words(parser: ArgumentParser, values: Values) -> None:
    parser.takes.add_argument("question", nargs="+", metavar="MESSAGE", help=values.texts("usage.option.message"))
    parser.add_flag("--json", dest="as_json", action="store_true", text="json_words")


def _add_articles(parser: ArgumentParser, values: Values) -> None:
    _add_corpus(parser, values)
    parser.add_flag("--outlet", metavar="NAME", text="outlet")
    parser.add_flag("--since", metavar="DAY", text="since")
    parser.add_flag("--until", metavar="DAY", text="until")
    parser.add_flag("--limit", metavar="N", type=values.limit, text="limit")
    parser.add_flag("--json", dest="as_json", action="store_true", text="json_articles")


def _add_check(parser: ArgumentParser, values: Values) -> None:
    _add_corpus(parser, values)
    parser.add_flag("--all", dest="everything", action="store_true", text="all")
    parser.add_flag("--json", dest="as_json", action="store_true", text="json_check")


def _add_index(parser: ArgumentParser, values: Values) -> None:
    _add_corpus(parser, values)
    parser.add_flag("--force", action="store_true", text="force")


def _add_records(parser: ArgumentParser, values: Values) -> None:
    parser.takes.add_argument("source", metavar="FROM", help=values.texts("usage.option.records_from"))


def _add_import(parser: ArgumentParser, values: Values) -> None:
    text = values.texts("usage.option.sources")
    parser.takes.add_argument("sources", nargs="+", metavar="FILE|URL", help=text)
    parser.add_flag("--to", type=Path, metavar="DIR", text="to_folder")
    parser.add_flag("--yes", action="store_true", text="yes_import")
    parser.add_flag("--allow-private", action="store_true", text="allow_private")


def _add_sets(parser: ArgumentParser, values: Values) -> None:
    parser.takes.add_argument("sets", nargs="+", metavar="SET", help=values.texts("usage.option.sets"))
    parser.add_flag("--corpus", metavar="PATH", text="corpus_of_sets")
    parser.add_flag("--distractors", metavar="PATH", text="distractors")
    parser.add_flag("--part", default="", metavar="PREFIX", text="part")


def _add_eval(parser: ArgumentParser, values: Values) -> None:
    _add_sets(parser, values)
    parser.add_flag("--json", dest="as_json", action="store_true", text="json_figures")
    ways = parser.options.add_mutually_exclusive_group()
    parser.add_flag("--plot", type=values.picture, metavar="FILE", text="plot_curves", group=ways)
    parser.add_flag("--wrapped", type=Path, metavar="FILE", text="wrapped", group=ways)
    parser.add_flag("--seed", type=int, default=0, metavar="N", text="seed")


def _add_bench(parser: ArgumentParser, values: Values) -> None:
    _add_corpus(parser, values)
    parser.add_flag("--passages", nargs="+", type=values.passages, default=(), metavar="N", text="passages")
    parser.add_flag("--questions", metavar="FILE", text="questions_of_bench")
    parser.add_flag("--json", dest="as_json", action="store_true", text="json_figures")
    ways = parser.options.add_mutually_exclusive_group()
    parser.add_flag("--plot", type=values.picture, metavar="FILE", text="plot_times", group=ways)
    parser.add_flag("--search", nargs="?", const="", metavar="URL", text="search", group=ways)


def _add_fit(parser: ArgumentParser, values: Values) -> None:
    _add_sets(parser, values)
    parser.add_flag("--false-refusals", type=values.share, default=0.10, metavar="SHARE", text="false_refusals")
    _add_destination(parser, values)


def _add_count(parser: ArgumentParser, values: Values) -> None:
    source = parser.takes.add_mutually_exclusive_group(required=True)
    source.add_argument("corpus", nargs="?", metavar="CORPUS", help=values.texts("usage.option.counted"))
    parser.add_flag("--everyday", type=values.existing_file, metavar="FILE", text="everyday", group=source)
    _add_destination(parser, values)


def _add_destination(parser: ArgumentParser, values: Values) -> None:
    parser.add_flag("--to", type=values.writable_file, metavar="FILE", text="to_file")
    parser.add_flag("--yes", action="store_true", text="yes_write")


_ADD = Callable[[ArgumentParser, Values], None]
_FINE, _BAD, _STOPPED = (0, "done"), (2, "bad_usage"), (130, "interrupted")


@dataclass(frozen=True, slots=True)
class CommandArguments:
    """A command: what adds its arguments, examples of it, and its exit codes with the keys of their meanings."""

    add: _ADD
    examples: tuple[str, ...]
    codes: tuple[tuple[int, str], ...]


COMMANDS = {
    "run": CommandArguments(
        _add_nothing, ("run", "--language en run"), ((0, "left"), _BAD, (64, "misnamed"), (78, "no_discord"), _STOPPED)
    ),
    "chat": CommandArguments(
        _add_corpus, ("chat", "chat --corpus articles.jsonl", "chat < questions.txt"), ((0, "left"), _BAD, _STOPPED)
    ),
    "ask": CommandArguments(
        _add_ask,
        (
            "ask كم تبلغ قيمة صفقة بالانتير مع وكالة الهجرة؟",
            "ask --json 'كم تبلغ قيمة الصفقة؟'",
            "ask --questions questions.txt --json",
        ),
        ((0, "answered"), _BAD, (3, "refused"), _STOPPED),
    ),
    "articles": CommandArguments(
        _add_articles,
        ("articles", "articles --since 2025 --limit 20", "articles --outlet 'الجزيرة' --json"),
        ((0, "listed"), _BAD, (3, "none"), _STOPPED),
    ),
    "words": CommandArguments(
        _add_words, ("words يا جماعة وين صارت المباراة؟", "words --json 'chkoun rba7?'"), (_FINE, _BAD, _STOPPED)
    ),
    "check": CommandArguments(
        _add_check, ("check", "check --corpus articles/ --all", "check --json"), ((0, "fine"), (2, "wrong"), _STOPPED)
    ),
    "index": CommandArguments(
        _add_index, ("index", "index --corpus articles/", "index --force"), ((0, "indexed"), _BAD, _STOPPED)
    ),
    "records": CommandArguments(
        _add_records,
        ("records isnad-42.sqlite", "records postgresql://user:password@host/name"),
        (_FINE, _BAD, _STOPPED),
    ),
    "import": CommandArguments(
        _add_import,
        ("import page.html", "import saved/*.html --to corpus/", "import https://news.example/article"),
        ((0, "done"), (2, "bad_source"), _STOPPED),
    ),
    "eval": CommandArguments(
        _add_eval, ("eval sets/town", "eval sets/town --corpus articles/ --json"), (_FINE, _BAD, _STOPPED)
    ),
    "bench": CommandArguments(
        _add_bench,
        ("bench", "bench --corpus articles/ --passages 1000 --json", "bench --search http://localhost:9200"),
        (_FINE, _BAD, _STOPPED),
    ),
    "fit": CommandArguments(
        _add_fit, ("fit sets/town", "fit sets/town sets/port --to evidence.toml"), (_FINE, _BAD, _STOPPED)
    ),
    "count": CommandArguments(
        _add_count,
        ("count articles/ --to background.tsv", "count --everyday large_ar.msgpack.gz"),
        (_FINE, _BAD, _STOPPED),
    ),
}
