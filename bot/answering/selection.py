"""A selection: neighbouring sentences of a candidate, as a quote has them."""

from dataclasses import dataclass
from functools import cached_property

from bot.answering.candidate import Candidate
from bot.arabic import normal_words

# Two quotes that share more of their words than this are twins of one text.
_TWIN_SHARE = 0.85


@dataclass(frozen=True)
class Selection:
    """Neighbouring sentences of one candidate, by number."""

    candidate: Candidate
    sentences: range

    @property
    def start(self) -> int:
        """Where the selection begins in its paragraph."""
        return self.candidate.sentences[self.sentences[0]].start

    @property
    def end(self) -> int:
        """Where the selection ends in its paragraph."""
        return self.candidate.sentences[self.sentences[-1]].end

    @property
    def text(self) -> str:
        """The selected text, character for character."""
        return self.candidate.text[self.start : self.end]

    @cached_property
    def words(self) -> int:
        """How many words the selection counts."""
        return self.candidate.count_words(self.sentences)

    def with_sentence(self, number: int) -> "Selection":
        """Return the selection with one neighbouring sentence more."""
        return Selection(self.candidate, range(min(number, self.sentences.start), max(number + 1, self.sentences.stop)))

    def repeats(self, other: "Selection") -> bool:
        """Tell whether the selection says what another one says: syndicated text with a word changed here and there."""
        shared = len(self.numbers & other.numbers)
        # Most are no twins, as their word numbers tell: neither has more stop words than words.
        if all(shared < _TWIN_SHARE * len(one.numbers) - (1 - _TWIN_SHARE) * one.words for one in (self, other)):
            return False
        return len(self.said & other.said) >= _TWIN_SHARE * min(len(self.said), len(other.said))

    @cached_property
    def numbers(self) -> frozenset[int]:
        """The words of the selection by number in the index, without stop words."""
        candidate, words = self.candidate, self.candidate.layout.words
        own = slice(words[self.sentences[0]].start, words[self.sentences[-1]].stop)
        return frozenset(candidate.index.fields.texts[candidate.number][own].tolist())

    @cached_property
    def said(self) -> frozenset[str]:
        """The words of the selection in normal form."""
        return frozenset(normal_words(self.text))
