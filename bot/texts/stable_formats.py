"""The JSON records and CSV tables of outcomes and articles, stable formats for other programs.

`docs/json.md` and `docs/records.md` describe them.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, TypeAlias

from bot.answering import Answer, ExplainedCandidate, Explanation, Quote, Refusal
from bot.articles import Article


def record(outcome: Answer | Refusal, milliseconds: float) -> dict[str, Any]:
    """Return the record of one outcome; the keys are the same for answers and refusals."""
    answer, refusal = (None, outcome) if isinstance(outcome, Refusal) else (outcome, None)
    quotes = [_quote(quote, is_shown=at < answer.shown) for at, quote in enumerate(answer.quotes)] if answer else []
    related = refusal.related if refusal else answer.articles if answer else ()
    return {
        "question": outcome.question,
        "mode": outcome.mode.value,
        "outcome": "refusal" if refusal else "answer",
        "reason": refusal.reason.value if refusal else None,
        "quotes": quotes,
        "missing": list(refusal.missing) if refusal else [],
        "related": [{"article_id": article.id, "title": article.title, "url": article.url} for article in related],
        "statement": answer.statement if answer else None,
        "differences": [asdict(one) for one in answer.differences] if answer else [],
        "unanswered": list(answer.unanswered) if answer else [],
        "hint": refusal.hint if refusal else None,
        "edition": outcome.edition,
        "ms": round(milliseconds, 2),
        "answer": answer.direct if answer else None,
        "meant": refusal.meant if refusal else None,
    }


def explanation_record(explanation: Explanation) -> dict[str, Any]:
    """Return the record of an explanation, with unrounded numbers."""
    detail = explanation.outcome.detail if isinstance(explanation.outcome, Refusal) else None
    return {
        "understood": explanation.understood,
        "removed": list(explanation.removed),
        "asks": explanation.answer_type,
        "mode": explanation.mode,
        "terms": [asdict(term) for term in explanation.terms],
        "candidates": [_candidate(candidate) for candidate in explanation.candidates],
        "intercept": explanation.intercept,
        "threshold": explanation.threshold,
        "decision": explanation.verdict,
        "lacking": {"kind": detail.kind, "words": detail.words} if detail else None,
    }


def article_record(article: Article) -> dict[str, Any]:
    """Return the record of an article in a list: where it is from, and how many paragraphs it has."""
    return {
        **_source(article),
        "author": article.author,
        "language": article.language,
        "paragraphs": len(article.paragraphs),
    }


def _candidate(candidate: ExplainedCandidate) -> dict[str, Any]:
    return {
        "article_id": candidate.article.id,
        "title": candidate.article.title,
        "paragraph": candidate.paragraph,
        "rank": candidate.rank,
        "matches": [asdict(match) for match in candidate.matches],
        "signals": [asdict(signal) for signal in candidate.signals],
        "objection": candidate.missing_requirement,
        "probability": candidate.probability,
    }


def _quote(quote: Quote, *, is_shown: bool) -> dict[str, Any]:
    """Return the record of a quote, with the offsets in `text` of the words that answer.

    `shown` is whether it takes the quote to answer.
    """
    return {
        "text": quote.text,
        **_source(quote.article),
        "paragraph": quote.paragraph,
        "start": quote.start,
        "end": quote.end,
        "score": round(quote.score, 4),
        "also": [
            {**_source(other.article), "paragraph": other.paragraph, "start": other.start, "end": other.end}
            for other in quote.other_sources
        ],
        "sources": [asdict(source) for source in quote.article.sources],
        "answer": [asdict(mark) for mark in quote.highlights],
        "shown": is_shown,
        "event_date": quote.event_date,
    }


def _source(article: Article) -> dict[str, Any]:
    return {
        "article_id": article.id,
        "title": article.title,
        "outlet": article.outlet,
        "url": article.url,
        "published": article.published.isoformat() if article.published else None,
    }


Cell: TypeAlias = str | int | date | Sequence[str] | None

# Without it, spreadsheet programs take the letters for those of another encoding.
_MARK = "\ufeff"
_BETWEEN = " | "
# What spreadsheet programs calculate, or send to other programs, when they open a file; East Asian ones in wide
# letters too. Apostrophes count as well, so that the one that is put before such a cell can be told from its own.
_FORMULA = re.compile(r"'*(?:[\t\r\n]|\s*[=+\-@\uff1d\uff0b\uff0d\uff20])")

ARTICLE_COLUMNS = ("article_id", "title", "outlet", "url", "published", "author", "language", "paragraphs")


@dataclass(frozen=True, slots=True)
class CsvTable:
    """A table with the names of its columns."""

    columns: Sequence[str]
    rows: Iterable[Sequence[Cell]]


@dataclass(frozen=True, slots=True)
class CsvFile:
    """The text of a file, how many rows it has, and whether there are more that it has no room for."""

    text: str
    count: int
    is_cut: bool = False


def write_csv(table: CsvTable, room: int | None = None) -> CsvFile:
    """Write the first rows of a table that fit into so many bytes of UTF-8, or all of them."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    stream.write(_MARK)
    writer.writerow(table.columns)
    left, count, end = room, 0, stream.tell()
    if left is not None:
        left -= len(stream.getvalue().encode())
    for row in table.rows:
        writer.writerow(list(map(_written, row)))
        if left is not None:
            stream.seek(end)
            left -= len(stream.read().encode())
            if left < 0:
                stream.seek(end)
                stream.truncate()
                return CsvFile(stream.getvalue(), count, is_cut=True)
        count, end = count + 1, stream.tell()
    return CsvFile(stream.getvalue(), count)


def article_table(articles: Iterable[Article]) -> CsvTable:
    """Return the table of some articles; a row has what a JSON record of an article has."""
    records = map(article_record, articles)
    return CsvTable(ARTICLE_COLUMNS, ([record[name] for name in ARTICLE_COLUMNS] for record in records))


def _written(cell: Cell) -> str:
    """Write a cell as a text that every program reads and none calculates."""
    match cell:
        case None:
            text = ""
        case str():
            text = cell
        case date():
            text = cell.isoformat()
        case int():
            text = str(cell)
        case _:
            text = _BETWEEN.join(cell)
    # Articles may hold halves of letters, and readers of CSV stop at a null character.
    text = text.replace("\0", "").encode("utf-8", "replace").decode()
    return f"'{text}" if _FORMULA.match(text) else text
