"""The composition root: settings, the parts built and handed to each other, one command run."""

import asyncio
import os
import signal
import sys
from functools import partial
from typing import TYPE_CHECKING

from bot import console
from bot.answering import Answerer, Gaps, Knowledge
from bot.arguments import Arguments
from bot.articles import BoilerplatePhrases
from bot.articles.importing import AddedArticles
from bot.articles.sources import kept_folder
from bot.coverage import SharedIndex, open_editions, open_shared_index, open_source
from bot.ops.error_reports import report_errors
from bot.ops.log_lines import configure
from bot.settings import CONFIG, Settings, read_config, read_settings, reply_language
from bot.terminal_language import terminal_language
from bot.texts import Texts

if TYPE_CHECKING:
    from bot.records import Records

BAD_USAGE = 2
_TOOLS = frozenset({"bench", "count", "eval", "fit"})


def run(usage: Arguments) -> int:
    """Run one command of the command line; return its exit code."""
    try:
        language = terminal_language(usage.language, os.environ, reply_language())
        texts = Texts.read(CONFIG / "texts", language)
    except ValueError as error:
        sys.stderr.write(f"{error}\n")
        return BAD_USAGE
    record = console.CheckRecord(texts) if usage.command == "check" and usage.as_json else None
    terminal = record or console.Terminal(texts)
    code = console.run_command(lambda: _run(usage, terminal), terminal, everything=usage.everything)
    if record:
        record.finish(code)
    return code


def _run(usage: Arguments, terminal: console.Terminal) -> int:
    """Put the parts together and run the command."""
    misspelt = console.warn_of_settings(terminal, names=usage.command in {"check", "run"})
    settings = read_settings()
    if usage.command == "run":
        console.check_start(misspelt, has_token=settings.discord.token is not None)
    configure(settings.ops.log_format)
    phrases, knowledge = read_config(CONFIG, settings.answer.risk)
    if (code := _run_tool(usage, settings, phrases, knowledge, terminal)) is not None:
        return code
    questions = console.read_questions(usage.questions) if usage.questions else []
    on_discord = usage.command in {"run", "check"} and settings.discord.token is not None
    is_server = on_discord and usage.command == "run"
    if on_discord:
        # A platform may stop the bot before `serve` listens for signals.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
        # Discord's library takes as long to import as everything else together.
        from bot.chat import Materials, inspect, serve  # noqa: PLC0415
    if is_server and not report_errors(settings.ops.sentry_dsn):
        terminal.warn("start.no_sentry")
    records = _records(settings) if on_discord or usage.command == "check" else None
    answerer = Answerer(knowledge)
    kept = kept_folder(settings.corpus.keep, settings.corpus.cache, settings.corpus.limits)
    source = open_source(usage.corpus, settings.corpus, kept, phrases)
    shared = _shared_index(usage, settings, phrases, knowledge)
    editions = open_editions(usage.command, settings, phrases, knowledge, answerer, source=source, shared=shared)
    if usage.command == "index":
        return console.publish_coverage(usage, editions, shared.publications if shared else None, terminal)
    begin = partial(console.start_editions, editions, terminal, logged=is_server)
    if is_server and records:
        replies = Texts.read(CONFIG / "texts", settings.reply.language)
        added = AddedArticles(kept.additions, phrases, kept.push)
        made_of = Materials(settings, replies, editions, answerer, Gaps(knowledge), records, added)
        return asyncio.run(serve(made_of, begin, texts=terminal.texts))
    if usage.command == "check":
        of_cluster = (
            [*console.check_cluster(settings.search, shared.cluster, shared.publications, terminal)] if shared else []
        )
        start, is_amiss = (None, False) if any(one.is_problem for one in of_cluster) else begin()
        findings = asyncio.run(inspect(settings.discord)) if on_discord else console.missing_token()
        around = [
            *of_cluster,
            *(console.check_sources(source.parts, editions, terminal) if editions.builds else ()),
            *console.check_folders(settings.corpus, kept, terminal),
            *(records.inspect() if records else ()),
        ]
        code = console.print_check(
            editions.current if start else None,
            start,
            findings,
            terminal,
            phrases,
            surroundings=around,
            is_misnamed=bool(misspelt),
            everything=usage.everything,
        )
        return max(code, BAD_USAGE if is_amiss else 0)
    begin()
    edition = editions.current
    terminal.sum_up_rejections(edition.rejections)
    if usage.command == "articles":
        return console.list_articles(usage, edition, terminal)
    asking = console.AskCommand(
        answerer,
        edition,
        terminal,
        golden=editions.golden,
        as_json=usage.as_json,
        explain=usage.explain,
        history=settings.corpus.cache / "questions.history",
    )
    return asking.run(usage, questions)


def _run_tool(
    usage: Arguments, settings: Settings, phrases: BoilerplatePhrases, knowledge: Knowledge, terminal: console.Terminal
) -> int | None:
    """Run a command that needs no edition; return its exit code, None where it is none of these."""
    if usage.command == "import":
        return console.ImportCommand(usage.to or settings.corpus.path, phrases, terminal).run(usage)
    if usage.command in _TOOLS:
        # Who asks need not wait for the laboratory.
        from bot.console.bench import Benchmark  # noqa: PLC0415
        from bot.console.cluster_bench import ClusterBenchmark, search_addresses  # noqa: PLC0415
        from bot.console.evaluate import Evaluation  # noqa: PLC0415

        if usage.search is not None:
            addresses = search_addresses(usage.search, settings.search)
            return ClusterBenchmark(usage, phrases, knowledge, CONFIG, terminal, addresses=addresses).run()
        tool = Benchmark if usage.command == "bench" else Evaluation
        return tool(usage, phrases, knowledge, CONFIG, terminal).run()
    return None


def _shared_index(
    usage: Arguments, settings: Settings, phrases: BoilerplatePhrases, knowledge: Knowledge
) -> SharedIndex | None:
    """Reach the cluster of the settings, None where there is none or other articles are asked for."""
    if not settings.search.addresses or (usage.corpus is not None and usage.command != "index"):
        return None
    return open_shared_index(settings.search, settings.corpus.cache, phrases, knowledge.analyser)


def _records(settings: Settings) -> "Records | None":
    """Make the store for a bot on Discord, or the database that is named; raise SettingsError."""
    kept, discord = settings.records, settings.discord
    if discord.token is None and kept.database_url is None:
        return None
    # Who asks in the terminal needs neither SQLAlchemy, which takes 12 MB, nor a database.
    from bot.records import open_records  # noqa: PLC0415

    return open_records(kept.database_url, settings.corpus.cache, days=kept.records_days, bot_id=discord.bot_id)
