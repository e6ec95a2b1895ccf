"""The composition root: settings, the parts built and handed to each other, one command run."""

import asyncio
import gc
import os
import signal
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from typing import TYPE_CHECKING

from bot.answering import Answerer, Gaps, Knowledge
from bot.articles import BoilerplatePhrases
from bot.articles.combined import kept_folder
from bot.articles.importing import AddedArticles
from bot.console.arguments import Arguments
from bot.console.article_list import list_articles
from bot.console.ask import AskCommand, read_questions
from bot.console.check import CheckRecord, print_check, print_results, run_command
from bot.console.coverage import SharedIndex, open_editions, open_shared_index, open_source
from bot.console.destination import write_table
from bot.console.edition_start import check_start, publish_coverage, start_editions
from bot.console.import_pages import ImportCommand
from bot.console.misspelt_settings import warn_of_settings
from bot.console.surroundings import check_cluster, check_folders, check_sources
from bot.console.terminal import Terminal
from bot.console.terminal_language import terminal_language
from bot.console.word_report import report_words
from bot.edition import ReloadOutcome
from bot.ops.error_reports import report_errors
from bot.ops.log_lines import configure
from bot.settings import CONFIG, Settings, read_config, read_settings, reply_settings
from bot.texts import CheckResult, Texts
from bot.texts.csv_table import CsvTable

if TYPE_CHECKING:
    from bot.records import Records

BAD_USAGE = 2
TERMINATED = 128 + signal.SIGTERM
"""As a shell says of a program that this signal ended."""
# Chosen: so many objects are a megabyte or two.
_COLLECTED = 10_000
_TOOLS = frozenset({"bench", "count", "eval", "fit"})


def run(usage: Arguments) -> int:
    """Run one command of the command line; return its exit code."""
    try:
        replies = reply_settings()
        language = terminal_language(usage.language, os.environ, replies.chosen_language)
        texts = Texts.read(CONFIG / "texts", language, replies.months)
    except ValueError as error:
        sys.stderr.write(f"{error}\n")
        return BAD_USAGE
    record = CheckRecord(texts) if usage.command == "check" and usage.as_json else None
    terminal = record or Terminal(texts)
    code = run_command(lambda: _run(usage, terminal), terminal, everything=usage.everything)
    if record:
        record.finish(code)
    return code


def _run(usage: Arguments, terminal: Terminal) -> int:
    """Put the parts together and run the command."""
    misspelt = warn_of_settings(terminal, names=usage.command in {"check", "run"})
    settings = read_settings()
    if usage.command == "run":
        check_start(misspelt, has_token=settings.discord.token is not None)
    configure(settings.ops.log_format)
    phrases, knowledge = read_config(CONFIG, settings.answer.risk, settings.corpus.cache)
    # Word lists stay; measured, to look through them for garbage stops an answer for a fifth of a second.
    gc.freeze()
    # Measured: to look for circles at every 700 objects takes a twentieth of the time of an answer.
    gc.set_threshold(_COLLECTED)
    gc.enable()
    if (code := _run_tool(usage, settings, phrases, knowledge, terminal)) is not None:
        return code
    questions = read_questions(usage.questions) if usage.questions else []
    with _shared_index(usage, settings, phrases, knowledge) as shared:
        program = _Program(usage, settings, phrases, knowledge, terminal, misspelt=misspelt, shared=shared)
        return program.run(questions)


