"""An index merged from that of an earlier edition and from new articles, array for array as one built anew."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.articles import ProgressCallback, no_progress
from bot.retrieval.bm25 import BM25
from bot.retrieval.fields import Fields
from bot.retrieval.gram_bm25 import gram_frequencies, gram_model
from bot.retrieval.index_builder import STEPS, IndexBuilder
from bot.retrieval.merge.postings_merge import PostingsMerge
from bot.retrieval.merge.vocabulary_merge import MergedVocabulary, merge_vocabulary
from bot.retrieval.vocabulary import Vocabulary
from bot.storage import Arrays, ArrayWriter, IntArray, Merge, MergedStrings, PrefixWriter, Ragged, offsets, strip_prefix

_ROWS = 1 << 14
_BITS = 32
_LATEST = np.iinfo(np.int64).max

_PLACES = ("words", "sentences")


def first_occurrence_order(fields: Fields, words: int) -> IntArray:
    """Return the word numbers by first occurrence, (words,): in each article title, then passage by passage."""
    first = np.full(words, _LATEST)
    firsts = np.searchsorted(fields.articles, np.arange(len(fields.titles)))
    passages = np.arange(len(fields))
    # The title comes before the first of an article's passages.
    for rows, ranks in (
        (fields.titles, 3 * firsts),
        (fields.headings, 3 * passages + 1),
        (fields.texts, 3 * passages + 2),
    ):
        _note_first(first, rows, ranks)
    return np.argsort(first, kind="stable").astype(np.int32)


def _note_first(earliest: NDArray[np.int64], rows: Ragged, ranks: NDArray[np.integer]) -> None:
    """Lower the earliest position of each word, rank of row << 32 | place in it, to its first in these rows."""
    for first in range(0, len(rows), _ROWS):
        starts = rows.starts[first : first + _ROWS + 1]
        values = rows.values[starts[0] : starts[-1]]
        lengths = np.diff(starts)
        places = np.arange(len(values)) - np.repeat(starts[:-1] - starts[0], lengths)
        np.minimum.at(earliest, values, np.repeat(ranks[first : first + _ROWS], lengths) << _BITS | places)


@dataclass(frozen=True, slots=True)
class _Passages:
    """How passages are merged: `kept` marks the old ones that stay, `new` are the numbers of the new ones."""

    merge: Merge
    articles: Merge
    kept: NDArray[np.bool_]
    new: NDArray[np.int64]
    owners: NDArray[np.int32]

    @classmethod
    def of(cls, old: Fields, new: Fields, rows: NDArray[np.integer], folder: Path | None) -> "_Passages":
        articles = Merge.of(rows, len(old.titles), folder)
        starts = tuple(offsets(np.bincount(fields.articles, minlength=len(fields.titles))) for fields in (old, new))
        merge = articles.expand(*starts)
        counts = articles.take(*map(np.diff, starts))
        kept = np.zeros(len(old), dtype=np.bool_)
        is_new = np.zeros(int(counts.sum()), dtype=np.bool_)
        at = 0
        for new_run, first, last in merge.runs:
            if new_run:
                is_new[at : at + last - first] = True
            else:
                kept[first:last] = True
            at += last - first
        owners = np.repeat(np.arange(len(rows), dtype=np.int32), counts)
        return cls(merge, articles, kept, np.flatnonzero(is_new), owners)


def merge_index(  # noqa: PLR0913 (from what, into what, and what to report)
    old: Arrays,
    new: IndexBuilder,
    rows: NDArray[np.integer],
    writer: ArrayWriter,
    *,
    progress: ProgressCallback | None = None,
    folder: Path | None = None,
) -> None:
    """Write the index of some articles of an old index, in its order, with new articles between them.

    `rows` are the numbers of these articles, those of the new ones counted on from the old ones. The arrays are equal
    to those that `IndexBuilder.write` writes of the same articles.
    """
    report = progress or no_progress
    report(0, STEPS)
    before = Fields.from_arrays(strip_prefix(old, "fields"))
    words, after, others, _ = new.rows()
    passages = _Passages.of(before, after, rows, folder)
    vocabulary = merge_vocabulary(
        strip_prefix(old, "vocabulary"),
        _used(before, passages, len(old["vocabulary.is_ascii"])),
        words,
        PrefixWriter(writer, "vocabulary"),
        folder,
    )
    report(1, STEPS)
    fields = _fields(before, after, passages, vocabulary.words)
    fields = Fields.from_arrays(PrefixWriter(writer, "fields").add(fields.arrays()))
    writer.add({"paragraphs": passages.merge.take_narrow(old["paragraphs"], others["paragraphs"])})
    PrefixWriter(writer, "layouts").add(
        _layouts(strip_prefix(old, "layouts"), strip_prefix(others, "layouts"), passages.merge)
    )
    report(2, STEPS)
    PrefixWriter(writer, "stems").add(_stems(old, fields, passages, vocabulary, folder))
    report(3, STEPS)
    PrefixWriter(writer, "grams").add(_grams(old, before, fields, passages, vocabulary))
    report(STEPS, STEPS)


def _used(fields: Fields, passages: _Passages, words: int) -> NDArray[np.bool_]:
    """Which words stand in the old passages that stay, (words,) bool."""
    used = np.zeros(words, dtype=np.bool_)
    for rows, merge in _rows_of(fields, passages):
        for is_new, first, last in merge.runs:
            if not is_new:
                used[rows.values[rows.starts[first] : rows.starts[last]]] = True
    return used


def _rows_of(fields: Fields, passages: _Passages) -> tuple[tuple[Ragged, Merge], ...]:
    return (
        (fields.titles, passages.articles),
        (fields.headings, passages.merge),
        (fields.texts, passages.merge),
    )


def _fields(old: Fields, new: Fields, passages: _Passages, words: MergedStrings) -> Fields:
    joined = []
    for (before, merge), (after, _) in zip(_rows_of(old, passages), _rows_of(new, passages), strict=True):
        starts = before.starts, after.starts
        values = merge.expand(*starts).take(words.old[before.values], words.new[after.values])
        joined.append(Ragged(values, merge.starts(*starts)))
    titles, headings, texts = joined
    return Fields(titles, headings, texts, passages.owners)


def _layouts(old: Arrays, new: Arrays, passages: Merge) -> dict[str, NDArray[Any]]:
    arrays = dict[str, NDArray[Any]]()
    for name in _PLACES:
        before, after = old[f"{name}.rows"], new[f"{name}.rows"]
        places = passages.expand(before, after)
        for column in ("steps", "lengths"):
            arrays[f"{name}.{column}"] = places.take_narrow(old[f"{name}.{column}"], new[f"{name}.{column}"])
        arrays[f"{name}.rows"] = passages.starts(before, after)
    sentences = passages.expand(old["sentences.rows"], new["sentences.rows"])
    columns = {name: sentences.take_narrow(old[name], new[name]) for name in ("counts", "asking")}
    return {**arrays, **columns}


def _stems(
    old: Arrays,
    fields: Fields,
    passages: _Passages,
    merged: MergedVocabulary,
    folder: Path | None,
) -> dict[str, NDArray[Any]]:
    vocabulary = merged.vocabulary
    postings = PostingsMerge(
        strip_prefix(old, "stems.postings"), merged.forms, passages.merge, passages.kept, len(vocabulary.forms)
    )
    postings.add(fields, vocabulary.stems, passages.new)
    by_occurrence = first_occurrence_order(fields, len(vocabulary))
    occurring, first = np.unique(vocabulary.stems[by_occurrence], return_index=True)
    return BM25.merge(
        lambda score: postings.parts(fields.lengths, score),
        postings.frequencies,
        fields.lengths,
        occurring[np.argsort(first)],
        folder,
    )


def _grams(
    old: Arrays, before: Fields, fields: Fields, passages: _Passages, merged: MergedVocabulary
) -> dict[str, NDArray[Any]]:
    former = Vocabulary(strip_prefix(old, "vocabulary"))
    gone = gram_frequencies(before, former, np.flatnonzero(~passages.kept))
    frequencies = gram_frequencies(fields, merged.vocabulary, passages.new)
    kept = np.flatnonzero(merged.grams.kept)
    frequencies[merged.grams.old[kept]] += old["grams.frequencies"][kept].astype(np.int64) - gone[kept]
    lengths = fields.sums(merged.vocabulary.word_grams.lengths)
    return gram_model(frequencies, lengths)
