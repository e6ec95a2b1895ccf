"""The story of a subject in order: a quote for each day and side of it, from the oldest to the newest."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

import numpy as np

from bot.answering.configuration import Knowledge
from bot.answering.decision import Decision, Finding
from bot.answering.evidence import Candidate, Requirements
from bot.answering.evidence.word_match import meant
from bot.answering.modes.event_date import event_date
from bot.answering.modes.subject_answers import find_overview
from bot.answering.modes.subject_articles import ABOUT, SubjectArticle, SubjectArticles, SubjectSearch, title_matches
from bot.answering.quotes import Selection
from bot.answering.ranking import Ranking
from bot.answering.reasons import Statement
from bot.edition import Edition
from bot.retrieval import RANKING

MOST_ENTRIES = 60
"""Chosen: of a story that is longer, the best of each stretch."""
# Chosen: a day has a second side where a sentence shares less than so much of its words with the first.
_OTHER_SIDE, _SIDES = 0.4, 2
# Chosen: a shorter sentence is a caption or a heading, a longer one is not read.
_LEAST_WORDS, _MOST_WORDS = 6, 80
# Chosen: the sentence that opens an article tells its news; another is quoted only for so much more of the subject.
_OPENING = 0.3
# Chosen: a sentence has so much of the subject itself, whatever title it stands under; and where that has less, among
# its first words without stop words, for what is named further behind is mentioned.
_LEAST_OWN, _FIRST_WORDS = 0.5, 12
_TITLED = 0.2
# Chosen: the words of a subject of so many stand side by side; those of a longer one, «إقالة الوزير فلان», anywhere.
_NAME_WORDS = range(2, 3)
# Chosen: of a subject of so few words none is missing: «إقالة الوزير فلان» is not all that is told of him.
_FEW_WORDS = 3
_LEAST_DAYS = 2
_MOST_UNDATED = 5


@dataclass(frozen=True, slots=True)
class _Entry:
    """A sentence of an article about a subject, when it happened, and how much it is about the subject.

    `when` is the date that the sentence gives its event, else the day of publication: «2003», «2003-05», «2003-05-12».
    """

    when: str
    selection: Selection
    weight: float

    def repeats(self, other: "_Entry") -> bool:
        """Whether another entry is nearly the same text, or stands in one that is."""
        own, theirs = self.selection, other.selection
        return own.candidate.source.is_near_duplicate_of(theirs.candidate.source) or own.repeats(theirs)

    def is_same_side(self, other: "_Entry") -> bool:
        """Whether another entry of the day says much the same."""
        own, theirs = self.selection.word_numbers, other.selection.word_numbers
        return len(own & theirs) >= _OTHER_SIDE * min(len(own), len(theirs))


def find_timeline(decision: Decision, ranking: Ranking, knowledge: Knowledge) -> Finding | None:
    """Find the story of a subject, the oldest first; None where the coverage has nothing on the subject.

    Where all was published on one day, it finds that, and else an overview.
    """
    if not SubjectArticles(ranking, decision.edition, knowledge.lexicon).is_covered():
        return None
    search = SubjectSearch(decision, ranking, knowledge)
    found = search.find()
    wide = replace(ranking, candidates=found)
    about = SubjectArticles(wide, decision.edition, knowledge.lexicon, name_words=_NAME_WORDS).about
    entries = _told_once(_Reader(wide, decision.edition, knowledge, search.most).entries(about))
    if len({entry.when for entry in entries}) >= _LEAST_DAYS:
        kept = _best_of_stretches(entries)
        quoted = {entry.selection.candidate.source.article_number for entry in kept}
        left = [one for one in about if one.best.source.article_number not in quoted]
        return Finding(
            Statement.TIMELINE if len(kept) == len(entries) else Statement.TIMELINE_PART,
            tuple(entry.selection for entry in kept),
            articles=tuple(one.article for one in left if one.article.published is None)[:_MOST_UNDATED],
            shown=len(kept),
            found=len(entries),
        )
    # That all of it is of one day is said of whatever has the subject, be it about that or not.
    days = {candidate.passage.article.published for candidate in found}
    day = next(iter(days)) if len(days) == 1 else None
    if entries and day:
        return Finding(Statement.ONE_DAY, tuple(entry.selection for entry in entries), day)
    overview = find_overview(decision, ranking, knowledge)
    return replace(overview, statement=Statement.UNDATED) if overview and days == {None} else overview


def is_told_at_once(finding: Finding | None) -> bool:
    """Whether what was found, if anything, is no story of several days."""
    return finding is None or finding.statement not in {Statement.TIMELINE, Statement.TIMELINE_PART}


class _Reader:
    """Reads the sentence of each article that tells its part of the story."""

    def __init__(self, ranking: Ranking, edition: Edition, knowledge: Knowledge, most: float) -> None:
        """Take the passages that have a subject as the candidates of a ranking, and the most that any has of it."""
        self._weights, self._most, self._lexicon = ranking.weights, most, knowledge.lexicon
        weighed = ranking.candidates[: RANKING.weighed_candidates]
        self._requirements = Requirements(ranking.given, edition.index, weighed)
        self._own: dict[int, list[Candidate]] = {}
        for candidate in ranking.candidates:
            self._own.setdefault(candidate.source.article_number, []).append(candidate)

    def entries(self, articles: Sequence[SubjectArticle]) -> Iterator[_Entry]:
        """Yield what each article tells: its best sentence on the subject, and others that date their event."""
        for one in articles:
            found = self._sentences(one)
            weight = one.aboutness + _TITLED * one.begins_title
            for number, (selection, share) in enumerate(found):
                published = one.article.published
                when = event_date(selection.text, published, self._lexicon)
                if when is None and number == 0 and published:
                    when = published.isoformat()
                if when is not None:
                    yield _Entry(when, selection, share + weight)

    def _sentences(self, one: SubjectArticle) -> list[tuple[Selection, float]]:
        """Return the sentences of an article on the subject, the best first, each with the share that it has of it.

        Where the title has less than half of the subject, two sentences have it, or it is only mentioned.
        """
        own = {candidate.source.number: candidate for candidate in self._own[one.best.source.article_number]}
        own[one.lead.source.number] = one.lead
        found = [
            (share + _OPENING * (candidate is one.lead and number == 0), share, candidate, number)
            for candidate in own.values()
            if self._requirements.first_missing(candidate) is None
            for number, share in enumerate(self._shares(candidate))
            if share >= _LEAST_OWN
        ]
        if len(found) <= (not self._is_titled(one.lead)):
            return []
        readable = sorted((each for each in found if _is_readable(*each[2:])), key=lambda each: -each[0])
        return [(Selection(candidate, range(number, number + 1)), share) for _, share, candidate, number in readable]

    def _shares(self, candidate: Candidate) -> list[float]:
        """Return how much of the subject each sentence has, or under another title its first words.

        It is nothing where the sentence and the title together lack a part of the subject.
        """
        own, title = candidate.sentence_matches, title_matches(candidate)
        if not self._is_titled(candidate):
            sentences = (candidate.word_matches[each][:_FIRST_WORDS] for each in candidate.source.layout.words)
            own = np.array([first.max(axis=0, initial=0.0) for first in sentences])
        shares = self._weights.share(meant(own))
        together = meant(np.maximum(own, title))
        is_whole = self._weights.share(together) >= ABOUT * self._most
        if len(self._weights.importance) <= _FEW_WORDS:
            is_whole &= (together > 0).all(axis=1)
        return [float(share) for share in shares * is_whole]

    def _is_titled(self, candidate: Candidate) -> bool:
        """Whether the title of a candidate's article has half of the subject."""
        return bool(self._weights.share(meant(title_matches(candidate))[np.newaxis])[0] >= _LEAST_OWN)