class _Program:
    """The parts of a command that has an edition, put together."""

    def __init__(  # noqa: PLR0913 (what all parts are made of, and the settings that were probably meant)
        self,
        usage: Arguments,
        settings: Settings,
        phrases: BoilerplatePhrases,
        knowledge: Knowledge,
        terminal: Terminal,
        *,
        misspelt: Collection[str],
        shared: SharedIndex | None,
    ) -> None:
        self._usage, self._settings, self._terminal, self._shared = usage, settings, terminal, shared
        self._phrases, self._knowledge, self._misspelt = phrases, knowledge, misspelt
        self._on_discord = usage.command in {"run", "check"} and settings.discord.token is not None
        self._is_server = self._on_discord and usage.command == "run"
        if self._on_discord:
            # A platform may stop the bot before `serve` listens for signals.
            signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        elif usage.command == "index":
            # What was begun, here and on the cluster, is taken away; otherwise it would lie there for hours.
            signal.signal(signal.SIGTERM, lambda *_: sys.exit(TERMINATED))
        if self._is_server and not report_errors(settings.ops.sentry_dsn):
            terminal.warn("start.no_sentry")
        self._records = _records(settings) if self._on_discord or usage.command == "check" else None
        self._answerer = Answerer(knowledge)
        self._kept = kept_folder(settings.corpus.keep, settings.corpus.cache, settings.corpus.limits)
        self._source = open_source(usage.corpus, settings.corpus, self._kept, phrases, self._quoted)
        self._editions = open_editions(
            usage.command, settings, phrases, knowledge, self._answerer, source=self._source, shared=shared
        )

    def _quoted(self) -> Mapping[str, int]:
        return self._records.quoted if self._records else {}

    def run(self, questions: Sequence[str]) -> int:
        """Run the command; return its exit code."""
        if self._usage.command == "index":
            publications = self._shared.publications if self._shared else None
            return publish_coverage(self._usage, self._editions, publications, self._terminal)
        if self._is_server and self._records:
            return self._serve(self._records)
        if self._usage.command == "check":
            return self._check()
        self._begin()
        return self._answer(questions)

    def _begin(self) -> tuple[ReloadOutcome, bool]:
        """Start the editions; return the outcome, and whether anything was amiss."""
        return start_editions(self._editions, self._terminal, logged=self._is_server)

    def _serve(self, records: "Records") -> int:
        """Be the bot on Discord."""
        # Measured: Discord's library takes half a second and 34 MB, as much as everything else together.
        from bot.chat import Materials, serve  # noqa: PLC0415

        reply = self._settings.reply
        replies = Texts.read_all(CONFIG / "texts", reply.language, reply.months)
        added = AddedArticles(self._kept.additions, self._phrases, self._kept.push)
        gaps = Gaps(self._knowledge)
        made_of = Materials(
            self._settings, replies, self._editions, self._answerer, gaps, records, added, self._kept.removals
        )
        return asyncio.run(serve(made_of, self._begin, texts=self._terminal.texts))

    def _check(self) -> int:
        """Say what is wrong; where a cluster has nothing to serve, of the coverage nothing more."""
        shared, terminal, editions, is_amiss = self._shared, self._terminal, self._editions, False
        of_cluster = list[CheckResult]()
        if shared:
            of_cluster += check_cluster(self._settings.search, shared.cluster, shared.publications, terminal)
        start = None
        if not any(one.is_problem for one in of_cluster):
            start, is_amiss = self._begin()
        around = [
            *of_cluster,
            *(check_sources(self._source.parts, editions, terminal) if editions.builds else ()),
            *check_folders(self._settings.corpus, self._kept, terminal),
            *(self._records.inspect() if self._records else ()),
        ]
        code = print_check(
            editions.current if start else None,
            start,
            self._inspect_discord(),
            terminal,
            self._phrases,
            surroundings=around,
            is_misnamed=bool(self._misspelt),
            everything=self._usage.everything,
        )
        return max(code, BAD_USAGE if is_amiss else 0)

    def _inspect_discord(self) -> Sequence[CheckResult] | None:
        """Return what Discord says of the settings, None without a token."""
        if not self._on_discord:
            return None
        # As in `_serve`.
        from bot.chat import inspect  # noqa: PLC0415

        return asyncio.run(inspect(self._settings.discord))

    def _answer(self, questions: Sequence[str]) -> int:
        """List articles, or answer questions."""
        usage, terminal, edition = self._usage, self._terminal, self._editions.current
        terminal.sum_up_rejections(edition.rejections)
        if usage.command == "articles":
            return list_articles(usage, edition, terminal)
        asking = AskCommand(
            self._answerer,
            edition,
            terminal,
            golden=self._editions.golden,
            as_json=usage.as_json,
            explain=usage.explain,
            history=self._settings.corpus.cache / "questions.history",
        )
        return asking.run(usage, questions)


def _run_tool(
    usage: Arguments, settings: Settings, phrases: BoilerplatePhrases, knowledge: Knowledge, terminal: Terminal
) -> int | None:
    """Run a command that needs no edition; return its exit code, None where it is none of these."""
    if usage.command == "import":
        return ImportCommand(usage.to or settings.corpus.path, phrases, terminal).run(usage)
    if usage.command == "words":
        return report_words(usage, knowledge, terminal)
    if usage.command in {"records", "export"}:
        return _run_on_records(usage, settings, terminal)
    if usage.command in _TOOLS:
        # Measured: the laboratory takes 0.05 s and 5 MB, and no other command needs it.
        from bot.console.laboratory.bench import Benchmark  # noqa: PLC0415
        from bot.console.laboratory.cluster_bench import ClusterBenchmark, named_cluster  # noqa: PLC0415
        from bot.console.laboratory.evaluate import Evaluation  # noqa: PLC0415

        if usage.search is not None:
            search = named_cluster(usage.search, settings.search)
            return ClusterBenchmark(usage, phrases, knowledge, CONFIG, terminal, search=search).run()
        tool = Benchmark if usage.command == "bench" else Evaluation
        return tool(usage, phrases, knowledge, CONFIG, terminal).run()
    return None


def _run_on_records(usage: Arguments, settings: Settings, terminal: Terminal) -> int:
    """Copy records, or export some of them; return the exit code."""
    records = _records(settings)
    if records is None:
        key = "records.copy.no_place" if usage.command == "records" else "records.export.no_place"
        return print_results([CheckResult(key, is_problem=True)], terminal)
    found = records.copy_from(usage.source) if usage.command == "records" else records.export(usage.what)
    return write_table(found, usage, terminal) if isinstance(found, CsvTable) else print_results(found, terminal)


@contextmanager
def _shared_index(
    usage: Arguments, settings: Settings, phrases: BoilerplatePhrases, knowledge: Knowledge
) -> Iterator[SharedIndex | None]:
    """Reach the cluster of the settings, None where there is none or other articles are asked for."""
    if not settings.search.addresses or (usage.corpus is not None and usage.command != "index"):
        yield None
        return
    shared = open_shared_index(settings.search, settings.corpus.cache, phrases, knowledge.analyser)
    with closing(shared):
        yield shared


def _records(settings: Settings) -> "Records | None":
    """Make the store for a bot on Discord, or the database that is named; raise SettingsError."""
    kept, discord = settings.records, settings.discord
    if discord.token is None and kept.database_url is None:
        return None
    # Measured: SQLAlchemy takes 0.2 s and 13 MB, and questions in a terminal need no database.
    from bot.records import open_records  # noqa: PLC0415

    return open_records(kept.database_url, settings.corpus.cache, days=kept.records_days, bot_id=discord.bot_id)
