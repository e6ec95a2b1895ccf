"""What a question gives away by its words alone: `python -m tests.benchmark.cues [--part PART]`.

Naive Bayes over the words of the questions guesses whether there is an answer, each tenth of the cores by the others,
without an article in sight. Beside the area under its curve stands the number that it would have if every quote were
right: a tenth, and an area of a half, where the words say nothing.

Source: S. Gururangan et al., "Annotation Artifacts in Natural Language Inference Data", 2018.
"""

import argparse
import math
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from hashlib import blake2b
from pathlib import Path

from bot.arabic import normal_words
from tests.benchmark.baselines import DATA, read_texts
from tests.benchmark.score import ANSWERABLE, PARTS, Question, Scored, curve, operating_point, read_set

FOLDS = 10


def fold(core: str) -> int:
    """Return the tenth that a core is in, the same on every machine."""
    return blake2b(core.encode(), digest_size=1).digest()[0] % FOLDS


def guesses(questions: Sequence[Question], texts: Mapping[str, str]) -> dict[str, float]:
    """Return for each question the log odds of an answer, by the words of the other tenths."""
    found: dict[str, float] = {}
    for number in range(FOLDS):
        odds = _word_odds([each for each in questions if fold(each.core) != number], texts)
        held_out = [each for each in questions if fold(each.core) == number]
        found |= {each.id: sum(odds.get(word, 0.0) for word in sorted(_words(texts[each.id]))) for each in held_out}
    return found


def _words(text: str) -> set[str]:
    return set(normal_words(text))


def _word_odds(questions: Iterable[Question], texts: Mapping[str, str]) -> dict[str, float]:
    counts: dict[bool, Counter[str]] = {True: Counter(), False: Counter()}
    totals = Counter[bool]()
    for question in questions:
        kind = question.kind == ANSWERABLE
        totals[kind] += 1
        counts[kind].update(_words(texts[question.id]))

    def logarithm(word: str, kind: bool) -> float:
        return math.log((counts[kind][word] + 1) / (totals[kind] + 2))

    return {word: logarithm(word, True) - logarithm(word, False) for word in counts[True] | counts[False]}


def area(scored: Sequence[Scored]) -> float:
    """Return the share of pairs of an answerable and an unanswerable question that the confidence has in order."""
    answerable = [one.confidence for one in scored if one.is_answerable]
    others = [one.confidence for one in scored if not one.is_answerable]
    won = sum((one > other) + (one == other) / 2 for one in answerable for other in others)
    return won / (len(answerable) * len(others) or 1)


def main(arguments: Sequence[str] | None = None, write: Callable[[str], object] = sys.stdout.write) -> None:
    """Read the arguments, and write both figures."""
    parser = argparse.ArgumentParser(prog="python -m tests.benchmark.cues", description=__doc__)
    parser.add_argument("--part", choices=(*PARTS, "both"), default="open")
    parser.add_argument("--data", type=Path, default=DATA, help="the folder of the set")
    given = parser.parse_args(arguments)
    questions = read_set(given.data, given.part).questions
    guessed = guesses(questions, read_texts(given.data, given.part))
    scored = [Scored(each, guessed[each.id], is_right=each.kind == ANSWERABLE) for each in questions]
    right = operating_point(curve(scored)).right
    write(f"By the words of the question alone: area {area(scored):.3f}, right at .90 refused {right:.3f}\n")


if __name__ == "__main__":
    main()
