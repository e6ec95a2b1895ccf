"""The road of a question: from the asker's message and an edition to an answer or a refusal."""

from collections.abc import Iterable, Iterator, Sequence

from bot.answering.answer import Answer, Quote, Refusal, Scope
from bot.answering.configuration import Knowledge
from bot.answering.decision import Decision, decide, decide_at, nearby_articles, refusal_detail
from bot.answering.explanation import Explanation, explain
from bot.answering.question import interpret, may_depend_on_previous
from bot.answering.quotes import RankedQuotes
from bot.answering.reasons import Reason
from bot.articles import Article
from bot.edition import Edition


class Answerer:
    """Answers questions from an edition's own words, or refuses; pure, and safe to call from any thread."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

    def __call__(
        self, message: str, edition: Edition, previous: str | None = None, scope: Scope | None = None
    ) -> Answer | Refusal:
        """Answer a message with quotes from an edition, or from its articles in scope, or say why not.

        A message that leans on a question before it is completed from `previous`: that question or, one a line and the
        oldest first, it and those that it leans on itself.
        """
        decision = self._decide(message, edition, previous, scope)
        return self._outcome(decision, self._ranked_quotes(decision))

    def further(
        self, message: str, edition: Edition, previous: str | None = None, scope: Scope | None = None
    ) -> tuple[Quote, ...]:
        """Return what else there is to read on a message that is answered as above, best first; it need not answer.

        A passage that the evidence model did not weigh has a score of 0.
        """
        ranked_quotes = self._ranked_quotes(self._decide(message, edition, previous, scope))
        return ranked_quotes.further_quotes() if ranked_quotes else ()

    def and_more(
        self, message: str, edition: Edition, previous: str | None = None, scope: Scope | None = None
    ) -> tuple[Answer | Refusal, bool]:
        """Answer a message as above, and tell whether there is anything further to read, from one search."""
        decision = self._decide(message, edition, previous, scope)
        ranked_quotes = self._ranked_quotes(decision)
        return self._outcome(decision, ranked_quotes), ranked_quotes is not None and ranked_quotes.has_further()

    def explain(self, message: str, edition: Edition, previous: str | None = None) -> Explanation:
        """Answer a message as above, and say how the answer or the refusal came about."""
        decision = self._decide(message, edition, previous)
        return explain(decision, self._outcome(decision, self._ranked_quotes(decision)), self._knowledge)

    def at_thresholds(self, message: str, edition: Edition, thresholds: Iterable[float]) -> Iterator[Answer | Refusal]:
        """Yield what comes of a message at each threshold of the evidence model; it is ranked once for all of them."""
        decision = self._decide(message, edition)
        # A threshold acts through the candidates that reach it alone.
        outcomes: dict[int, Answer | Refusal] = {}
        for threshold in thresholds:
            reached_decision = decide_at(decision, threshold)
            reached = len(reached_decision.supporting)
            if reached not in outcomes:
                outcomes[reached] = self._outcome(reached_decision, self._ranked_quotes(reached_decision))
            yield outcomes[reached]

    def may_depend_on_previous(self, message: str) -> bool:
        """Tell whether a message may lean on a question before it, so that it is worth looking for that."""
        return may_depend_on_previous(message, self._knowledge.analyser, self._knowledge.lexicon)

    def _decide(
        self, message: str, edition: Edition, previous: str | None = None, scope: Scope | None = None
    ) -> Decision:
        analyser, lexicon = self._knowledge.analyser, self._knowledge.lexicon
        interpretation = interpret(message, previous, edition.index, analyser, lexicon)
        return decide(message, interpretation, edition, self._knowledge, scope)

    def _ranked_quotes(self, decision: Decision) -> RankedQuotes | None:
        if decision.ranking is None:
            return None
        lexicon, edition, scope = self._knowledge.lexicon, decision.edition, decision.scope
        return RankedQuotes(decision.ranking, decision.supporting, lexicon, edition, scope)

    def _outcome(self, decision: Decision, ranked_quotes: RankedQuotes | None) -> Answer | Refusal:
        """Quote what supports the question, or say what there is instead."""
        interpretation, ranking, scope = decision.interpretation, decision.ranking, decision.scope
        message, edition, before = decision.message, decision.edition.fingerprint, interpretation.completed_from
        hint = self._knowledge.lexicon.languages.hint(interpretation.language)
        if ranking is None or ranked_quotes is None:
            return Refusal(message, interpretation.reason or Reason.NO_QUESTION, edition, hint=hint)
        if decision.supporting:
            return Answer(message, ranked_quotes.answer_quotes(), edition, before, scope)
        related, missing = nearby_articles(ranking), decision.missing
        reason = interpretation.reason or _reason(decision, related)
        detail = refusal_detail(ranking, missing, self._knowledge.lexicon) if reason is Reason.UNSUPPORTED else None
        return Refusal(message, reason, edition, missing, related, detail, before, hint, scope)


def _reason(decision: Decision, related: Sequence[Article]) -> Reason:
    if decision.has_nothing_in_scope:
        return Reason.OUT_OF_SCOPE
    return Reason.UNSUPPORTED if related else Reason.OFF_TOPIC