def _is_readable(candidate: Candidate, number: int) -> bool:
    """Whether a sentence states something by itself: it asks nothing, and announces no list behind it."""
    is_short = _LEAST_WORDS <= candidate.count_words(range(number, number + 1)) <= _MOST_WORDS
    announces = candidate.text[: candidate.sentences[number].end].endswith(":")
    return is_short and not announces and not candidate.asking[number]


def _told_once(entries: Iterator[_Entry]) -> list[_Entry]:
    """Return the best entries of each date in order, up to two that say different things; none repeats another."""
    told: list[_Entry] = []
    by_date = sorted(entries, key=lambda entry: (entry.when, -entry.weight))
    for _, of_day in groupby(by_date, lambda entry: entry.when):
        sides: list[_Entry] = []
        for entry in of_day:
            if len(sides) == _SIDES:
                break
            if not any(map(entry.is_same_side, sides)) and not any(map(entry.repeats, told)):
                sides.append(entry)
        told += sides
    return told


def _best_of_stretches(entries: Sequence[_Entry]) -> list[_Entry]:
    """Return the first entry, the last one, and of those between as many as there is room for, the best of each run."""
    if len(entries) <= MOST_ENTRIES:
        return list(entries)
    first, *between, last = entries
    bounds = np.linspace(0, len(between), MOST_ENTRIES - 1).astype(int).tolist()
    runs = (between[start:end] for start, end in pairwise(bounds))
    return [first, *(max(run, key=lambda entry: entry.weight) for run in runs), last]
