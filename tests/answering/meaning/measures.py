"""Questions with the candidates that words find, and what vectors say of these and of all passages."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from bot.answering import Knowledge
from bot.answering.ranking import RankedCandidate
from bot.edition import Edition
from bot.lab.evaluation.model_fit import Example, cross_validated, example_of, weighed_candidates
from bot.lab.evaluation.question_sets import FACT_KINDS, GOLD, Case, EvaluationSet
from bot.lab.evaluation.swaps import add_swaps
from bot.retrieval import Passage
from tests.answering.meaning.encoders import RememberedEncoder

SHARES = (0.1, 0.2, 0.3)
"""How many of the answerable questions may be refused."""
_FOLDS = 10
# Products of vectors of one language lie within a tenth or two; so they spread as other signals do.
_SCALE = 10.0
# What a product may count beside what a candidate ranks by.
_FUSIONS = (0.0, 0.5, 1.0, 2.0, 4.0, 6.0, 8.0, 12.0)
_ALONE = 1e6


@dataclass(frozen=True)
class Asked:
    """A question of fact, the candidates that words find for it, and the product of its vector with each of theirs."""

    case: Case
    example: Example
    items: Sequence[RankedCandidate]
    products: NDArray[np.float64]

    @property
    def right(self) -> NDArray[np.bool_]:
        """Tell of each candidate whether it has an accepted answer."""
        return np.array([self.case.is_answered_by(item.candidate.text) for item in self.items], dtype=np.bool_)

    def with_meaning(self) -> Example:
        """Return the example with two more signals: the product, and its lead over those of other articles."""
        columns = np.column_stack((self.products, leads(self.products, self._articles)))
        kept = [item.missing_requirement is None for item in self.items]
        return replace(self.example, signals=np.hstack((self.example.signals, _SCALE * columns[kept])))

    def is_right_first(self, fusion: float) -> bool:
        """Tell whether a right candidate comes first where products count so much beside the rank."""
        if not self.items:
            return False
        ranks = np.array([item.rank for item in self.items])
        return bool(self.right[int(np.argmax(ranks + fusion * self.products))])

    @property
    def _articles(self) -> list[int]:
        return [item.candidate.source.article_number for item in self.items]


def leads(products: NDArray[np.float64], articles: Sequence[int]) -> NDArray[np.float64]:
    """Return how far each product lies before the best of other articles, before the least of all without any."""
    own, least = np.array(articles), min(products.tolist(), default=0.0)
    return np.array([one - products[own != at].max(initial=least) for one, at in zip(products, own, strict=True)])


def ask(
    questions: EvaluationSet, edition: Edition, knowledge: Knowledge, encoder: RememberedEncoder
) -> Iterator[Asked]:
    """Ask all questions of fact of a set, swapped ones among them, and compare what is found by meaning as well."""
    for case in add_swaps(questions, edition, knowledge).cases:
        if case.kind in FACT_KINDS:
            items = weighed_candidates(case.question, edition, knowledge)
            [own] = encoder.query([case.question])
            products = encoder.passage([passage_text(item.candidate.passage) for item in items]) @ own
            example = example_of(case, questions.name, questions.name, items)
            yield Asked(case, example, items, products.astype(np.float64))


def passage_text(passage: Passage) -> str:
    """Return what is encoded of a passage: the title of its article tells what «it» and «the minister» stand for."""
    return f"{passage.article.title}\n{passage.text}"


def gate(asked: Sequence[Asked]) -> Iterator[str]:
    """Yield a table of what is refused by models that have not seen the articles, without and with the products."""
    ways = {"words": [one.example for one in asked], "and meaning": [one.with_meaning() for one in asked]}
    yield (
        "| refused, of a set and kind | " + " | ".join(f"{way}, {share:.0%}" for share in SHARES for way in ways) + " |"
    )
    yield "|---" * (1 + len(SHARES) * len(ways)) + "|"
    refused = [cross_validated(examples, share) for share in SHARES for examples in ways.values()]
    counts = {key: sum((one.example.set_name, one.case.kind) == key for one in asked) for key in refused[0]}
    for key in sorted(counts, key=lambda key: (key[1] != GOLD, key)):
        yield f"| {key[0]}, {key[1]} ({counts[key]}) | " + " | ".join(f"{each[key]:.2f}" for each in refused) + " |"


def first(asked: Sequence[Asked]) -> Iterator[str]:
    """Yield a table of how often a right passage is first: by words, by products, by both as other folds weigh them."""
    yield "| the right passage first | answerable | among the weighed | words | meaning | both |"
    yield "|---" * 6 + "|"
    gold = [one for one in asked if one.case.kind == GOLD]
    folds = [int(one.example.group, 16) % _FOLDS for one in gold]
    chosen = {
        fold: max(
            _FUSIONS,
            key=lambda fusion: sum(
                one.is_right_first(fusion) for one, own in zip(gold, folds, strict=True) if own != fold
            ),
        )
        for fold in set(folds)
    }
    for name in dict.fromkeys(one.example.set_name for one in gold):
        own = [(one, chosen[fold]) for one, fold in zip(gold, folds, strict=True) if one.example.set_name == name]
        counts = (
            len(own),
            sum(bool(one.right.any()) for one, _ in own),
            sum(one.is_right_first(0.0) for one, _ in own),
            sum(one.is_right_first(_ALONE) for one, _ in own),
            sum(one.is_right_first(fusion) for one, fusion in own),
        )
        yield f"| {name} | " + " | ".join(map(str, counts)) + " |"
