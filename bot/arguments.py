"""The arguments of the command line, their values checked before anything is read."""

import argparse
import math
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bot import __version__

# With fewer passages the ten best are most of them; with more, numbers of passages outgrow the disk first.
_FEWEST_PASSAGES, _MOST_PASSAGES = 20, 10_000_000


def number_of_passages(text: str) -> int:
    """Parse a number of passages to measure at."""
    digits = text.replace(",", "").replace("_", "")
    if not digits.isdecimal() or not _FEWEST_PASSAGES <= int(digits) <= _MOST_PASSAGES:
        limits = f"{_FEWEST_PASSAGES} to {_MOST_PASSAGES}"
        raise argparse.ArgumentTypeError(f"{text}: give numbers of passages, each from {limits}")
    return int(digits)


def picture(name: str) -> Path:
    """Parse the path of a picture, an .svg file that can be written."""
    file = Path(name)
    if file.suffix.lower() != ".svg":
        raise argparse.ArgumentTypeError(f"{name}: pictures are drawn as SVG only, so name a file that ends in .svg")
    if file.is_dir() or not os.access(file.parent, os.W_OK):
        raise argparse.ArgumentTypeError(f"{name}: no file can be written there")
    return file


def existing_file(name: str) -> Path:
    """Parse the path of a file that is there."""
    file = Path(name)
    if not file.is_file():
        raise argparse.ArgumentTypeError(f"{name}: there is no such file")
    return file


def share(text: str) -> float:
    """Parse a share from 0 to 1."""
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not 0 <= value <= 1:
        raise argparse.ArgumentTypeError(f"{text}: give a share from 0 to 1, such as 0.1 for one question in ten")
    return value


@dataclass(frozen=True, slots=True)
class Arguments:
    """The parsed arguments of the command line."""

    command: str
    corpus: str | None = None
    question: str = ""
    questions: str | None = None
    as_json: bool = False
    explain: bool = False
    sets: tuple[str, ...] = ()
    distractors: str | None = None
    plot: Path | None = None
    part: str = ""
    wrapped: Path | None = None
    seed: int = 0
    passages: tuple[int, ...] = ()
    false_refusals: float = 0.10
    sources: tuple[str, ...] = ()
    to: Path | None = None
    yes: bool = False
    allow_private: bool = False
    everything: bool = False
    everyday: Path | None = None


def parse_arguments(arguments: Sequence[str] | None) -> Arguments:
    """Parse the command line; exit with code 2 and a message where it is invalid."""
    parser = argparse.ArgumentParser(
        prog="isnad", description="Answers questions about Arabic news coverage with verbatim quotes and their sources."
    )
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    corpus = argparse.ArgumentParser(add_help=False)
    corpus.add_argument("--corpus", metavar="PATH", help="a directory of articles, one article file, or a .jsonl file")
    commands.add_parser("run", help="the Discord bot, or the console where there is no DISCORD_TOKEN (default)")
    commands.add_parser("chat", parents=[corpus], help="answer what is typed, or each line of a pipe")
    ask = commands.add_parser("ask", parents=[corpus], help="answer one question, or a file of them")
    _add_ask(ask)
    check = commands.add_parser("check", parents=[corpus], help="check settings, corpus, token and permissions")
    check.add_argument(
        "--all", dest="everything", action="store_true", help="name every file and article that something is wrong with"
    )
    _add_eval(commands.add_parser("eval", help="score sets of questions with known outcomes"))
    bench = commands.add_parser("bench", parents=[corpus], help="measure speed and memory against rank-bm25 and others")
    _add_bench(bench)
    _add_fit(commands.add_parser("fit", help="fit the evidence model to such sets and write config/evidence.toml"))
    count = commands.add_parser("count", help="count the words of a large corpus and write config/background.tsv")
    _add_count(count)
    _add_import(commands.add_parser("import", help="turn saved web pages and links into article files"))
    options = vars(parser.parse_args(arguments))
    question = " ".join(options.pop("question", ())).strip()
    if options["command"] == "ask" and bool(question) == bool(options["questions"]):
        ask.error("give either a question or --questions FILE")
    command = options.pop("command") or "run"
    passages = tuple(sorted(set(options.pop("passages", ()))))
    return Arguments(command, question=question, passages=passages, **options)


def _add_ask(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("question", nargs="*", metavar="QUESTION", help="the question, quoted or not")
    parser.add_argument("--questions", metavar="FILE", help="one question a line, or JSON Lines; - is standard input")
    parser.add_argument("--json", dest="as_json", action="store_true", help="print a JSON record for each question")
    parser.add_argument("--explain", action="store_true", help="say how each answer or refusal came about")


def _add_count(parser: argparse.ArgumentParser) -> None:
    source = parser.add_mutually_exclusive_group(required=True)
    source.add_argument("corpus", nargs="?", metavar="CORPUS", help="a directory or file of articles")
    source.add_argument(
        "--everyday",
        type=existing_file,
        metavar="FILE",
        help="the Arabic word list of wordfreq (large_ar.msgpack.gz): choose everyday words, write config/everyday.tsv",
    )


def _add_import(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("sources", nargs="+", metavar="FILE|URL", help="a saved page (.html, .htm, .mhtml), or a link")
    parser.add_argument(
        "--to", type=Path, metavar="DIR", help="where the files go (default: the corpus of the settings)"
    )
    parser.add_argument("--yes", action="store_true", help="write without asking, also over files")
    parser.add_argument("--allow-private", action="store_true", help="fetch from addresses that are not public, too")


def _add_sets(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "sets", nargs="+", metavar="SET", help="a folder with questions.jsonl and, of its own, articles.jsonl"
    )
    parser.add_argument("--corpus", metavar="PATH", help="the articles for sets that have no articles.jsonl")
    parser.add_argument("--distractors", metavar="PATH", help="a corpus whose articles are added to every set's")
    parser.add_argument(
        "--part", default="", metavar="PREFIX", help="of sets with ids that begin so, only the questions with such ids"
    )


def _add_eval(parser: argparse.ArgumentParser) -> None:
    _add_sets(parser)
    parser.add_argument("--json", dest="as_json", action="store_true", help="print the figures as one JSON record")
    ways = parser.add_mutually_exclusive_group()
    ways.add_argument(
        "--plot", type=picture, metavar="FILE", help="draw the risk-coverage curves, a line a set, into this .svg file"
    )
    ways.add_argument(
        "--wrapped",
        type=Path,
        metavar="FILE",
        help="ask each question also with courtesies before, after and around it, and say how many outcomes stay the "
        "same; of each line of this JSON Lines file: before, after, region, kind",
    )
    parser.add_argument(
        "--seed", type=int, default=0, metavar="N", help="which courtesies a question is wrapped in (default 0)"
    )


def _add_bench(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--passages",
        nargs="+",
        type=number_of_passages,
        default=(1_000, 10_000, 100_000),
        metavar="N",
        help="how many passages to measure at; the corpus, or made-up text without one, is cut or stretched to each "
        "(default 1000 10000 100000)",
    )
    parser.add_argument("--questions", metavar="FILE", help="questions to ask in the place of those made of passages")
    parser.add_argument("--json", dest="as_json", action="store_true", help="print the figures as one JSON record")
    parser.add_argument("--plot", type=picture, metavar="FILE", help="draw query time against passages into this .svg")


def _add_fit(parser: argparse.ArgumentParser) -> None:
    _add_sets(parser)
    parser.add_argument(
        "--false-refusals",
        type=share,
        default=0.10,
        metavar="SHARE",
        help="share of answerable questions that may be refused, 0 to 1, a mean over the sets (default %(default)s)",
    )
