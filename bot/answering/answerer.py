"""The road of a question: from the asker's message and an edition to an answer or a refusal."""

from collections.abc import Iterable, Iterator, Sequence

from bot.answering.answer import Answer, Quote, Refusal, Scope
from bot.answering.configuration import Knowledge
from bot.answering.decision import Considered, consider, decide, lack, nearby_articles
from bot.answering.explanation import Explanation, explain
from bot.answering.question import AnalysedMessage, analyse_message, interpret
from bot.answering.quotes import Quoting
from bot.answering.reasons import Reason
from bot.articles import Article
from bot.edition import Edition


class Answerer:
    """Answers questions from an edition's own words, or refuses; pure, and safe to call from any thread."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

    def answer(
        self, message: str, edition: Edition, previous: str | None = None, scope: Scope | None = None
    ) -> Answer | Refusal:
        """Answer a message with quotes from an edition, or from its articles in scope, or say why not.

        A message that leans on a question before it is completed from `previous`: that question or, one a line and the
        oldest first, it and those that it leans on itself.
        """
        considered = self._consider(self.analyse(message), edition, previous, scope)
        return self._outcome(considered, self._quoting(considered))

    def further_quotes(
        self, message: str, edition: Edition, previous: str | None = None, scope: Scope | None = None
    ) -> tuple[Quote, ...]:
        """Return what else there is to read on a message that is answered as above, best first; it need not answer.

        A passage that the evidence model did not weigh has a score of 0.
        """
        quoting = self._quoting(self._consider(self.analyse(message), edition, previous, scope))
        return quoting.further() if quoting else ()

    def answer_with_more(
        self, message: AnalysedMessage, edition: Edition, previous: str | None = None, scope: Scope | None = None
    ) -> tuple[Answer | Refusal, bool]:
        """Answer an analysed message as above, and tell whether there is anything further to read, from one search."""
        considered = self._consider(message, edition, previous, scope)
        quoting = self._quoting(considered)
        return self._outcome(considered, quoting), quoting is not None and quoting.has_further()

    def explain(self, message: str, edition: Edition, previous: str | None = None) -> Explanation:
        """Answer a message as above, and say how the answer or the refusal came about."""
        considered = self._consider(self.analyse(message), edition, previous)
        return explain(considered, self._outcome(considered, self._quoting(considered)), self._knowledge)

    def answer_at_thresholds(
        self, message: str, edition: Edition, thresholds: Iterable[float]
    ) -> Iterator[Answer | Refusal]:
        """Yield what comes of a message at each threshold of the evidence model; it is ranked once for all of them."""
        considered = self._consider(self.analyse(message), edition)
        # A threshold acts through the candidates that reach it alone.
        outcomes: dict[int, Answer | Refusal] = {}
        for threshold in thresholds:
            decided = decide(considered, threshold)
            reached = len(decided.supporting)
            if reached not in outcomes:
                outcomes[reached] = self._outcome(decided, self._quoting(decided))
            yield outcomes[reached]

    def analyse(self, message: str) -> AnalysedMessage:
        """Analyse a message; where it may depend on a previous question, it is worth looking for that."""
        return analyse_message(message, self._knowledge.questions)

    def _consider(
        self, message: AnalysedMessage, edition: Edition, previous: str | None = None, scope: Scope | None = None
    ) -> Considered:
        interpretation = interpret(message, previous, edition.index, self._knowledge.questions)
        return consider(message.message, interpretation, edition, self._knowledge, scope)

    def _quoting(self, considered: Considered) -> Quoting | None:
        if considered.ranking is None:
            return None
        lexicon, edition, scope = self._knowledge.lexicon, considered.edition, considered.scope
        return Quoting(considered.ranking, considered.supporting, lexicon, edition, scope)

    def _outcome(self, considered: Considered, quoting: Quoting | None) -> Answer | Refusal:
        """Quote what supports the question, or say what there is instead."""
        interpretation, ranking, scope = considered.interpretation, considered.ranking, considered.scope
        message, edition, before = considered.message, considered.edition.fingerprint, interpretation.completed_from
        hint = self._knowledge.lexicon.languages.hint(interpretation.language)
        if ranking is None or quoting is None:
            return Refusal(message, interpretation.reason or Reason.NO_QUESTION, edition, hint=hint)
        if considered.supporting:
            return Answer(message, quoting.answering(), edition, before, scope)
        related, missing = nearby_articles(ranking), considered.missing
        reason = interpretation.reason or _reason(considered, related)
        lacking = lack(ranking, missing, self._knowledge.lexicon) if reason is Reason.UNSUPPORTED else None
        return Refusal(message, reason, edition, missing, related, lacking, before, hint, scope)


def _reason(considered: Considered, related: Sequence[Article]) -> Reason:
    if considered.has_nothing_in_scope:
        return Reason.OUT_OF_SCOPE
    return Reason.UNSUPPORTED if related else Reason.OFF_TOPIC
