"""Questions about something else: an answerable question with its most important word replaced by one the corpus lacks.

They are made from a set's answerable questions and must be refused, however near the rest of the question is. At most
one is made of a question. The word replaced is the one of highest importance on the corpus that the passage with the
answer has too; it gives way to another of its kind, in the same form: a year to a year, a number to a number, a Latin
word to a Latin word, a name or thing to another from the lists in `swap_words.toml`. A question that has no word of a
known kind makes none. No word of the whole indexed corpus may be the new word, inflect it or be spelled nearly like it
(see `Vocabulary`). Names that the bot's lexicon lists are not used: it refuses these by the list alone.

Which word comes is drawn by a digest of the question and the word, so it is the same on every machine, and adding a
word to the lists changes few questions.
"""

import hashlib
from collections import Counter
from dataclasses import replace

from bot.answering import Knowledge
from bot.answering.question import Question, analyse, clean
from bot.answering.ranking import rank
from bot.arabic import Term
from bot.edition import Edition
from bot.evaluation.replacing import Replacer
from bot.evaluation.sets import GOLD, SWAP, Case, EvaluationSet
from bot.evaluation.swap_words import SwapWords
from bot.evaluation.vocabulary import Vocabulary


def swaps(evaluation_set: EvaluationSet, edition: Edition, knowledge: Knowledge) -> list[Case]:
    """Make questions of the kind `swap` from a set's answerable questions, for the edition that they are asked of."""
    swapper = _Swapper(edition, knowledge)
    return [swapped for case in evaluation_set.cases if case.kind == GOLD and (swapped := swapper.swap(case))]


def with_swaps(evaluation_set: EvaluationSet, edition: Edition, knowledge: Knowledge) -> EvaluationSet:
    """Return a set with the questions of the kind `swap` that are made of it, or as it is where it brings its own."""
    if any(case.kind == SWAP for case in evaluation_set.cases):
        return evaluation_set
    return replace(evaluation_set, cases=(*evaluation_set.cases, *swaps(evaluation_set, edition, knowledge)))


class _Swapper:
    """Replaces words of questions for one edition."""

    def __init__(self, edition: Edition, knowledge: Knowledge) -> None:
        self._edition = edition
        self._knowledge = knowledge
        self._vocabulary = Vocabulary(edition, knowledge.analyser)
        self._replacer = Replacer(SwapWords.read(), knowledge.analyser, knowledge.background.per_million.keys())

    def swap(self, case: Case) -> Case | None:
        """Return an answerable question about something else, or nothing where no word of it can be replaced."""
        question = analyse(clean(case.question).text, self._knowledge.analyser, self._knowledge.lexicon)
        if not question.terms:
            return None
        held = self._held(case)
        stems = {self._knowledge.analyser.stem(normal) for normal in held}
        # A word that stands twice would be left in one place.
        counts = Counter(term.stem for term in self._knowledge.analyser.terms(question.text))
        for term in self._by_importance(question):
            if term.stem in stems and counts[term.stem] == 1 and (chosen := self._chosen(question, term, held)):
                text = question.text[: term.start] + chosen + question.text[term.end :]
                return replace(case, question=text, kind=SWAP, answers=())
        return None

    def _held(self, case: Case) -> frozenset[str]:
        """Return the words of the passage that answers, with its title and section."""
        if case.place is None:
            return frozenset()
        article = self._edition.articles[case.place.article_id]
        paragraph = article.paragraphs[case.place.paragraph]
        texts = (article.title, paragraph.section or "", paragraph.text)
        return frozenset(normal for text in texts for normal in self._knowledge.analyser.words(text))

    def _by_importance(self, question: Question) -> list[Term]:
        importance = rank(question, self._edition, self._knowledge).weights.importance
        return [question.terms[number] for number in (-importance).argsort(kind="stable")]

    def _chosen(self, question: Question, term: Term, held: frozenset[str]) -> str | None:
        """Draw one of the replacements that the corpus lacks, as it is written in the question."""
        proposals = sorted(
            self._replacer.proposals(question.text, term, held), key=lambda each: _digest(question.text, each[1])
        )
        return next((written for normal, written in proposals if self._is_unknown(normal)), None)

    def _is_unknown(self, normal: str) -> bool:
        """Tell whether corpus and lexicon lack a word."""
        stem, lexicon = self._knowledge.analyser.stem(normal), self._knowledge.lexicon
        return stem not in lexicon.names and stem not in lexicon.synonyms and self._vocabulary.lacks(normal)


def _digest(question: str, word: str) -> bytes:
    return hashlib.blake2b(f"{question}\n{word}".encode(), digest_size=8).digest()
