"""Quotes from a ranking: those that answer its question, and what else there is to read on it."""

from collections.abc import Iterable, Sequence

from bot.answering.answer import Quote
from bot.answering.lexicon import Lexicon
from bot.answering.marking import marks
from bot.answering.quotes import Quoter
from bot.answering.ranking import Ranked, Ranking
from bot.answering.selection import Selection

# Within a tenth of the first candidate's rank another paragraph may answer as well.
_CLOSE = 0.9


def answering_quotes(ranking: Ranking, supporting: Sequence[Ranked], lexicon: Lexicon) -> tuple[Quote, ...]:
    """Quote the candidates that support an answer, the first best."""
    return _quotes(_answering(_quoter(ranking, lexicon), supporting), ranking)


def further_quotes(ranking: Ranking, supporting: Sequence[Ranked], lexicon: Lexicon) -> tuple[Quote, ...]:
    """Quote what the candidates have besides the quotes that answer, in the order that they rank."""
    quoter = _quoter(ranking, lexicon)
    selected = _answering(quoter, supporting) if supporting else []
    return _quotes(quoter.further(ranking.candidates, selected), ranking)


def _quoter(ranking: Ranking, lexicon: Lexicon) -> Quoter:
    return Quoter(ranking.question, ranking.weights, lexicon)


def _answering(quoter: Quoter, supporting: Sequence[Ranked]) -> list[Selection]:
    first, *others = supporting
    close = bool(others) and others[0].rank >= _CLOSE * first.rank
    return quoter.select([item.candidate for item in supporting], close=close)


def _quotes(selections: Iterable[Selection], ranking: Ranking) -> tuple[Quote, ...]:
    probabilities = {id(item.candidate): item.probability for item in ranking.items}
    return tuple(
        Quote(
            text=selection.text,
            article=selection.candidate.passage.article,
            paragraph=selection.candidate.passage.paragraph,
            start=selection.start,
            end=selection.end,
            score=probabilities.get(id(selection.candidate), 0.0),
            marks=marks(selection, ranking.weights),
        )
        for selection in selections
    )
