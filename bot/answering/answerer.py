"""The answering pipeline: from a message and an edition to an answer with quotes or a refusal."""

from collections.abc import Iterable, Iterator, Sequence

from bot.answering.answer import Answer, Quote, Refusal
from bot.answering.configuration import Knowledge
from bot.answering.decision import Decision, decide, decide_at, nearby_articles, refusal_detail
from bot.answering.explanation import Explanation, explain
from bot.answering.missing_words import without_prefixes
from bot.answering.question import AnalysedMessage, analyse_message, interpret
from bot.answering.quotes import RankedQuotes
from bot.answering.reasons import Reason
from bot.articles import Article
from bot.edition import Edition
from bot.retrieval import Scope


class Answerer:
    """Answers questions from an edition's own words, or refuses; pure, and safe to call from any thread."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

    def answer(
        self, message: str, edition: Edition, previous: str | None = None, scope: Scope | None = None
    ) -> Answer | Refusal:
        """Answer a message with quotes from an edition, or from its articles in scope, or say why not.

        A message that depends on a previous question is completed from `previous`: that question or, one a line and
        the oldest first, that question and those that it depends on itself.
        """
        decision = self._decide(self.analyse(message), edition, previous, scope)
        return self._outcome(decision, self._ranked_quotes(decision))

    def further_quotes(
        self, message: str, edition: Edition, previous: str | None = None, scope: Scope | None = None
    ) -> tuple[Quote, ...]:
        """Return quotes of further passages on the topic of a message, best first; they need not answer it.

        A passage that the evidence model did not weigh has a score of 0.
        """
        ranked_quotes = self._ranked_quotes(self._decide(self.analyse(message), edition, previous, scope))
        return ranked_quotes.further_quotes() if ranked_quotes else ()

    def answer_with_more(
        self, message: AnalysedMessage, edition: Edition, previous: str | None = None, scope: Scope | None = None
    ) -> tuple[Answer | Refusal, bool]:
        """Answer an analysed message, and tell whether there are further quotes, from one search."""
        decision = self._decide(message, edition, previous, scope)
        ranked_quotes = self._ranked_quotes(decision)
        return self._outcome(decision, ranked_quotes), ranked_quotes is not None and ranked_quotes.has_further()

    def explain(self, message: str, edition: Edition, previous: str | None = None) -> Explanation:
        """Answer a message, and explain how the answer or the refusal came about."""
        decision = self._decide(self.analyse(message), edition, previous)
        return explain(decision, self._outcome(decision, self._ranked_quotes(decision)), self._knowledge)

    def answer_at_thresholds(
        self, message: str, edition: Edition, thresholds: Iterable[float]
    ) -> Iterator[Answer | Refusal]:
        """Yield the answer or refusal at each threshold of the evidence model; passages are ranked once for all."""
        decision = self._decide(self.analyse(message), edition)
        # Thresholds that the same candidates reach have the same outcome.
        outcomes: dict[int, Answer | Refusal] = {}
        for threshold in thresholds:
            reached_decision = decide_at(decision, threshold)
            reached = len(reached_decision.supporting)
            if reached not in outcomes:
                outcomes[reached] = self._outcome(reached_decision, self._ranked_quotes(reached_decision))
            yield outcomes[reached]

    def analyse(self, message: str) -> AnalysedMessage:
        """Analyse a message once, for `answer_with_more` and for the question whether it may be a follow-up."""
        return analyse_message(message, self._knowledge.questions)

    def _decide(
        self, message: AnalysedMessage, edition: Edition, previous: str | None = None, scope: Scope | None = None
    ) -> Decision:
        interpretation = interpret(message, previous, edition.index, self._knowledge.questions)
        return decide(message.message, interpretation, edition, self._knowledge, scope)

    def _ranked_quotes(self, decision: Decision) -> RankedQuotes | None:
        if decision.ranking is None:
            return None
        lexicon, edition, scope = self._knowledge.lexicon, decision.edition, decision.scope
        return RankedQuotes(decision.ranking, decision.supporting, lexicon, edition, scope)

    def _outcome(self, decision: Decision, ranked_quotes: RankedQuotes | None) -> Answer | Refusal:
        """Make the answer from the supporting passages, or the refusal with its reason."""
        interpretation, ranking, scope = decision.interpretation, decision.ranking, decision.scope
        message, edition, before = decision.message, decision.edition.fingerprint, interpretation.completed_from
        hint = self._knowledge.lexicon.languages.hint(interpretation.language)
        if ranking is None or ranked_quotes is None:
            reason, reply = interpretation.reason or Reason.NO_QUESTION, interpretation.courtesy_reply
            return Refusal(message, reason, edition, hint=None if reply else hint, courtesy_reply=reply)
        if decision.supporting:
            return Answer(message, ranked_quotes.answer_quotes(), edition, before, scope)
        related, missing = nearby_articles(ranking), decision.missing
        reason = interpretation.reason or _reason(decision, related)
        detail = refusal_detail(ranking, missing, self._knowledge.lexicon) if reason is Reason.UNSUPPORTED else None
        named = tuple(dict.fromkeys(without_prefixes(word, self._knowledge) for word in missing))
        return Refusal(message, reason, edition, named, related, detail, before, hint, scope)


def _reason(decision: Decision, related: Sequence[Article]) -> Reason:
    if decision.has_nothing_in_scope:
        return Reason.OUT_OF_SCOPE
    return Reason.UNSUPPORTED if related else Reason.OFF_TOPIC
