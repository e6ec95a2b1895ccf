"""The command line and composition root: settings, the parts built and handed to each other, one command run."""

import asyncio
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

from bot.answering import Answerer, Gaps, Knowledge, Risk, SelfTest
from bot.articles import BoilerplatePhrases
from bot.articles.sources import DirectorySource, SourceError, source_of
from bot.console import (
    Arguments,
    AskCommand,
    Benchmark,
    Evaluation,
    ImportCommand,
    QuestionsError,
    Terminal,
    parse_arguments,
    print_check,
    progress_bar,
    read_questions,
    silence_start_log,
    warn_of_settings,
    warn_of_start,
)
from bot.edition import BuildError, BuildTimeoutError, EditionBuilder, Editions, EmptyCorpusError, LastServed, no_check
from bot.lab.evaluation import SetError
from bot.ops.log_lines import configure
from bot.settings import CONFIG, ConfigError, Settings, SettingsError, read_settings, reply_language
from bot.texts import Texts

BAD_USAGE, INTERRUPTED = 2, 130
_TOOLS = frozenset({"eval", "fit", "count", "bench", "import"})
_KEYS = {BuildError: "console.not_built", BuildTimeoutError: "console.build_timeout", ConfigError: "console.config"}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command of the command line; return its exit code."""
    usage = parse_arguments(arguments)
    try:
        texts = Texts.read(CONFIG / "texts", reply_language())
    except ValueError as error:
        sys.stderr.write(f"{error}\n")
        return BAD_USAGE
    terminal = Terminal(texts)
    try:
        warn_of_settings(terminal, names=usage.command == "check")
        return _run(usage, read_settings(), terminal)
    except SettingsError as error:
        for mistake in error.mistakes:
            terminal.warn(mistake.key, variable=mistake.variable, words=mistake.words)
    except EmptyCorpusError as error:
        terminal.warn_of_rejections(error.rejections, everything=usage.everything)
        terminal.warn("console.empty_corpus", path=error.name)
    except (BuildError, ConfigError) as error:
        terminal.warn(_KEYS[type(error)], words=error)
    except SetError as error:
        terminal.warn("console.set", words=texts(error.key, **error.values).rstrip())
    except (QuestionsError, SourceError) as error:
        terminal.warn(error.key, **error.values)
    except BrokenPipeError:
        # The next program in the pipe has read enough, and nothing may be flushed into it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return INTERRUPTED
    return BAD_USAGE


def _run(usage: Arguments, settings: Settings, terminal: Terminal) -> int:
    """Put the parts together and run the command."""
    configure(settings.ops.log_format)
    phrases, knowledge = _config(settings.answer.risk)
    if usage.command in _TOOLS:
        return _use_tool(usage, settings, phrases, knowledge, terminal)
    questions = read_questions(usage.questions) if usage.questions else []
    on_discord = usage.command in {"run", "check"} and settings.discord.token is not None
    if on_discord:
        # A platform may stop the bot before the first edition is built and `serve` listens for signals.
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    answerer = Answerer(knowledge)
    editions = _editions(usage, settings, phrases, knowledge, answerer)
    with progress_bar(terminal.texts) as progress, silence_start_log(logged=on_discord and usage.command == "run"):
        start = editions.start(progress)
    is_amiss = warn_of_start(start, editions.source_error, terminal)
    edition = editions.current
    if on_discord:
        # Discord's library takes as long to import as everything else together.
        from bot.chat import inspect, serve  # noqa: PLC0415
    if usage.command == "check":
        findings = asyncio.run(inspect(settings.discord)) if on_discord else None
        code = print_check(edition, start, findings, terminal, phrases, everything=usage.everything)
        return max(code, BAD_USAGE if is_amiss else 0)
    if on_discord:
        return asyncio.run(serve(settings, terminal.texts, editions, answerer, Gaps(knowledge)))
    terminal.warn_of_rejections(edition.rejections)
    asking = AskCommand(answerer, edition, terminal, as_json=usage.as_json, explain=usage.explain)
    if usage.questions:
        return asking.all(questions)
    if usage.command == "ask":
        return asking.one(usage.question)
    if usage.command == "run":
        terminal.warn("console.no_token")
    return asking.chat()


def _editions(
    usage: Arguments, settings: Settings, phrases: BoilerplatePhrases, knowledge: Knowledge, answerer: Answerer
) -> Editions:
    """Make what holds the current edition of the corpus that was asked for; raise SourceError."""
    corpus = settings.corpus
    source = DirectorySource(Path(usage.corpus)) if usage.corpus else source_of(corpus.location, corpus.cache)
    builder = EditionBuilder(phrases, knowledge.analyser, corpus.cache, seconds=corpus.build_seconds)
    # Who asks on the command line sees what comes; only what serves others is asked about itself first.
    check = SelfTest(answerer).run if usage.command in {"run", "check"} else no_check
    last_served = None
    if usage.command == "run" and settings.discord.token is not None:
        address = str(corpus.path.resolve()) if corpus.is_local else corpus.url
        last_served = LastServed(corpus.cache, address, phrases, knowledge.analyser)
    return Editions(
        source,
        builder.build,
        key=builder.key,
        check=check,
        most_shrink=corpus.most_shrink,
        last_served=last_served,
        build_in_process=builder.build_in_process,
        stop=builder.stop,
    )


def _use_tool(
    usage: Arguments, settings: Settings, phrases: BoilerplatePhrases, knowledge: Knowledge, terminal: Terminal
) -> int:
    """Run a command that answers nothing."""
    if usage.command == "import" and usage.to is None and not settings.corpus.is_local:
        terminal.warn("import.elsewhere")
        return BAD_USAGE
    if usage.command == "import":
        return ImportCommand(usage.to or settings.corpus.path, phrases, terminal).all(usage)
    work = Benchmark if usage.command == "bench" else Evaluation
    return work(usage, phrases, knowledge, CONFIG, terminal).run()


def _config(risk: Risk) -> tuple[BoilerplatePhrases, Knowledge]:
    """Read what a maintainer may edit; raise ConfigError where a file of config/ cannot be read."""
    try:
        return BoilerplatePhrases.read(CONFIG / "marks.toml"), Knowledge.read(CONFIG, risk)
    except ValueError as error:
        raise ConfigError(str(error)) from error


if __name__ == "__main__":
    sys.exit(main())
