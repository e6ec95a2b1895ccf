"""The road of a question: from the asker's message and an edition to an answer or a refusal."""

from collections.abc import Sequence

from bot.answering.answer import Answer, Quote, Reason, Refusal
from bot.answering.cleaning import clean
from bot.answering.question import analyse
from bot.answering.quotes import Quoter, Selection
from bot.answering.ranking import Knowledge, Ranked, Ranking, rank
from bot.answering.refusing import missing_terms, nearby_articles
from bot.answering.small_talk import small_talk
from bot.arabic import normalise
from bot.edition import Edition

# Beyond the best five candidates, support is more often chance than evidence.
WEIGHED = 5
# Within a tenth of the first candidate's rank another paragraph may answer as well.
_CLOSE = 0.9


class Answerer:
    """Answers questions from an edition's own words, or refuses; pure, and safe to call from any thread."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

    def __call__(self, message: str, edition: Edition) -> Answer | Refusal:
        """Answer a message with quotes from an edition, or say why not."""
        cleaned = clean(message)
        reason = small_talk(cleaned, self._knowledge.lexicon)
        if reason not in {None, Reason.ONE_WORD}:
            return Refusal(message, reason, edition.fingerprint)
        question = analyse(cleaned.text, self._knowledge.analyser, self._knowledge.lexicon)
        if not question.terms:
            return Refusal(message, reason or Reason.NO_QUESTION, edition.fingerprint)
        ranking = rank(question, edition, self._knowledge)
        missing = missing_terms(ranking, edition)
        supporting = self._supporting(ranking, missing)
        if reason is None and supporting:
            return Answer(message, self._quotes(ranking, supporting), edition.fingerprint)
        related = nearby_articles(ranking)
        reason = reason or (Reason.UNSUPPORTED if related else Reason.OFF_TOPIC)
        return Refusal(message, reason, edition.fingerprint, missing, related)

    def _supporting(self, ranking: Ranking, missing: Sequence[str]) -> list[Ranked]:
        """Return the candidates that support the question, best first; none where it names what nobody mentions."""
        # In an Arabic question a word in other letters is a name: of a firm, a product, an agency.
        if not all(map(_is_arabic, missing)):
            return []
        return [item for item in ranking.items[:WEIGHED] if item.probability >= self._knowledge.model.threshold]

    def _quotes(self, ranking: Ranking, supporting: Sequence[Ranked]) -> tuple[Quote, ...]:
        quoter = Quoter(ranking.question, ranking.weights.importance, self._knowledge.lexicon)
        first, *others = supporting
        close = bool(others) and others[0].rank >= _CLOSE * first.rank
        selected = quoter.select([item.candidate for item in supporting], close=close)
        probabilities = {id(item.candidate): item.probability for item in supporting}
        return tuple(_quote(selection, probabilities[id(selection.candidate)]) for selection in selected)


def _is_arabic(word: str) -> bool:
    """Tell whether a word is written in Arabic letters; a number in any digits is not."""
    return "\u0620" <= normalise(word)[:1] <= "\u08ff"


def _quote(selection: Selection, probability: float) -> Quote:
    passage = selection.candidate.passage
    return Quote(selection.text, passage.article, passage.paragraph, selection.start, selection.end, probability)
