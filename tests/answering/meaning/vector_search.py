"""What is found among all passages by their vectors alone, and what a threshold on these would answer."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.edition import Edition
from bot.lab.evaluation.question_sets import GOLD
from tests.answering.meaning.encoders import RememberedEncoder
from tests.answering.meaning.measures import Asked, leads, passage_text

_BEST = 10
_REFUSED = (0.7, 0.8, 0.9)


@dataclass(frozen=True)
class Found:
    """A question, whether each of its ten nearest passages has an accepted answer, and how near the first is."""

    asked: Asked
    right: NDArray[np.bool_]
    score: float


def search(asked: Sequence[Asked], edition: Edition, encoder: RememberedEncoder) -> list[Found]:
    """Find the nearest passages of an edition for each question; scores add the lead over other articles."""
    passages = [each.passage for each in edition.index.read(range(len(edition.index)))]
    vectors = encoder.passage([passage_text(passage) for passage in passages])
    found = []
    for one in asked:
        products = (vectors @ encoder.query([one.case.question])[0]).astype(np.float64)
        best = np.argsort(-products, kind="stable")[:_BEST]
        articles = [passages[number].article.id for number in best]
        right = np.array([one.case.is_answered_by(passages[number].text) for number in best], dtype=np.bool_)
        places = [articles.index(article) for article in articles]
        found.append(Found(one, right, float(products[best[0]] + leads(products[best], places)[0])))
    return found


def recall(found: Sequence[Found]) -> Iterator[str]:
    """Yield a table of where right passages are found, by words, by meaning, and by either."""
    yield "| a right passage | answerable | weighed by words | first by meaning | among its ten | by either |"
    yield "|---" * 6 + "|"
    for name, own in _by_set(found):
        gold = [one for one in own if one.asked.case.kind == GOLD]
        by_words = [bool(one.asked.right.any()) for one in gold]
        ten = [bool(one.right.any()) for one in gold]
        either = [one or other for one, other in zip(by_words, ten, strict=True)]
        counts = (len(gold), sum(by_words), sum(bool(one.right[0]) for one in gold), sum(ten), sum(either))
        yield f"| {name} | " + " | ".join(map(str, counts)) + " |"


def alone(found: Sequence[Found]) -> Iterator[str]:
    """Yield a table of what is answered from the nearest passage where so many of the other questions are refused."""
    yield "| the nearest passage, where of what is not answerable is refused | right | wrong | refused |"
    yield "|---" * 4 + "|"
    for name, own in _by_set(found):
        others = sorted(one.score for one in own if one.asked.case.kind != GOLD)
        gold = [one for one in own if one.asked.case.kind == GOLD]
        for share in _REFUSED if others and gold else ():
            least = others[min(int(share * len(others)), len(others) - 1)]
            right = sum(bool(one.right[0]) and one.score > least for one in gold) / len(gold)
            answered = sum(one.score > least for one in gold) / len(gold)
            yield f"| {name}, {share:.0%} | {right:.2f} | {answered - right:.2f} | {1 - answered:.2f} |"


def _by_set(found: Sequence[Found]) -> Iterator[tuple[str, list[Found]]]:
    for name in dict.fromkeys(one.asked.example.set_name for one in found):
        yield name, [one for one in found if one.asked.example.set_name == name]
