"""Ask a bot on three nodes while they and what serves change: `python -m tests.cluster [--passages N] …`.

Two processes publish at once, a node is killed and comes back, another one freezes, a new coverage is published and
rolled back. Each answer is compared with that of the embedded index.
"""

import sys
import tempfile
from pathlib import Path

from bot.settings import DATA
from tests.cluster.coverage import Coverage, write_materials
from tests.cluster.storm import Storm
from tests.opensearch_server.cluster import opensearch_cluster_of
from tests.scenarios import scenario_parser


def main() -> None:
    """Read the arguments, run, and print the figures."""
    parser = scenario_parser("cluster", __doc__)
    parser.add_argument("--corpus", type=Path, default=DATA / "corpus", help="articles (default: corpus/)")
    parser.add_argument("--passages", type=int, default=10_000, help="cut or stretched to so many (default: 10000)")
    parser.add_argument("--materials", type=Path, help="a folder with articles.jsonl, questions.txt and editions/")
    parser.add_argument("--questions", type=int, default=500, help="so many different ones (default: 500)")
    parser.add_argument("--asked", type=int, default=500, help="at least so many in each phase (default: 500)")
    parser.add_argument("--pause", type=float, default=15, help="seconds that a node stays frozen (default: 15)")
    parser.add_argument("--heap", default="1g", help="memory of each node's heap (default: 1g)")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="isnad-cluster-") as temporary:
        folder = arguments.materials or Path(temporary)
        if folder != arguments.materials:
            write_materials(folder, arguments.corpus, arguments.passages)
        coverage = Coverage.of(folder, arguments.questions)
        with opensearch_cluster_of(3, heap=arguments.heap) as cluster:
            storm = Storm(cluster, coverage, asked=arguments.asked, pause=arguments.pause)
            built, tallies = storm.run(Path(temporary, "bot"))
    sys.stdout.write("\n".join(built.report(tallies)) + "\n")
    sys.exit(any(tally.failed or tally.different for tally in tallies))


if __name__ == "__main__":
    main()
