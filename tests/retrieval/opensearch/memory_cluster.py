"""Indices in memory that understand what the engine asks, and weigh passages as Lucene does, rounded lengths too."""

import json
import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from bot.retrieval import RANKING
from bot.retrieval.engine import IndexGoneError
from bot.retrieval.opensearch.cluster import Cluster
from bot.retrieval.opensearch.sealed_index import Seal

Document = dict[str, Any]
Query = Mapping[str, Any]


class MemoryCluster(Cluster):
    """Answers searches of all its indices at once as a server of version 2 does, or 3 with `factor` 1."""

    def __init__(self, indices: Mapping[str, Iterable[bytes]], factor: float = RANKING.k1 + 1) -> None:
        """Hold the documents of indices by their names, given as lines of a bulk request."""
        self.shown = "memory"
        self.searches: list[Query] = []
        self.factor = factor
        documents = [(name, number, line) for name, lines in indices.items() for number, line in enumerate(lines)]
        self._documents: list[Document] = [
            {"_index": name, "_seq_no": number, **json.loads(line.splitlines()[1])} for name, number, line in documents
        ]
        held_by = Counter(name for name, *_ in documents)
        self.seals = {name: Seal(held_by[name], held_by[name] - 1) for name in indices}
        counts = [Counter(document.get("t", "").split()) for document in self._documents]
        self._counts = counts
        held = [count for count in counts if count]
        self._total = len(held)
        self._average = np.float32(sum(count.total() for count in held) / max(len(held), 1))
        self._frequencies = Counter(stem for count in counts for stem in count)

    def search_all(self, index: str, bodies: Sequence[Mapping[str, Any]], documents: int = 0) -> list[dict[str, Any]]:
        """Run searches one after the other."""
        del documents
        if index != ",".join(sorted(self.seals)):
            raise IndexGoneError
        self.searches.append(bodies[0])
        return [self._search(body) for body in bodies]

    def change(self, place: int, **fields: Any) -> None:
        """Write a document anew, as somebody does by hand."""
        self._documents[place] |= {"_seq_no": max(document["_seq_no"] for document in self._documents) + 1, **fields}

    def lose(self, kind: str) -> None:
        """Lose the last document that has a field."""
        lost = max(place for place, document in enumerate(self._documents) if kind in document)
        for rows in (self._documents, self._counts):
            del rows[lost]

    def _search(self, body: Mapping[str, Any]) -> dict[str, Any]:
        scores = {
            place: score
            for place in range(len(self._documents))
            if (score := self._score(body["query"], place)) is not None
        }
        names = [name for part in body.get("sort", ()) for name in part]

        def sort_values(place: int) -> list[float]:
            return [scores[place] if name == "_score" else self._documents[place][name] for name in names]

        def sort_key(place: int) -> tuple[float, ...]:
            # Unless it is told, a server gives those of equal scores in an order of its own: here the last come first.
            return (
                tuple(
                    -value if name == "_score" else value for name, value in zip(names, sort_values(place), strict=True)
                )
                if names
                else (-scores[place], -place)
            )

        best = sorted(scores, key=sort_key)[: body["size"]]
        hits = [self._hit(body, place, scores[place], sort_values(place)) for place in best]
        return {"hits": {"hits": hits, "total": {"value": len(scores)}}}

    def _hit(self, body: Query, place: int, score: float, sort: list[float]) -> dict[str, Any]:
        document = self._documents[place]
        told = {"sort": sort} if sort else {"_score": score}
        if body["_source"]:
            return {"_source": {name: document[name] for name in body["_source"]}, **told}
        return {"fields": {name: [_column(document[name])] for name in body["docvalue_fields"]}, **told}

    def _score(self, query: Query, place: int) -> float | None:
        """Return the score of a document, None where it does not match."""
        [(kind, body)] = query.items()
        return {
            "bool": self._bool,
            "dis_max": self._dis_max,
            "term": self._term,
            "terms": self._terms,
            "range": self._range,
        }[kind](body, place)

    def _bool(self, body: Query, place: int) -> float | None:
        required = [self._score(clause, place) for clause in (*body.get("must", ()), *body.get("filter", ()))]
        optional = [score for clause in body.get("should", ()) if (score := self._score(clause, place)) is not None]
        is_barred = any(self._score(clause, place) is not None for clause in body.get("must_not", ()))
        if is_barred or None in required or ("should" in body and not optional):
            return None
        must = [score for clause in body.get("must", ()) if (score := self._score(clause, place)) is not None]
        return float(np.float32(sum((*must, *optional))))

    def _dis_max(self, body: Query, place: int) -> float | None:
        return max(
            (score for query in body["queries"] if (score := self._score(query, place)) is not None), default=None
        )

    def _term(self, body: Query, place: int) -> float | None:
        [(name, value)] = body.items()
        value, boost = (value["value"], value["boost"]) if isinstance(value, Mapping) else (value, 1.0)
        if name != "t":
            return 1.0 if self._documents[place].get(name) == value else None
        count = self._counts[place]
        if not count[value]:
            return None
        frequency = self._frequencies[value]
        idf = np.float32(math.log1p((self._total - frequency + 0.5) / (frequency + 0.5)))
        weight = np.float32(boost) * idf * np.float32(self.factor)
        norm = np.float32(RANKING.k1) * np.float32(1 - RANKING.b + RANKING.b * _rounded(count.total()) / self._average)
        return float(weight - weight / (np.float32(1) + np.float32(count[value]) / norm))

    def _terms(self, body: Query, place: int) -> float | None:
        boost = body.get("boost", 1.0)
        [(name, values)] = [(name, values) for name, values in body.items() if name != "boost"]
        has = (
            any(value in self._counts[place] for value in values)
            if name == "t"
            else self._documents[place].get(name) in values
        )
        return float(boost) if has else None

    def _range(self, body: Query, place: int) -> float | None:
        [(name, bounds)] = body.items()
        value = self._documents[place].get(name)
        tests = {
            "gt": lambda bound: value > bound,
            "gte": lambda bound: value >= bound,
            "lte": lambda bound: value <= bound,
        }
        return 1.0 if value is not None and all(tests[bound](limit) for bound, limit in bounds.items()) else None


def _column(value: Any) -> Any:
    """Return a value as it comes out of a column: base64 without its padding."""
    return value.rstrip("=") if isinstance(value, str) else value


def _rounded(length: int) -> int:
    """Return the length that Lucene keeps in a byte: exact below 40, above with four significant bits."""
    exact = 24
    if length < exact:
        return length
    shift = max((length - exact).bit_length() - 4, 0)
    return exact + ((length - exact) >> shift << shift)
