"""The names of a claim: whether a passage has them, in their order, and which others it has in their place."""

from collections.abc import Iterator

from bot.answering.evidence import Candidate, TermWeights
from bot.answering.knowledge import Lexicon
from bot.answering.modes.claim_lines import Line, is_matched
from bot.answering.modes.listed_names import ListedNames, Named
from bot.answering.modes.unlisted_names import UnlistedNames
from bot.arabic import normal_words


class NameComparison:
    """Compares the names of one claim with those of passages."""

    def __init__(self, claim: Line, weights: TermWeights, lexicon: Lexicon) -> None:
        self._claim = claim
        self._listed = ListedNames(claim, lexicon)
        self._unlisted = UnlistedNames(claim, weights, lexicon, self._listed.words)
        self._named = [at for at, word in enumerate(claim.words) if word.columns and self._unlisted.may_be_name(at)]

    @property
    def region_columns(self) -> frozenset[int]:
        """The numbers of the terms of the claim's countries and cities."""
        return self._listed.region_columns

    def are_in(self, candidate: Candidate, window: slice) -> bool:
        """Tell whether some sentences of a passage have, with its title, every name and every rank of the claim."""
        matches, spans = candidate.window_matches(window), candidate.sentences[window]
        texts = candidate.passage.article.title, candidate.text[spans[0].start : spans[-1].end]
        normals = [normal for text in texts for normal in normal_words(text)]
        return self._listed.are_named_in(normals) and all(
            is_matched(self._claim.words[at], matches) for at in self._named
        )

    def are_in_order(self, sentence: Line) -> bool:
        """Tell whether a sentence has the names of the claim that it has in their order: who did what to whom."""
        places = [
            next((place for place, told in enumerate(sentence.words) if told.columns & columns), None)
            for columns in (self._claim.words[at].columns for at in self._named)
        ]
        told = [place for place in places if place is not None]
        return told == sorted(told)

    def differences(self, candidate: Candidate, sentence: Line) -> Iterator[tuple[Named, Named]]:
        """Yield the names of the claim that a passage lacks, each with that of a sentence in its place and role."""
        yield from self._listed.differences(candidate, sentence)
        yield from self._unlisted.differences(candidate, sentence)
