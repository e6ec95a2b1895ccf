"""The search for all passages on a subject, in parts of its days where one search does not find all of them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import numpy as np

from bot.answering.configuration import Knowledge
from bot.answering.decision import Decision
from bot.answering.evidence import Candidate, Matcher, Matches, match_passages
from bot.answering.modes.subject_articles import ABOUT, EXACT
from bot.answering.ranking import Ranking, other_spellings
from bot.retrieval import RANKING, Scope

# Chosen: a search finds a hundred passages; the days of a subject that has more are parted, so many times at most.
_MOST_PARTINGS = 4
# Chosen: where any of so many passages at the end of a search still has the subject, there are more.
_TAIL = 10


class SubjectSearch:
    """Searches passages that have a subject, in ever shorter parts of its days where one search does not find all."""

    def __init__(self, decision: Decision, ranking: Ranking, knowledge: Knowledge) -> None:
        self._edition, self._scope = decision.edition, decision.scope or Scope()
        self._question, self._weights = ranking.question, ranking.weights
        self._matcher = Matcher(knowledge.lexicon)
        self._spellings = other_spellings(self._question, knowledge.analyser, knowledge.lexicon)
        self.most = 0.0

    def find(self) -> tuple[Candidate, ...]:
        """Return all that are found, each once, those of the first search first."""
        first, last = self._edition.catalogue.first_day, self._edition.as_of
        found, is_full = self._search(self._scope)
        pool = {candidate.source.number: candidate for candidate in found}
        full = []
        if is_full and first and last:
            full.append((max(first, self._scope.since or first), min(last, self._scope.until or last), found))
        for _ in range(_MOST_PARTINGS):
            if not full:
                break
            since, until, known = full.pop(0)
            middle = _middle(known, since, until)
            for start, end in ((since, middle), (middle + timedelta(1), until)):
                found, is_full = self._search(replace(self._scope, since=start, until=end))
                pool |= {candidate.source.number: candidate for candidate in found}
                if is_full and start < end:
                    full.append((start, end, found))
        return tuple(pool.values())

    def _search(self, scope: Scope) -> tuple[list[Candidate], bool]:
        """Return the passages of a scope that have the subject, and tell whether there may be more of them."""
        engine = self._edition.index
        shortlist = engine.shortlist(self._question.terms, self._spellings, scope)
        read = shortlist.read(shortlist.top_k(len(shortlist.passages)))
        candidates = match_passages(read, self._question, engine.vocabulary, self._matcher)
        if not candidates:
            return [], False
        shares = self._weights.share(
            np.array([np.where(one.matches >= EXACT, one.matches, 0.0) for one in candidates])
        ).tolist()
        self.most = max([self.most, *shares])
        has_subject = [share >= ABOUT * self.most for share in shares]
        found = [one for one, has in zip(candidates, has_subject, strict=True) if has]
        return found, len(candidates) >= RANKING.shortlist_size and any(has_subject[-_TAIL:])


def _middle(candidates: Sequence[Candidate], since: date, until: date) -> date:
    """Return a day that parts the days from one to another into halves with as many of the candidates' articles."""
    days = sorted(
        day for one in candidates if (day := one.passage.article.published) is not None and since <= day <= until
    )
    middle = days[len(days) // 2] if days else since
    return min(max(middle, since), until - timedelta(1))
