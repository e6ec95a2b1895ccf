"""The compared engines: each indexes token lists of passages and finds the ten best for a query of tokens.

Each names the modules that it needs beyond those of the bot, so that a process pays for one engine alone.
"""

import gc
import pickle
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rank_bm25 import BM25Okapi

from bot.lab.benchmark.materials import TokenStream, read_lines
from bot.lab.benchmark.measurements import EngineMeasurement, forget_peak, memory, time_calls
from bot.retrieval import BM25, RANKING
from bot.storage import ArrayFile, StringTable

TOP = 10
# The number of queries whose results are compared between engines.
_COMPARED = 50

Passages = Iterable[Sequence[str]]
Found = tuple[Sequence[int] | NDArray[np.integer], Sequence[float] | NDArray[np.floating]]
"""Indices of passages and their scores, the best first."""
Search = Callable[[list[str]], Found]
Store = Callable[[Path], object]
"""Writes an index to a path, where there is nothing yet."""
Built = tuple[Search, Store]

_TABLE = "CREATE VIRTUAL TABLE passages USING fts5(text, content='', tokenize='unicode61 remove_diacritics 0')"
_SELECT = "SELECT rowid, bm25(passages) FROM passages WHERE passages MATCH ? ORDER BY rank LIMIT ?"

STOCK, OURS = "rank-bm25", "isnad"


def top_passages(scores: NDArray[np.float64]) -> Found:
    """Return the ten highest scores by a full sort, as users of rank-bm25 do."""
    # From the other end, numpy takes twenty times as long over the many passages that score nothing.
    numbers = np.argpartition(-scores, min(TOP, len(scores) - 1))[:TOP]
    numbers = numbers[np.argsort(-scores[numbers])]
    return numbers, scores[numbers]


def build_bm25s(passages: Passages, backend: str) -> Built:
    """Index passages with bm25s and one of its backends, `numpy` or `numba`."""
    bm25s: Any = import_module("bm25s")
    index = bm25s.BM25(k1=RANKING.k1, b=RANKING.b, backend=backend)
    # Numbers and a vocabulary are what its own tokenizer makes.
    vocabulary: dict[str, int] = {}
    rows = [[vocabulary.setdefault(token, len(vocabulary)) for token in tokens] for tokens in passages]
    index.index((rows, vocabulary), show_progress=False)
    top, selection = min(TOP, len(rows)), "auto" if backend == "numba" else "numpy"

    def search(query: list[str]) -> Found:
        found = index.retrieve([query], k=top, show_progress=False, backend_selection=selection)
        return found.documents[0], found.scores[0]

    return search, index.save


