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
_PASSAGE_LENGTH = 60.0
_MOST_TERMS = 12
# A word that the coverage lacks says what it lacks; «سعر» and «تأسست» are asked of many subjects.
_MISSING, _RELATION = 1.5, 0.5


@dataclass(frozen=True, slots=True)
class TopicTerm:
    """A term of a question without its grams, how it is written, and how much it tells; names and numbers decide."""

    term: Term
    written: str
    weight: float
    is_distinguishing: bool


Topic = Sequence[TopicTerm]
"""The parts of a subject in the order of the question; none where the question names no subject."""


@dataclass(frozen=True, slots=True)
class TopicSimilarity:
    """How alike one subject is to another, 0 to 1, and which of its parts, by place, says each of the other's."""

    score: float
    matched: Mapping[int, int]


class QuestionTopics:
    """Finds the subjects of questions, and compares them."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._matcher = Matcher(knowledge.lexicon.synonyms)

    def __call__(self, message: str, missing: Collection[str]) -> Topic:
        """Return the subject of a message, some of whose words the coverage lacks."""
        question = analyse(clean(message).text[:MOST_CHARACTERS], self._knowledge.analyser, self._knowledge.lexicon)
        lacked = {normal for word in missing for normal in normal_words(word)}
        topic_terms = [self._topic_term(term, question.text[term.start : term.end], lacked) for term in question.terms]
        heaviest = sorted(range(len(topic_terms)), key=lambda place: -topic_terms[place].weight)[:_MOST_TERMS]
        return [topic_terms[place] for place in sorted(heaviest)]

    def _topic_term(self, term: Term, written: str, lacked: Collection[str]) -> TopicTerm:
        """Weigh a term by its information, in nats."""
        weight = -log(self._knowledge.background.passage_probability(term.stem, _PASSAGE_LENGTH))
        is_name = not self._knowledge.lexicon.names.isdisjoint((term.stem, term.without_proclitic))
        if not is_name and _is_relation(term.normal, self._knowledge.lexicon):
            weight *= _RELATION
        elif term.normal in lacked:
            weight *= _MISSING
        is_decisive = is_name or any(character.isdigit() for character in term.normal)
        return TopicTerm(replace(term, grams=()), written, weight, is_decisive)

    def forms(self, topic_term: TopicTerm) -> frozenset[str]:
        """Return the stems, its own first letter left away or not, by which another part may say the same."""
        return self._matcher.synonyms(topic_term.term) | {topic_term.term.stem, topic_term.term.without_proclitic}

    def compare(self, one: Topic, other: Topic) -> TopicSimilarity:
        """Compare two subjects; they differ wholly where each has a name or a number that the other has not."""
        pairs = [
            (place, at)
            for place, own in enumerate(one)
            for at, theirs in enumerate(other)
            if self._matcher.match(own.term, theirs.term) >= LEAST_MATCH
        ]
        sides = [(one, {place for place, _ in pairs}), (other, {at for _, at in pairs})]
        total = sum(topic_term.weight for topic_terms, _ in sides for topic_term in topic_terms)
        shared = sum(topic_terms[place].weight for topic_terms, matched in sides for place in matched)
        differ = all(_decides(topic_terms, matched) for topic_terms, matched in sides)
        return TopicSimilarity(
            shared / total if total and not differ else 0.0, {at: place for place, at in reversed(pairs)}
        )


def _decides(topic_terms: Topic, matched: Collection[int]) -> bool:
    """Tell whether a subject has a name or a number that is not said."""
    return any(topic_term.is_distinguishing and place not in matched for place, topic_term in enumerate(topic_terms))


def _is_relation(normal: str, lexicon: Lexicon) -> bool:
    """Tell whether a word asks something of a subject, its price or its founding, and does not name it."""
    nouns = (lexicon.asking_nouns, lexicon.definitions.attributes, lexicon.definitions.roles)
    return any(normal in words for words in nouns) or any(normal in one.question_forms for one in lexicon.relations)
