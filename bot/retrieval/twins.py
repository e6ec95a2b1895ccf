"""Finds passages that several articles have in common: what outlets take from an agency, or from each other."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date

import numpy as np

from bot.articles import Article
from bot.retrieval.likeness import Likeness
from bot.retrieval.passage import Passage, passages
from bot.retrieval.shingles import Shingles

_FEWEST_BYTES = 8 * 4  # eight words; in shorter passages one word more or less says nothing


def twin_passages(articles: Iterable[Article]) -> tuple[tuple[Passage, ...], ...]:
    """Group the passages that say the same in the same words, each group's first being the earliest published.

    Passages of equal words, whatever their punctuation, vowel signs and spellings of hamza, are always together. Other
    ones join a group if at least 0.75 of the pairs of neighbouring words that they or the group's first have are in
    both (the Jaccard index of their 2-shingles), and if they have the same numbers, since a report that differs in
    a sum is another report. By the triangle inequality of the Jaccard distance any two of a group share at least half.
    What only one article has is no twin. The order of the articles makes no difference.

    Candidates come from an exact filter: two sets of which 0.75 is common have a common member among the rarest quarter
    of either (prefix filtering: Chaudhuri, Ganti & Kaushik, ICDE 2006). Only where more than 64 different
    passages have it are some not compared: what they share is a formula.
    """
    ordered = sorted((passage for article in articles for passage in passages(article)), key=_place)
    shingles = Shingles([passage.text for passage in ordered])
    copies: defaultdict[bytes, list[int]] = defaultdict(list)
    for number in range(len(ordered)):
        copies[shingles.words(number)].append(number)
    copies.pop(b"", None)
    firsts = {numbers[0]: numbers for numbers in copies.values()}
    long = [numbers[0] for words, numbers in copies.items() if len(words) >= _FEWEST_BYTES]
    likeness = Likeness(shingles, np.array(long, np.int64))
    groups = ([ordered[number] for first in group for number in firsts[first]] for group in _led(firsts, likeness))
    several = (sorted(group, key=_place) for group in groups if len({passage.article.id for passage in group}) > 1)
    return tuple(map(tuple, several))


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


def _place(passage: Passage) -> tuple[date, str, int]:
    """Order passages by who had them first."""
    return passage.article.published or date.max, passage.article.id, passage.paragraph
