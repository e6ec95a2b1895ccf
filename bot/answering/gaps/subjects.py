"""What questions are about, so that those about the same subject can be told from others."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from math import log

from bot.answering.configuration import Knowledge
from bot.answering.evidence import LEAST_MATCH, Matcher
from bot.answering.knowledge import Lexicon
from bot.answering.question import MOST_CHARACTERS, analyse, clean
from bot.arabic import Term, normal_words

# The words of a usual paragraph.
_LENGTH = 60.0
_MOST_PARTS = 12
# A word that the coverage lacks says what it lacks; «سعر» and «تأسست» are asked of many subjects.
_MISSING, _RELATION = 1.5, 0.5


@dataclass(frozen=True, slots=True)
class Part:
    """A term of a question without its grams, how it is written, and how much it tells; names and numbers decide."""

    term: Term
    written: str
    weight: float
    is_decisive: bool


Subject = Sequence[Part]
"""The parts of a subject in the order of the question; none where the question names no subject."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike one subject is to another, 0 to 1, and which of its parts, by place, says each of the other's."""

    share: float
    said: Mapping[int, int]


class Subjects:
    """Finds the subjects of questions, and compares them."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._matcher = Matcher(knowledge.lexicon.synonyms)

    def __call__(self, message: str, missing: Collection[str]) -> Subject:
        """Return the subject of a message, some of whose words the coverage lacks."""
        question = analyse(clean(message).text[:MOST_CHARACTERS], self._knowledge.analyser, self._knowledge.lexicon)
        lacked = {normal for word in missing for normal in normal_words(word)}
        parts = [self._part(term, question.text[term.start : term.end], lacked) for term in question.terms]
        heaviest = sorted(range(len(parts)), key=lambda place: -parts[place].weight)[:_MOST_PARTS]
        return [parts[place] for place in sorted(heaviest)]

    def _part(self, term: Term, written: str, lacked: Collection[str]) -> Part:
        """Weigh a term by its information, in nats."""
        weight = -log(self._knowledge.background.share(term.stem, _LENGTH))
        is_name = not self._knowledge.lexicon.names.isdisjoint((term.stem, term.without_proclitic))
        if not is_name and _is_relation(term.normal, self._knowledge.lexicon):
            weight *= _RELATION
        elif term.normal in lacked:
            weight *= _MISSING
        is_decisive = is_name or any(character.isdigit() for character in term.normal)
        return Part(replace(term, grams=()), written, weight, is_decisive)

    def forms(self, part: Part) -> frozenset[str]:
        """Return the stems, its own first letter left away or not, by which another part may say the same."""
        return self._matcher.synonyms(part.term) | {part.term.stem, part.term.without_proclitic}

    def compare(self, one: Subject, other: Subject) -> Likeness:
        """Compare two subjects; they differ wholly where each has a name or a number that the other has not."""
        pairs = [
            (place, at)
            for place, own in enumerate(one)
            for at, theirs in enumerate(other)
            if self._matcher.match(own.term, theirs.term) >= LEAST_MATCH
        ]
        sides = [(one, {place for place, _ in pairs}), (other, {at for _, at in pairs})]
        total = sum(part.weight for parts, _ in sides for part in parts)
        shared = sum(parts[place].weight for parts, said in sides for place in said)
        differ = all(_decides(parts, said) for parts, said in sides)
        return Likeness(shared / total if total and not differ else 0.0, {at: place for place, at in reversed(pairs)})


def _decides(parts: Subject, said: Collection[int]) -> bool:
    """Tell whether a subject has a name or a number that is not said."""
    return any(part.is_decisive and place not in said for place, part in enumerate(parts))


def _is_relation(normal: str, lexicon: Lexicon) -> bool:
    """Tell whether a word asks something of a subject, its price or its founding, and does not name it."""
    nouns = (lexicon.asking_nouns, lexicon.definitions.attributes, lexicon.definitions.roles)
    return any(normal in words for words in nouns) or any(normal in one.asking for one in lexicon.relations)
