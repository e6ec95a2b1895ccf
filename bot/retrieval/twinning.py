"""Finds which of many passages say the same in the same words."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

import numpy as np

from bot.retrieval.likeness import Likeness
from bot.retrieval.shingles import Shingles

_FEWEST_WORDS = 8  # in shorter passages one word more or less says nothing


def group_twins(texts: Iterable[str], articles: Sequence[int]) -> list[list[int]]:
    """Group the passages that say the same in the same words, each named by its place among all; return these in order.

    `articles` has the article of each passage, at the latest when all texts are read. Passages of equal words, whatever
    their punctuation, vowel signs and spellings of hamza, are always together. Other ones join a group if at least
    0.75 of the pairs of neighbouring words that they or the group's first have are in both (the Jaccard index of their
    2-shingles), and if they have the same numbers, since a report that differs in a sum is another report. By the
    triangle inequality of the Jaccard distance any two of a group share at least half. What only one article has is
    no twin.

    Candidates come from an exact filter: two sets of which 0.75 is common have a common member among the rarest quarter
    of either (prefix filtering: Chaudhuri, Ganti & Kaushik, ICDE 2006). Only where more than 64 different
    passages have it are some not compared: what they share is a formula.
    """
    shingles = Shingles(texts)
    lengths = shingles.lengths()
    firsts = dict[bytes, int]()
    copies: defaultdict[int, list[int]] = defaultdict(list)
    for passage in np.flatnonzero(lengths).tolist():
        first = firsts.setdefault(shingles.words(passage), passage)
        if first != passage:
            copies[first].append(passage)
    leaders = np.fromiter(firsts.values(), np.int64, len(firsts))
    del firsts
    likeness = Likeness(shingles, leaders[lengths[leaders] >= _FEWEST_WORDS])
    led = _led(leaders.tolist(), likeness)
    groups = (sorted(chain(group, *(copies.get(first, ()) for first in group))) for group in led)
    return [group for group in groups if len({articles[passage] for passage in group}) > 1]


def _led(firsts: Iterable[int], likeness: Likeness) -> Iterator[list[int]]:
    """Let each passage that no earlier one has taken take the later ones that are like it."""
    taken: set[int] = set()
    for leader in firsts:
        if leader in taken:
            continue
        candidates = likeness.candidates.get(leader, ())
        followers = likeness.like(leader, (other for other in candidates if other not in taken))
        taken.update(followers)
        yield [leader, *followers]
