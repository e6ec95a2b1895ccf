"""Odd messages out of ordinary parts of a coverage, put to it as questions, claims and replies to a card.

    python -m tests.answering.odd_messages CORPUS --count 3000

tries so many of each kind, stops at the first that breaks a promise, and prints how many were answered and the most
processor time that a message took.
"""

import argparse
import random
import sys
from collections.abc import Callable
from pathlib import Path
from time import process_time

from bot.answering import Answer
from bot.arabic import sentences
from bot.chat.cards.answer_card import outcome_card
from bot.edition import Edition, build_edition
from bot.settings import CONFIG
from bot.texts import Texts
from tests.answering.coverage import ANALYSER, ANSWERER, PHRASES, passages
from tests.answering.promises import check
from tests.chat.measures import within_limits

Parts = list[list[str]]
Make = Callable[[random.Random, Parts], str]
_ASKING = ["متى", "كم", "من", "أين", "لماذا", "كيف", "هل", "ما", "مين", "وين", "ليش", "شو", "بكم", "منو", "ايش", "قديش"]
_CLAIMING = ["هل صحيح أن", "صحيح ان", "سمعت إن", "قالوا لي ان", "يقولون", "مو صحيح ان", ""]
_REPLYING = ["ومتى؟", "وكم؟", "ووين؟", "ليش؟", "ومين؟", "والثاني؟", "وبعدين؟", "المصدر؟", "زدني", "طيب", "لا"]
_MARKS = [
    "؟؟",
    "!!!",
    "...",
    "«",
    "»",
    "😂😂",
    "،",
    "\n",
    "-",
    "هههه",
    "25",
    "٢٠١٦",
    "3,5%",
    "Microsoft",
    "ça va",
    "что",
]


def _doubled(chance: random.Random, words: list[str]) -> list[str]:
    at = chance.randrange(len(words))
    return [*words[: at + 1], *words[at:]]


def _repeated(chance: random.Random, words: list[str]) -> list[str]:
    at = chance.randrange(len(words))
    return words + words[at : at + 4] * chance.randrange(1, 4)


def _cut(chance: random.Random, words: list[str]) -> list[str]:
    return [word[: chance.randrange(1, len(word) + 1)] if chance.random() < 0.3 else word for word in words]


def _marked(chance: random.Random, words: list[str]) -> list[str]:
    at = chance.randrange(len(words) + 1)
    return [*words[:at], *chance.choices(_MARKS, k=chance.randrange(1, 4)), *words[at:]]


def _unchanged(_: random.Random, words: list[str]) -> list[str]:
    return words


_CHANGES = [_doubled, _repeated, _cut, _marked, _unchanged]


def parts_of(coverage: Edition) -> Parts:
    """Return the words of each sentence of a coverage."""
    texts = [passage.text for passage in passages(coverage)]
    return [words for text in texts for span in sentences(text) if (words := text[span.start : span.end].split())]


def _clause(chance: random.Random, parts: Parts) -> list[str]:
    words = chance.choice(parts)
    length = chance.choice((1, 2, 3, 4, 5, 6, 8, 12, 400))
    at = chance.randrange(len(words))
    return chance.choice(_CHANGES)(chance, words[at : at + length])


def question(chance: random.Random, parts: Parts) -> str:
    """Ask about a clause, or about two run together, at times of up to 400 words."""
    count = chance.choice((1, 1, 1, 1, 2, 2, 20))
    words = [word for _ in range(count) for word in (chance.choice(_ASKING), *_clause(chance, parts))]
    return " ".join(words[:400]) + chance.choice(("؟", "", " "))


def claim(chance: random.Random, parts: Parts) -> str:
    """Say that a clause of an article is so."""
    return " ".join([chance.choice(_CLAIMING), *_clause(chance, parts)]) + chance.choice(("؟", "، صحيح؟", ""))


def reply(chance: random.Random, parts: Parts) -> str:
    """Reply to a card with a word or two, or with a clause."""
    return chance.choice((chance.choice(_REPLYING), f"و{' '.join(_clause(chance, parts)[:3])}؟"))


KINDS: list[Make] = [question, claim, reply]


def survive(make: Make, count: int, coverage: Edition, texts: Texts) -> tuple[int, float]:
    """Put so many messages of a kind; return how many were answered, and the most processor seconds of one."""
    chance, parts = random.Random(make.__name__), parts_of(coverage)  # noqa: S311
    answered, most = 0, 0.0
    for _ in range(count):
        previous = question(chance, parts) if make is reply else None
        message = make(chance, parts)
        before = process_time()
        outcome = ANSWERER.answer(message, coverage, previous)
        most = max(most, process_time() - before)
        check(outcome, message, coverage, previous or "")
        assert ANSWERER.answer(message, coverage, previous) == outcome, message
        assert within_limits(outcome_card(outcome, texts, coverage.as_of, with_question=True)), message
        answered += isinstance(outcome, Answer)
    return answered, most


def main() -> None:
    """Read the arguments, try each kind, and print a line for it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--count", type=int, default=3000)
    asked = parser.parse_args()
    coverage, texts = build_edition(PHRASES, ANALYSER, asked.corpus), Texts.read(CONFIG / "texts", "ar")
    for make in KINDS:
        answered, most = survive(make, asked.count, coverage, texts)
        sys.stdout.write(f"{make.__name__}: {answered} of {asked.count} answered, at most {most * 1000:.0f} ms\n")


if __name__ == "__main__":
    main()
