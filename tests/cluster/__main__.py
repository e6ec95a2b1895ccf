"""Ask a bot on three nodes while they and what serves change: `python -m tests.cluster [--passages N] …`.

Two processes publish at once, a node is killed and comes back, another one freezes, a new coverage is published and
rolled back. Each answer is compared with that of the embedded index.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from bot.answering import Risk
from bot.articles import read_corpus
from bot.lab.benchmark.corpora import stretch
from bot.lab.benchmark.materials import prepare, read_lines
from bot.settings import CONFIG, DATA, read_config
from tests.cluster.coverage import Coverage
from tests.cluster.storm import Storm
from tests.opensearch_server.cluster import opensearch_cluster_of


def main() -> None:
    """Read the arguments, run, and print the figures."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.cluster", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpus", type=Path, default=DATA / "corpus", help="articles (default: corpus/)")
    parser.add_argument("--passages", type=int, default=10_000, help="cut or stretched to so many (default: 10000)")
    parser.add_argument("--materials", type=Path, help="a folder with articles.jsonl, questions.txt and editions/")
    parser.add_argument("--questions", type=int, default=500, help="so many different ones (default: 500)")
    parser.add_argument("--asked", type=int, default=500, help="at least so many in each phase (default: 500)")
    parser.add_argument("--pause", type=float, default=15, help="seconds that a node stays frozen (default: 15)")
    parser.add_argument("--heap", default="1g", help="memory of each node's heap (default: 1g)")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="isnad-cluster-") as temporary:
        folder = arguments.materials or _materials(Path(temporary), arguments.corpus, arguments.passages)
        questions = read_lines(folder / "questions.txt")[: arguments.questions]
        coverage = Coverage.of(folder / "articles.jsonl", questions, folder / "editions")
        with opensearch_cluster_of(3, heap=arguments.heap) as cluster:
            storm = Storm(cluster, coverage, asked=arguments.asked, pause=arguments.pause)
            built, tallies = storm.run(Path(temporary, "bot"))
    sys.stdout.write("\n".join(built.report(tallies)) + "\n")
    sys.exit(any(tally.failed or tally.different for tally in tallies))


def _materials(folder: Path, corpus: Path, passages: int) -> Path:
    """Write the files of a corpus that is cut or stretched."""
    phrases, knowledge = read_config(CONFIG, Risk.NORMAL)
    articles = read_corpus(corpus, phrases).articles
    prepare(stretch(articles, passages), folder, knowledge)
    return folder


if __name__ == "__main__":
    main()
