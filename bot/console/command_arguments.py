"""What each command of the command line takes, with examples and exit codes for its help."""

import math
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.console.argument_parser import Argument, UnfitValueError

# With fewer passages the ten best are most of them; with more, numbers of passages outgrow the disk first.
_FEWEST_PASSAGES, _MOST_PASSAGES = 20, 10_000_000


def _passages(text: str) -> int:
    digits = text.replace(",", "").replace("_", "")
    if not digits.isdecimal() or not _FEWEST_PASSAGES <= int(digits) <= _MOST_PASSAGES:
        raise UnfitValueError("passages", fewest=_FEWEST_PASSAGES, most=_MOST_PASSAGES)
    return int(digits)


def _limit(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise UnfitValueError("limit")
    return int(text)


def _picture(name: str) -> Path:
    """Parse the path of a picture, an .svg file that can be written."""
    if Path(name).suffix.lower() != ".svg":
        raise UnfitValueError("svg")
    return _writable_file(name)


def _writable_file(name: str) -> Path:
    file = Path(name)
    if file.is_dir() or not os.access(file.parent, os.W_OK):
        raise UnfitValueError("unwritable")
    return file


def _existing_file(name: str) -> Path:
    if not Path(name).is_file():
        raise UnfitValueError("no_file")
    return Path(name)


def _share(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not 0 <= value <= 1:
        raise UnfitValueError("share")
    return value


def _argument(name: str, text: str, **options: Any) -> Argument:
    return Argument(name, text, options)


def _switch(name: str, text: str, **options: Any) -> Argument:
    return Argument(name, text, {"action": "store_true", **options})


def _json(text: str) -> Argument:
    return _switch("--json", text, dest="as_json")


_CORPUS = _argument("--corpus", "corpus", metavar="PATH")
_SETS = (
    _argument("sets", "sets", nargs="+", metavar="SET"),
    _argument("--corpus", "corpus_of_sets", metavar="PATH"),
    _argument("--distractors", "distractors", metavar="PATH"),
    _argument("--part", "part", default="", metavar="PREFIX"),
)
_DESTINATION = (
    _argument("--to", "to_file", type=_writable_file, metavar="FILE"),
    _switch("--yes", "yes_write"),
)
# As the records name them; SQLAlchemy is not loaded for a command's help.
EXPORTS = ("gaps", "votes")
_EXPORT = (
    _argument("--to", "to_csv", type=_writable_file, metavar="FILE"),
    _switch("--yes", "yes_write"),
)
_FINE, _BAD, _STOPPED = (0, "done"), (2, "bad_usage"), (130, "interrupted")


@dataclass(frozen=True, slots=True)
class CommandArguments:
    """A command: its arguments, examples of it, and its exit codes with the keys of their meanings.

    Of two arguments together one excludes the other.
    """

    taken: tuple[Argument | tuple[Argument, Argument], ...]
    examples: tuple[str, ...]
    codes: tuple[tuple[int, str], ...]


COMMANDS = {
    "run": CommandArguments(
        (), ("run", "--language en run"), ((0, "left"), _BAD, (64, "misnamed"), (78, "no_discord"), _STOPPED)
    ),
    "chat": CommandArguments(
        (_CORPUS,), ("chat", "chat --corpus articles.jsonl", "chat < questions.txt"), ((0, "left"), _BAD, _STOPPED)
    ),
    "ask": CommandArguments(
        (
            _argument("question", "question", nargs="*", metavar="QUESTION"),
            _argument("--questions", "questions", metavar="FILE"),
            _CORPUS,
            _json("json_record"),
            _switch("--explain", "explain"),
        ),
        (
            "ask كم تبلغ قيمة صفقة بالانتير مع وكالة الهجرة؟",
            "ask --json 'كم تبلغ قيمة الصفقة؟'",
            "ask --questions questions.txt --json",
        ),
        ((0, "answered"), _BAD, (3, "refused"), _STOPPED),
    ),
    "articles": CommandArguments(
        (
            _CORPUS,
            _argument("--outlet", "outlet", metavar="NAME"),
            _argument("--since", "since", metavar="DAY"),
            _argument("--until", "until", metavar="DAY"),
            _argument("--limit", "limit", metavar="N", type=_limit),
            (_json("json_articles"), _switch("--csv", "csv_articles", dest="as_csv")),
            *_EXPORT,
        ),
        ("articles", "articles --since 2025 --limit 20", "articles --outlet 'الجزيرة' --to articles.csv"),
        ((0, "listed"), _BAD, (3, "none"), _STOPPED),
    ),
    "words": CommandArguments(
        (_argument("question", "message", nargs="+", metavar="MESSAGE"), _json("json_words")),
        ("words يا جماعة وين صارت المباراة؟", "words --json 'chkoun rba7?'"),
        (_FINE, _BAD, _STOPPED),
    ),
    "check": CommandArguments(
        (_CORPUS, _switch("--all", "all", dest="everything"), _json("json_check")),
        ("check", "check --corpus articles/ --all", "check --json"),
        ((0, "fine"), (2, "wrong"), _STOPPED),
    ),
    "index": CommandArguments(
        (_CORPUS, _switch("--force", "force")),
        ("index", "index --corpus articles/", "index --force"),
        ((0, "indexed"), _BAD, _STOPPED),
    ),
    "records": CommandArguments(
        (_argument("source", "records_from", metavar="FROM"),),
        ("records isnad-42.sqlite", "records postgresql://user:password@host/name"),
        (_FINE, _BAD, _STOPPED),
    ),
    "export": CommandArguments(
        (_argument("what", "export_what", choices=EXPORTS, metavar="WHAT"), *_EXPORT),
        ("export gaps", "export votes --to votes.csv"),
        (_FINE, _BAD, _STOPPED),
    ),
    "import": CommandArguments(
        (
            _argument("sources", "sources", nargs="+", metavar="FILE|URL"),
            _argument("--to", "to_folder", type=Path, metavar="DIR"),
            _switch("--yes", "yes_import"),
            _switch("--allow-private", "allow_private"),
            _switch("--propose-rule", "propose_rule"),
        ),
        ("import page.html", "import saved/*.html --to corpus/", "import https://news.example/article"),
        ((0, "done"), (2, "bad_source"), _STOPPED),
    ),
    "eval": CommandArguments(
        (
            *_SETS,
            _json("json_figures"),
            (
                _argument("--plot", "plot_curves", type=_picture, metavar="FILE"),
                _argument("--wrapped", "wrapped", type=Path, metavar="FILE"),
            ),
            _argument("--seed", "seed", type=int, default=0, metavar="N"),
        ),
        ("eval sets/town", "eval sets/town --corpus articles/ --json"),
        (_FINE, _BAD, _STOPPED),
    ),
    "bench": CommandArguments(
        (
            _CORPUS,
            _argument("--passages", "passages", nargs="+", type=_passages, default=(), metavar="N"),
            _argument("--questions", "questions_of_bench", metavar="FILE"),
            _json("json_figures"),
            (
                _argument("--plot", "plot_times", type=_picture, metavar="FILE"),
                _argument("--search", "search", nargs="?", const="", metavar="URL"),
            ),
        ),
        ("bench", "bench --corpus articles/ --passages 1000 --json", "bench --search http://localhost:9200"),
        (_FINE, _BAD, _STOPPED),
    ),
    "fit": CommandArguments(
        (
            *_SETS,
            _argument("--false-refusals", "false_refusals", type=_share, default=0.10, metavar="SHARE"),
            *_DESTINATION,
        ),
        ("fit sets/town", "fit sets/town sets/port --to evidence.toml"),
        (_FINE, _BAD, _STOPPED),
    ),
    "count": CommandArguments(
        (
            (
                _argument("corpus", "counted", nargs="?", metavar="CORPUS"),
                _argument("--everyday", "everyday", type=_existing_file, metavar="FILE"),
            ),
            *_DESTINATION,
        ),
        ("count articles/ --to background.tsv", "count --everyday large_ar.msgpack.gz"),
        (_FINE, _BAD, _STOPPED),
    ),
}
