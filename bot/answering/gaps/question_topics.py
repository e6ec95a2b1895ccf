"""Topics of questions: their terms weighted by information, and the similarity of two topics."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from bot.answering.configuration import Knowledge
from bot.answering.evidence import Matcher
from bot.answering.question import MOST_CHARACTERS
from bot.arabic import Term, normal_words
from bot.retrieval import RANKING

_MOST_TERMS = 12
# Chosen: a word missing from the coverage names the gap, while «سعر» and «تأسست» are asked of many topics.
_MISSING_FACTOR, _RELATION_FACTOR = 1.5, 0.5


@dataclass(frozen=True, slots=True)
class TopicTerm:
    """A term of a question (without its 4-grams), as written, with its weight in nats.

    A distinguishing term is a name or a number: topics with different ones are different.
    """

    term: Term
    written: str
    weight: float
    is_distinguishing: bool


Topic = Sequence[TopicTerm]
"""The heaviest terms of a question, in its order; empty where the question has no terms."""


@dataclass(frozen=True, slots=True)
class TopicSimilarity:
    """The similarity of a topic to another, 0 to 1, and its matching terms: position in the other to position in it."""

    score: float
    matched: Mapping[int, int]


class QuestionTopics:
    """Extracts the topics of questions, and compares them."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._matcher = Matcher(knowledge.lexicon)

    def extract(self, text: str, missing: Collection[str]) -> Topic:
        """Return the topic of a cleaned message; `missing` are the words of it that the coverage lacks."""
        question = self._knowledge.questions.analyse(text[:MOST_CHARACTERS])
        missing_stems = {self._knowledge.analyser.stem(normal) for word in missing for normal in normal_words(word)}
        terms = [
            self._weigh(
                # A refusal names a word without the prefixes that it may have.
                term,
                question.text[term.start : term.end],
                is_missing=not missing_stems.isdisjoint((term.stem, term.without_proclitic)),
            )
            for term in question.terms
        ]
        heaviest = sorted(range(len(terms)), key=lambda position: -terms[position].weight)[:_MOST_TERMS]
        return [terms[position] for position in sorted(heaviest)]

    def _weigh(self, term: Term, written: str, *, is_missing: bool) -> TopicTerm:
        """Weigh a term by its self-information in news, in nats."""
        weight = self._knowledge.background.news_information(term.stem)
        is_name = not self._knowledge.lexicon.names.isdisjoint((term.stem, term.without_proclitic))
        lexicon = self._knowledge.lexicon
        # A word that asks for an attribute of a subject, its price or its founding, does not name it.
        nouns = (lexicon.asking_nouns, lexicon.definitions.attributes, lexicon.definitions.roles)
        is_attribute = any(term.normal in words for words in nouns) or lexicon.is_relation(term.normal)
        if not is_name and is_attribute:
            weight *= _RELATION_FACTOR
        elif is_missing:
            weight *= _MISSING_FACTOR
        is_distinguishing = is_name or any(character.isdigit() for character in term.normal)
        return TopicTerm(term, written, weight, is_distinguishing)

    def forms(self, topic_term: TopicTerm) -> frozenset[str]:
        """Return the stems of a term and its synonyms, with and without a proclitic."""
        return self._matcher.synonyms(topic_term.term) | {topic_term.term.stem, topic_term.term.without_proclitic}

    def compare(self, topic: Topic, other: Topic) -> TopicSimilarity:
        """Return the weighted Dice coefficient of two topics' terms; 0 where each has a name or number of its own."""
        pairs = [
            (position, other_position)
            for position, topic_term in enumerate(topic)
            for other_position, other_term in enumerate(other)
            if self._matcher.match(topic_term.term, other_term.term) >= RANKING.least_match
        ]
        sides = [(topic, {position for position, _ in pairs}), (other, {position for _, position in pairs})]
        total = sum(topic_term.weight for terms, _ in sides for topic_term in terms)
        shared = sum(terms[position].weight for terms, matched in sides for position in matched)
        is_other = all(
            any(term.is_distinguishing and position not in matched for position, term in enumerate(terms))
            for terms, matched in sides
        )
        score = shared / total if total and not is_other else 0.0
        return TopicSimilarity(score, {other_position: position for position, other_position in reversed(pairs)})
