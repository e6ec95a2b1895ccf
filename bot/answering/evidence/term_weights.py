"""Weights of a question's terms in one edition, and the scores of its passages by them."""

import math
from collections.abc import Mapping, Sequence
from itertools import islice, product

import numpy as np
from numpy.typing import NDArray

from bot.answering.evidence.candidate import Candidate
from bot.answering.evidence.word_match import meant
from bot.answering.knowledge import Background, Everyday
from bot.answering.question import Question
from bot.arabic import light_stem
from bot.retrieval import RANKING, SearchEngine, Shortlist

_PROCLITICS = ("و", "ف", "ب", "ل", "ك", "ال", "وال", "بال", "لل")
_BEGINNINGS = ("", *_PROCLITICS, *("ي", "ت", "ن", "سي", "ست", "سن", "وي", "وت"), "س", "ا")
_ENDINGS = ("", "ا", "ه", "ها", "هم", "هن", "نا", "ت", "وا", "ون", "ين", "ان", "ات", "ته", "تها", "تهم")
_LEAST_LETTERS = 3
# The first measured on ten sets; the second chosen: in a small edition a common word is chance as well.
_NEAR_SHARE, _FEW = 0.85, 30


class TermWeights:
    """Arrays with an entry for each term of a question.

    `information` is -ln of the share of passages of Arabic news at large that hold the term, in nats; `importance` is
    the same with this edition's passages added, `focus` the importance of the terms next to the question word and 0 for
    others; `is_known` tells whether the edition has the term, `is_listed` whether news at large or everyday Arabic has
    it, `is_informative` whether it tells passages apart.
    """

    def __init__(  # noqa: PLR0913, PLR0917 (of what, in what, and what is known of words)
        self,
        question: Question,
        engine: SearchEngine,
        shortlist: Shortlist,
        background: Background,
        everyday: Everyday,
        frequencies: Mapping[str, float],
    ) -> None:
        """Take `frequencies` of words in normal form as `bare_frequency` finds them."""
        # A dialect word is worth what the most frequent of its standard words is.
        forms = [question.stems(term) for term in question.terms]
        length = engine.average_length
        shares = np.array([max(background.passage_probability(stem, length) for stem in stems) for stems in forms])
        held = np.array([max(map(engine.document_frequency, stems)) for stems in forms])
        self.information = -np.log(shares)
        # The corpus's idf, shrunk towards the background's as if by some passages more.
        self.importance = -np.log((held + RANKING.pseudo_passages * shares) / (len(engine) + RANKING.pseudo_passages))
        self.focus = self.importance * np.array([term in question.focus for term in question.terms])
        self._chance = math.log(len(engine) + _FEW)
        self._total = float(self.importance.sum())
        # A word is also known by a slip in it, or an ending more.
        near = [max((variant.similarity for variant in variants), default=0.0) for variants in shortlist.variants]
        self.is_known = (held > 0) | (np.array(near) >= RANKING.nearly_same)
        listed = (any(background.is_listed(stem) or everyday.is_listed(stem) for stem in stems) for stems in forms)
        self.is_listed = np.array(list(listed))
        self._background, self._everyday, self._frequencies = background, everyday, frequencies
        self._terms = question.terms
        # The subject of a small corpus is in all its passages, and rare elsewhere.
        self.is_informative = np.maximum(self.importance, self.information) >= RANKING.least_information
        # The information of a term is spread evenly over its grams; a gram of two terms gets the greater part.
        grams = dict[str, float]()
        for term, nats in zip(question.terms, self.information.tolist(), strict=True):
            own = term.grams
            for gram in own:
                grams[gram] = max(grams.get(gram, 0.0), nats / len(own))
        self._shortlist = shortlist
        self._scores = shortlist.grams.scores(grams)
        self._best_score = sum(grams.values()) * shortlist.grams.limit

    @property
    def names_subject(self) -> bool:
        """Whether a term may be a name: in other letters, or neither news at large nor everyday Arabic has it."""
        return not self.is_listed.all() or any(term.normal.isascii() for term in self._terms)

    def share(self, matches: NDArray[np.float64], among: NDArray[np.bool_] | None = None) -> NDArray[np.float64]:
        """Return the share, 0 to 1, of the terms' importance that each row of matches (n, terms) has.

        `among` limits it to some terms; of no terms at all the share is 1.
        """
        importance = self.importance if among is None else self.importance * among
        total = float(importance.sum())
        return np.asarray((matches * importance).sum(axis=1) / total if total else np.ones(len(matches)))

    def is_fair_match(self, matches: NDArray[np.float64]) -> bool:
        """Whether matches (terms,), those too weak left out, have a fair share of the question's importance."""
        return float(self.importance @ meant(matches)) >= RANKING.least_share * self._total

    def near(self, candidates: Sequence[Candidate]) -> list[Candidate]:
        """Return the passages that share more with the question than any of the edition does by chance, in order.

        That is, in nats, the logarithm of how many passages there are, and some more for a small edition. What the
        title shares counts twice, as in search, and what shares much less than another passage is no company for it.
        """
        shared = [
            float((meant(np.array([one.mentions, one.heading_matches])) @ self.information).mean())
            for one in candidates
        ]
        least = _NEAR_SHARE * max(shared, default=0.0)
        return [one for one, own in zip(candidates, shared, strict=True) if own > self._chance and own >= least]

    def is_rare(self, normal: str, most: float) -> bool:
        """Whether a word in normal form has fewer occurrences per million of news and everyday Arabic than `most`.

        So must what is left of it without a clitic or an ending: «شاحنته» is no rare word.
        """
        return self._frequencies[normal] < most

    def is_rare_noun(self, normal: str, most: float) -> bool:
        """Whether a word in normal form is as rare, and no verb of everyday Arabic."""
        return self.is_rare(normal, most) and not self._everyday.is_verb(normal)

    def is_listed_form(self, normal: str) -> bool:
        """Whether news at large or everyday Arabic has a word in normal form."""
        stem = light_stem(normal)
        return self._background.is_listed(stem) or self._everyday.is_listed(stem)

    def gaps(self, numbers: Sequence[int]) -> NDArray[np.float64]:
        """Return how far listed passages, given by number, score before the fifth best of other articles.

        The scores are BM25 of 4-grams weighted by `information`, as a share of the best possible score.
        """
        places = np.searchsorted(self._shortlist.passages, numbers)
        order = np.argsort(-self._scores)
        listed = list(zip(self._scores[order].tolist(), self._shortlist.articles[order].tolist(), strict=True))
        rivals = [
            next(islice((score for score, other in listed if other != article), RANKING.rival - 1, None), 0.0)
            for article in self._shortlist.articles[places].tolist()
        ]
        return np.asarray((self._scores[places] - rivals) / self._best_score)


def bare_frequency(background: Background, everyday: Everyday, normal: str) -> float:
    """Return how often news and everyday Arabic have a word, or what is left without what may be a clitic or an ending.

    It is the most of the occurrences per million of these stems.
    """
    ways = product(filter(normal.startswith, _BEGINNINGS), filter(normal.endswith, _ENDINGS))
    bare = (normal[len(start) : len(normal) - len(end)] for start, end in ways)
    stems = set(map(light_stem, (normal, *(one for one in bare if len(one) >= _LEAST_LETTERS))))
    return max(background.per_million.get(stem, 0.0) + everyday.per_million.get(stem, 0.0) for stem in stems)
