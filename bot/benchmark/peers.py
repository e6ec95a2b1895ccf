"""Search engines that people use in the place of rank-bm25, of the extra `bench`; SQLite comes with Python."""

from importlib import import_module
from typing import Any

from bot.benchmark.finding import TOP, Build, Found, Passages, Search

_TABLE = "CREATE VIRTUAL TABLE passages USING fts5(text, content='', tokenize='unicode61 remove_diacritics 0')"
_SELECT = "SELECT rowid, bm25(passages) FROM passages WHERE passages MATCH ? ORDER BY rank LIMIT ?"


def load_bm25s(backend: str, k1: float, b: float) -> Build:
    """Load bm25s with one of its backends, `numpy` or `numba`."""
    bm25s: Any = import_module("bm25s")
    if backend == "numba":
        import_module("numba")
    selection = "auto" if backend == "numba" else "numpy"

    def build(passages: Passages) -> Search:
        index = bm25s.BM25(k1=k1, b=b, backend=backend)
        # Numbers and a vocabulary are what its own tokenizer makes.
        vocabulary: dict[str, int] = {}
        rows = [[vocabulary.setdefault(token, len(vocabulary)) for token in tokens] for tokens in passages]
        index.index((rows, vocabulary), show_progress=False)
        top = min(TOP, len(rows))

        def search(query: list[str]) -> Found:
            found = index.retrieve([query], k=top, show_progress=False, backend_selection=selection)
            return found.documents[0], found.scores[0]

        return search

    return build


def load_tantivy() -> Build:
    """Load tantivy: an index in memory, written by one thread, with frequencies and without positions."""
    tantivy: Any = import_module("tantivy")

    def build(passages: Passages) -> Search:
        fields = tantivy.SchemaBuilder()
        fields.add_text_field("text", tokenizer_name="words", index_option="freq")
        fields.add_integer_field("number", fast=True)
        schema = fields.build()
        index = tantivy.Index(schema)
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

        return search

    return build


def load_fts5() -> Build:
    """Load SQLite: a full-text index in memory that does not keep the texts."""
    sqlite3: Any = import_module("sqlite3")

    def build(passages: Passages) -> Search:
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

        return search

    return build
