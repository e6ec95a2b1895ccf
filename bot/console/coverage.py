"""The coverage of a command: the editions of the source that the command line or the settings name."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from bot.answering import Answerer, Knowledge, SelfTest, SelfTestProcess
from bot.arabic import Analyser
from bot.articles import BoilerplatePhrases, Removals
from bot.articles.combined import CombinedSource, KeptFolder, source_of
from bot.articles.sources import DirectorySource, Source
from bot.edition import (
    Check,
    Edition,
    EditionBuilder,
    Editions,
    GoldenOutcome,
    GoldenQuestion,
    LastServed,
    PublishedEditions,
    ReloadLimits,
    SharedEditions,
    StageCallback,
    configuration_key,
    no_check,
)
from bot.retrieval.opensearch import Cluster, Publication, Publications, SealedIndex
from bot.settings import CONFIG, CorpusSettings, SearchSettings, Settings

# Commands whose editions others ask, or are asked about themselves.
_GATED = frozenset({"run", "check", "index"})
# For how long a node may take to answer what an edition is asked about itself. The words of a whole passage make a long
# query, whose first run reads much of a new index from disk.
_GATE_SECONDS = 30.0


def open_source(
    path: str | None,
    settings: CorpusSettings,
    kept: KeptFolder,
    phrases: BoilerplatePhrases,
    quoted: Callable[[], Mapping[str, int]] = dict,
) -> DirectorySource | CombinedSource:
    """Make the source of a path, or else of what the settings name; raise SourceError.

    `quoted` says how often an article was quoted of late, by its id.
    """
    return DirectorySource(Path(path)) if path else source_of(settings.location, settings.cache, kept, phrases, quoted)


@dataclass(frozen=True, slots=True)
class SharedIndex:
    """The index that processes share: the cluster as questions reach it, what is published there, and what serves."""

    cluster: Cluster
    publications: Publications
    store: PublishedEditions
    _clusters: tuple[Cluster, ...]

    def patiently(self, check: Check) -> Check:
        """Give the cluster more time for each request of a check than for those of people, who wait."""

        def run(edition: Edition, questions: Sequence[GoldenQuestion], progress: StageCallback) -> GoldenOutcome:
            with self.cluster.patience(_GATE_SECONDS):
                return check(edition, questions, progress)

        return run

    def close(self) -> None:
        for cluster in self._clusters:
            cluster.close()


def open_shared_index(
    search: SearchSettings, cache: Path, phrases: BoilerplatePhrases, analyser: Analyser
) -> SharedIndex:
    """Make what reaches the cluster of the settings, and keeps side files in a folder; raise SearchMissingError."""
    # What a full server refuses of documents does not count as its being away for those who ask.
    cluster, of_indices = (Cluster(search.addresses, ca_file=search.ca_file) for _ in range(2))
    publications = Publications(of_indices, search.index, configuration_key(phrases, analyser), cache)

    def open_edition(publication: Publication) -> Edition:
        arrays, facts = publications.fetch_side_file(publication)
        return Edition.from_side_file(SealedIndex(cluster, publication.seals), arrays, facts, analyser)

    store = PublishedEditions(publications, open_edition, f"{cluster.shown} ({publications.alias})")
    return SharedIndex(cluster, publications, store, (cluster, of_indices))


def open_editions(  # noqa: PLR0913 (from what, and how)
    command: str,
    settings: Settings,
    phrases: BoilerplatePhrases,
    knowledge: Knowledge,
    answerer: Answerer,
    *,
    source: Source,
    shared: SharedIndex | None = None,
) -> Editions:
    """Make what holds the current edition of a source, as a command needs it, or the one that processes share."""
    corpus = settings.corpus
    is_server = command == "run" and settings.discord.token is not None
    removal_list = source.removals if isinstance(source, CombinedSource) else None
    kept_out = source.kept_out if isinstance(source, CombinedSource) else Removals
    builder = EditionBuilder(phrases, knowledge.analyser, corpus.cache, seconds=corpus.build_seconds, removals=kept_out)
    make: Callable[..., Editions] = Editions
    if shared:
        builds = command == "index" or (is_server and settings.search.builds)
        make = partial(SharedEditions, store=shared.store, builds=builds, removal_list=removal_list)
    elif is_server:
        # One address as it is written, so that an update of this program still knows what served.
        address = str(corpus.path.resolve()) if corpus.path else corpus.url
        make = partial(Editions, store=LastServed(corpus.cache, address, phrases, knowledge.analyser))
    # On the command line people see what comes; only an edition that serves others is asked about itself first.
    check: Check = no_check
    if command in _GATED:
        check = SelfTestProcess(SelfTest(answerer), builder.process, CONFIG, settings.answer.risk).run
        if shared:
            # A cluster is asked by connections that only this process has.
            check = shared.patiently(SelfTest(answerer).run)
    return make(
        source,
        builder.build,
        key=builder.key,
        check=check,
        most_shrink=corpus.most_shrink,
        build_in_process=builder.build_in_process,
        stop=builder.stop,
        limits=ReloadLimits(source.most_seconds if isinstance(source, CombinedSource) else 0.0, corpus.build_seconds),
        kept_out=kept_out,
    )
