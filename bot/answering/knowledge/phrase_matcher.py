"""Phrases found among words: one matcher for courtesies, small talk, modes, continuations and question phrases."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, Generic, TypeVar

from bot.answering.knowledge.word_lists import Phrase

T = TypeVar("T")


class PhraseMatcher(Generic[T]):
    """Phrases of words and what each means, in a tree by their words.

    The first word of a phrase is found with one of `conjunctions` written onto it as well («وشكرا لكم»), where it is
    then longer than `least` letters.
    """

    def __init__(self, phrases: Mapping[Phrase, T], conjunctions: tuple[str, ...] = ("و",), least: int = 0) -> None:
        self._conjunctions, self._least = conjunctions, least
        # What a phrase means stands under None.
        self._tree: dict[Any, Any] = {}
        self.longest = max(map(len, phrases), default=0)
        # Measured: most nodes are ends, and with one end for each meaning the trees take a third of the memory. No
        # phrase goes on from an end, since the longer ones are there before.
        ends = dict[T, dict[None, T]]()
        for (*words, last), meaning in sorted(phrases.items(), key=lambda each: -len(each[0])):
            node = self._tree
            for word in words:
                node = node.setdefault(word, {})
            if last in node:
                node[last][None] = meaning
            else:
                node[last] = ends.setdefault(meaning, {None: meaning})

    @cached_property
    def _last_words(self) -> frozenset[str]:
        """The words that phrases end with, which few are asked for."""
        words, nodes = set[str](), [self._tree]
        for node in nodes:
            behind = {word: next_ for word, next_ in node.items() if word is not None}
            words.update(word for word, next_ in behind.items() if None in next_)
            nodes.extend(behind.values())
        return frozenset(words)

    def forms(self, word: str) -> tuple[str, ...]:
        """Return a word as it is, and without a conjunction that it may have."""
        if word[:1] in self._conjunctions and len(word) > max(self._least, 1):
            return (word, word[1:])
        return (word,)

    def may_begin(self, word: str) -> bool:
        """Whether a phrase begins with a word, with or without a conjunction."""
        return any(form in self._tree for form in self.forms(word))

    def may_go_on(self, word: str) -> bool:
        """Whether a phrase of several words begins with a word, without a conjunction."""
        return not self._tree.get(word, {}).keys() <= {None}

    def may_have_any(self, words: Iterable[str]) -> bool:
        """Whether a phrase begins with one of some words, none of which has a conjunction."""
        return not self._tree.keys().isdisjoint(words)

    def at(self, words: Sequence[str], first: int, last: int | None = None) -> list[tuple[int, T]]:
        """Return the ends and meanings of the phrases that begin at a word and end by `last`, the longest first."""
        word, last = words[first], len(words) if last is None else last
        roots = [self._tree[word]] if word in self._tree else []
        if word[:1] in self._conjunctions and word[1:] in self._tree and len(word) > self._least:
            roots.append(self._tree[word[1:]])
        if not roots:
            return []
        found: dict[int, T] = {}
        for root in roots:
            node, end = root, first + 1
            while node is not None:
                if None in node:
                    found.setdefault(end, node[None])
                node, end = node.get(words[end]) if end < last else None, end + 1
        return sorted(found.items(), reverse=True)

    def ending(self, words: Sequence[str], first: int, last: int) -> Iterator[tuple[int, T]]:
        """Yield the beginnings and meanings of the phrases that end at `last`, the longest first."""
        if not self._last_words.isdisjoint(self.forms(words[last - 1])):
            for start in range(max(first, last - self.longest), last):
                yield from ((start, meaning) for end, meaning in self.at(words, start, last) if end == last)

    def whole(self, words: Sequence[str]) -> T | None:
        """Return what some words mean that are one phrase, else None."""
        return next((meaning for end, meaning in self.at(words, 0) if end == len(words)), None) if words else None

    def find(self, words: Sequence[str], positions: Iterable[int] | None = None) -> Iterator[tuple[int, int, T]]:
        """Yield beginning, end and meaning of the phrases among words in order, the longest at each position."""
        done = 0
        for first in range(len(words)) if positions is None else positions:
            if first >= done and (found := self.at(words, first)):
                done = found[0][0]
                yield first, *found[0]
