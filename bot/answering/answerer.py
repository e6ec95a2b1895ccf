"""The road of a question: from the asker's message and an edition to an answer or a refusal."""

from collections.abc import Iterable, Iterator, Sequence

from bot.answering.answer import Answer, Quote, Reason, Refusal
from bot.answering.considering import Considered, consider, decide
from bot.answering.explaining import explain
from bot.answering.explanation import Explanation
from bot.answering.marking import marks
from bot.answering.quotes import Quoter
from bot.answering.ranking import Knowledge, Ranked, Ranking
from bot.answering.refusing import lack, nearby_articles
from bot.answering.scope import Scope
from bot.answering.selection import Selection
from bot.answering.understanding import may_lean, understand
from bot.answering.weights import Weights
from bot.articles import Article
from bot.edition import Edition

# Within a tenth of the first candidate's rank another paragraph may answer as well.
_CLOSE = 0.9


class Answerer:
    """Answers questions from an edition's own words, or refuses; pure, and safe to call from any thread."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

    def __call__(
        self, message: str, edition: Edition, earlier: str | None = None, scope: Scope | None = None
    ) -> Answer | Refusal:
        """Answer a message with quotes from an edition, or from its articles in scope, or say why not.

        A message that leans on a question before it is completed from `earlier`: that question or, one a line and the
        oldest first, it and those that it leans on itself.
        """
        return self._outcome(self._consider(message, edition, earlier, scope))

    def explain(self, message: str, edition: Edition, earlier: str | None = None) -> Explanation:
        """Answer a message as above, and say how the answer or the refusal came about."""
        considered = self._consider(message, edition, earlier)
        return explain(considered, self._outcome(considered), self._knowledge)

    def at_thresholds(self, message: str, edition: Edition, thresholds: Iterable[float]) -> Iterator[Answer | Refusal]:
        """Yield what comes of a message at each threshold of the evidence model; it is ranked once for all of them."""
        considered = self._consider(message, edition)
        # A threshold acts through the candidates that reach it alone.
        outcomes: dict[int, Answer | Refusal] = {}
        for threshold in thresholds:
            decided = decide(considered, threshold)
            reached = len(decided.supporting)
            if reached not in outcomes:
                outcomes[reached] = self._outcome(decided)
            yield outcomes[reached]

    def may_lean(self, message: str) -> bool:
        """Tell whether a message may lean on a question before it, so that it is worth looking for that."""
        return may_lean(message, self._knowledge.analyser, self._knowledge.lexicon)

    def _consider(
        self, message: str, edition: Edition, earlier: str | None = None, scope: Scope | None = None
    ) -> Considered:
        analyser, lexicon = self._knowledge.analyser, self._knowledge.lexicon
        understood = understand(message, earlier, edition.index, analyser, lexicon)
        return consider(message, understood, edition, self._knowledge, scope)

    def _outcome(self, considered: Considered) -> Answer | Refusal:
        """Quote what supports the question, or say what there is instead."""
        understood, ranking, scope = considered.understood, considered.ranking, considered.scope
        message, edition, before = considered.message, considered.edition.fingerprint, understood.completed_from
        hint = self._knowledge.lexicon.languages.hint(understood.language)
        if ranking is None:
            return Refusal(message, understood.reason or Reason.NO_QUESTION, edition, hint=hint)
        if considered.supporting:
            return Answer(message, self._quotes(ranking, considered.supporting), edition, before, scope)
        related, missing = nearby_articles(ranking), considered.missing
        reason = understood.reason or _reason(considered, related)
        lacking = lack(ranking, missing, self._knowledge.lexicon) if reason is Reason.UNSUPPORTED else None
        return Refusal(message, reason, edition, missing, related, lacking, before, hint, scope)

    def _quotes(self, ranking: Ranking, supporting: Sequence[Ranked]) -> tuple[Quote, ...]:
        quoter = Quoter(ranking.question, ranking.weights.importance, self._knowledge.lexicon)
        first, *others = supporting
        close = bool(others) and others[0].rank >= _CLOSE * first.rank
        selected = quoter.select([item.candidate for item in supporting], close=close)
        probabilities = {id(item.candidate): item.probability for item in supporting}
        return tuple(
            _quote(selection, probabilities[id(selection.candidate)], ranking.weights) for selection in selected
        )


def _reason(considered: Considered, related: Sequence[Article]) -> Reason:
    if considered.has_nothing_in_scope:
        return Reason.OUT_OF_SCOPE
    return Reason.UNSUPPORTED if related else Reason.OFF_TOPIC


def _quote(selection: Selection, probability: float, weights: Weights) -> Quote:
    passage, place = selection.candidate.passage, (selection.start, selection.end)
    return Quote(selection.text, passage.article, passage.paragraph, *place, probability, marks(selection, weights))