def build_tantivy(passages: Passages, folder: Path | None = None) -> Built:
    """Index passages with tantivy, in memory or in a folder, by one thread, with frequencies and without positions."""
    tantivy: Any = import_module("tantivy")
    fields = tantivy.SchemaBuilder()
    fields.add_text_field("text", tokenizer_name="words", index_option="freq")
    fields.add_integer_field("number", fast=True)
    schema = fields.build()
    if folder:
        folder.mkdir()
    index = tantivy.Index(schema, path=folder and str(folder))
    index.register_tokenizer("words", tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
    writer = index.writer(num_threads=1)
    for number, tokens in enumerate(passages):
        writer.add_document(tantivy.Document(text=" ".join(tokens), number=number))
    writer.commit()
    writer.wait_merging_threads()
    index.reload()
    searcher = index.searcher()

    def search(query: list[str]) -> Found:
        terms = [(tantivy.Occur.Should, tantivy.Query.term_query(schema, "text", token)) for token in query]
        hits = searcher.search(tantivy.Query.boolean_query(terms), TOP, count=False).hits
        return searcher.fast_field_values("number", [place for _, place in hits]), [score for score, _ in hits]

    return search, partial(build_tantivy, passages)


def build_fts5(passages: Passages) -> Built:
    """Index passages with SQLite: a full-text index in memory that does not keep the texts."""
    sqlite3: Any = import_module("sqlite3")
    database = sqlite3.connect(":memory:")
    database.execute(_TABLE)
    rows = ((number, " ".join(tokens)) for number, tokens in enumerate(passages))
    database.executemany("INSERT INTO passages (rowid, text) VALUES (?, ?)", rows)
    database.execute("INSERT INTO passages (passages) VALUES ('optimize')")
    database.commit()

    def search(query: list[str]) -> Found:
        found = database.execute(_SELECT, (" OR ".join(f'"{token}"' for token in query), TOP)).fetchall()
        # What it calls bm25 is the smaller the better.
        return [number for number, _ in found], [-score for _, score in found]

    return search, lambda file: database.execute("VACUUM INTO ?", (str(file),))


def build_stock(passages: Passages) -> Built:
    """Index passages with rank-bm25's own class, and the parameters of the bot's index."""
    index = BM25Okapi(passages, k1=RANKING.k1, b=RANKING.b, epsilon=RANKING.epsilon)
    return lambda query: top_passages(index.get_scores(query)), partial(_pickle, index)


def build_rust(passages: Passages) -> Built:
    """Index passages with rank-bm25-rs, which takes lists alone without falling back to Python."""
    rank_bm25_rs: Any = import_module("rank_bm25_rs")
    rows = [list(tokens) for tokens in passages]
    index = rank_bm25_rs.BM25Okapi(rows, k1=RANKING.k1, b=RANKING.b, epsilon=RANKING.epsilon)
    return lambda query: top_passages(index.get_scores(query)), partial(_pickle, index)


def _pickle(index: object, file: Path) -> None:
    file.write_bytes(pickle.dumps(index))


def build_ours(passages: Passages) -> Built:
    index = BM25(passages)

    def store(file: Path) -> None:
        with ArrayFile(file) as writer:
            writer.add(index.arrays() | StringTable.of(sorted(map(str, index.idf))).arrays())
            writer.finish({})

    return lambda query: index.top(query, TOP), store


ENGINES: Mapping[str, tuple[Callable[[Passages], Built], Sequence[str]]] = {
    STOCK: (build_stock, ()),
    OURS: (build_ours, ()),
    "rank-bm25-rs": (build_rust, ["rank_bm25_rs"]),
    "bm25s": (partial(build_bm25s, backend="numpy"), ["bm25s"]),
    "bm25s + numba": (partial(build_bm25s, backend="numba"), ["bm25s", "numba"]),
    "tantivy": (build_tantivy, ["tantivy"]),
    "SQLite FTS5": (build_fts5, ["sqlite3"]),
}
"""What indexes passages, and the modules that it needs, in the order of the table; the first is the baseline."""


def measure_engine(engine: str, tokens: Path, queries: Path, budget: float) -> EngineMeasurement:
    """Build an engine from a file of tokens, and time a file of queries within a budget of seconds.

    Raise ImportError where the engine is not installed.
    """
    build, modules = ENGINES[engine]
    for module in modules:
        import_module(module)
    asked = [line.split() for line in read_lines(queries)]
    stream = TokenStream(tokens)
    gc.collect()
    imports = memory("VmRSS")
    forget_peak()
    began = time.perf_counter()
    search, store = build(stream)
    seconds = time.perf_counter() - began - stream.seconds
    gc.collect()
    after = memory("VmRSS")

    def beyond(held: float | None) -> float | None:
        return None if imports is None or held is None else max(held - imports, 0.0)

    timed = time_calls(search, asked, budget, keep=_COMPARED)
    peak = beyond(memory("VmHWM"))
    with TemporaryDirectory() as folder:
        store(Path(folder) / "index")
        files = [file.stat().st_size for file in Path(folder).rglob("*") if file.is_file()]
    return EngineMeasurement(
        queries=timed.calls,
        build_seconds=seconds,
        microseconds_p50=timed.p50 * 1e6,
        microseconds_p99=timed.p99 * 1e6,
        megabytes_imports=imports,
        megabytes_after=beyond(after),
        megabytes_peak=peak,
        megabytes_stored=sum(files) / 1e6,
        tops=[(list(map(int, numbers)), list(map(float, scores))) for numbers, scores in timed.first],
    )
