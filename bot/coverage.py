"""The coverage of a command: the editions of the source that the command line or the settings name."""

from pathlib import Path

from bot.answering import Answerer, Knowledge, SelfTest
from bot.articles import BoilerplatePhrases
from bot.articles.sources import DirectorySource, KeptFolder, Source, source_of
from bot.articles.sources.combined.combined_source import CombinedSource
from bot.edition import EditionBuilder, Editions, LastServed, no_check
from bot.settings import CorpusSettings, Settings


def open_source(
    path: str | None, settings: CorpusSettings, kept: KeptFolder, phrases: BoilerplatePhrases
) -> DirectorySource | CombinedSource:
    """Make the source of a path, or else of what the settings name; raise SourceError."""
    return DirectorySource(Path(path)) if path else source_of(settings.location, settings.cache, kept, phrases)


def open_editions(  # noqa: PLR0913 (from what, and how)
    command: str,
    settings: Settings,
    phrases: BoilerplatePhrases,
    knowledge: Knowledge,
    answerer: Answerer,
    *,
    source: Source,
) -> Editions:
    """Make what holds the current edition of a source, as a command needs it."""
    corpus = settings.corpus
    builder = EditionBuilder(phrases, knowledge.analyser, corpus.cache, seconds=corpus.build_seconds)
    # Who asks on the command line sees what comes; only what serves others is asked about itself first.
    check = SelfTest(answerer).run if command in {"run", "check"} else no_check
    last_served = None
    if command == "run" and settings.discord.token is not None:
        # One address as it is written, so that an update of this program still knows what served.
        address = str(corpus.path.resolve()) if corpus.path else corpus.url
        last_served = LastServed(corpus.cache, address, phrases, knowledge.analyser)
    return Editions(
        source,
        builder.build,
        key=builder.key,
        check=check,
        most_shrink=corpus.most_shrink,
        store=last_served,
        build_in_process=builder.build_in_process,
        stop=builder.stop,
    )
