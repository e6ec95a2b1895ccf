"""Near duplicates by passage: candidate pairs compared by the Jaccard index of their shingles, and grouped."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.articles import ArticleTable
from bot.retrieval.duplicates.minhash import LEAST_WORDS, MinHashSignatures
from bot.retrieval.duplicates.shingles import Shingles, hash_chunks, shingles, similar_passages
from bot.retrieval.passage import NO_GROUP
from bot.retrieval.vocabulary import ChunkReader
from bot.storage import Arrays, IntArray, Ragged, add_prefix, gather_ranges, offsets, strip_prefix

_WINDOW = 64  # passages with a band in common that are compared with each other; chosen
_RELEASED = 1 << 5  # passages read until memory is given back; chosen


class NearDuplicates:
    """The near duplicates of each passage of an index, by number (see `group_near_duplicates`)."""

    def __init__(self, arrays: Arrays) -> None:
        """Read the arrays that `near_duplicate_arrays` made of the articles of the index."""
        self._groups = arrays["groups"]
        self._members = Ragged.from_arrays(strip_prefix(arrays, "members"))

    def __getitem__(self, passage: int) -> IntArray:
        """Return the near duplicates of a passage, the earliest published first."""
        group = self._groups[passage]
        if group == NO_GROUP:
            return np.empty(0, np.int32)
        members = self._members[group]
        return np.asarray(members[members != passage])

    def group(self, passage: int) -> int:
        """Return the number of a passage's group, `NO_GROUP` where it has no near duplicates."""
        return int(self._groups[passage])

    def groups(self) -> Iterator[list[int]]:
        """Yield the passages of each group, the earliest published first."""
        return (self._members[group].tolist() for group in range(len(self._members)))

    @property
    def duplicate_count(self) -> int:
        """How many passages have an earlier near duplicate."""
        return len(self._members.values) - len(self._members)


def near_duplicate_arrays(signatures: MinHashSignatures, articles: ArticleTable) -> dict[str, NDArray[Any]]:
    """Return the arrays of the `NearDuplicates` of articles, given their signatures, which the next edition takes."""
    days, ids = articles.columns.days.tolist(), list(articles)
    by_day = sorted(range(len(ids)), key=lambda number: (not days[number], days[number], ids[number]))
    starts, chunks = signatures.starts, ChunkReader(hash_chunks)
    order, _ = gather_ranges(np.arange(len(signatures)), starts[:-1][by_day], starts[1:][by_day])

    def read_shingles(passages: Sequence[int]) -> list[Shingles]:
        numbers, texts = np.searchsorted(starts, passages, "right") - 1, list[str]()
        for number, place in zip(numbers.tolist(), (passages - starts[numbers]).tolist(), strict=True):
            # The texts lie all over the file, which would soon be in memory as a whole.
            if not len(texts) % _RELEASED:
                articles.release_memory()
            texts.append(articles.texts(number)[place])
        [(words, owners, _)] = chunks.read(texts)
        return [shingles(own) for own in np.split(words, np.searchsorted(owners, range(len(passages))))[1:]]

    found = group_near_duplicates(signatures, order, read_shingles)
    members = Ragged(np.array([*chain.from_iterable(found)], np.int32), offsets([len(group) for group in found]))
    groups = np.full(len(signatures), NO_GROUP, np.int32)
    groups[members.values] = np.repeat(np.arange(len(members), dtype=np.int32), members.lengths)
    return {
        "groups": groups,
        **add_prefix("members", members.arrays()),
        **add_prefix("signatures", signatures.arrays()),
    }


def group_near_duplicates(
    signatures: MinHashSignatures, order: NDArray[np.integer], read: Callable[[Sequence[int]], Sequence[Shingles]]
) -> list[list[int]]:
    """Group near duplicates; return the groups as lists of passage numbers.

    `order` (n,) has all passages: groups and their members come in it, and the first passage leads its group.
    `read` returns the shingles of passages. Passages of equal words, whatever their punctuation, vowel signs and
    spellings of hamza, are always together. Others join a group where the Jaccard index of their 2-shingles and its
    leader's is at least 0.75 and their numbers are the same, since a report that differs in a sum is another
    report. By the triangle inequality of the Jaccard distance, any two of a group have an index of at least a half.
    Passages of a single article are no near duplicates.

    Candidates are the passages with a band in common (see `MinHashSignatures`). Where more than 64 different passages
    have one, not all of them are compared: such a text is a set phrase.
    """
    order = order[signatures.lengths[order] > 0]
    _, firsts, classes = np.unique(signatures.word_digests[order], return_index=True, return_inverse=True)
    leaders = np.sort(firsts)
    copies: defaultdict[int, list[int]] = defaultdict(list)
    is_copy = firsts[classes] != np.arange(len(order))
    for first, passage in zip(order[firsts[classes]][is_copy].tolist(), order[is_copy].tolist(), strict=True):
        copies[first].append(passage)
    different = order[leaders]
    similar = similar_passages(_candidates(signatures, different), read)
    led = _groups_by_leader(
        (passage for passage in different.tolist() if passage in similar or passage in copies), similar
    )
    groups = ([passage for member in group for passage in (member, *copies.get(member, ()))] for group in led)
    owners = np.repeat(np.arange(len(signatures.starts) - 1), np.diff(signatures.starts))
    places = np.empty(len(signatures), np.int64)
    places[order] = np.arange(len(order))
    ordered = (sorted(group, key=places.__getitem__) for group in groups)
    return [group for group in ordered if len(set(owners[group].tolist())) > 1]


def _candidates(signatures: MinHashSignatures, passages: NDArray[np.integer]) -> NDArray[np.int64]:
    """Return the (n, 2) pairs of passages with a band and all numbers in common, the lower number first, sorted."""
    passages = passages[signatures.lengths[passages] >= LEAST_WORDS]
    found = [np.zeros(0, np.int64)]
    for band in range(signatures.bands.shape[1]):
        values = signatures.bands[passages, band]
        by_value = np.argsort(values, kind="stable")
        values, owners = values[by_value], passages[by_value]
        for distance in range(1, _WINDOW):
            same = np.flatnonzero(values[distance:] == values[:-distance])
            if not len(same):
                break
            first, second = owners[same], owners[same + distance]
            has_same_numbers = signatures.number_digests[first] == signatures.number_digests[second]
            first, second = first[has_same_numbers], second[has_same_numbers]
            found.append(np.minimum(first, second) << 32 | np.maximum(first, second))
    codes = np.unique(np.concatenate(found))
    return np.stack((codes >> 32, codes & 0xFFFFFFFF), axis=1)


def _groups_by_leader(passages: Iterable[int], similar: Mapping[int, set[int]]) -> Iterator[list[int]]:
    """Let each passage that is in no group lead one of the passages similar to it that are in none."""
    taken: set[int] = set()
    for leader in passages:
        if leader in taken:
            continue
        followers = similar.get(leader, set()) - taken
        taken |= {leader, *followers}
        yield [leader, *followers]
