"""Selection of the sentences to quote: those that answer best, with enough around them to be understood alone."""

from collections.abc import Iterable, Iterator, Sequence, Set
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter

from bot.answering.answer import MOST_QUOTES
from bot.answering.evidence import Candidate, Matcher, Matches, Requirements, given_share
from bot.answering.ranking import RankedCandidate, Ranking, read_candidates
from bot.answering.reasons import Requirement
from bot.arabic import normal_words
from bot.retrieval import RANKING, SearchEngine

# Chosen: two quotes that share more of their words than this are copies of one text.
_DUPLICATE_SHARE = 0.85

MOST_WORDS = 150
# The first quote holds the answer and its surroundings; what it leaves serves the second and third.
_FIRST_WORDS = 80
# Chosen: the paragraphs around a quote seldom have more sentences.
_MOST_LOOKED_AT = 100
# Chosen: no paragraph of news has more sentences that match as well as its best.
_MOST_AS_GOOD = 40
# What stands behind the first quote is skimmed.
_READING_WORDS = 60
# Chosen: so many paragraphs before and behind a quoted one are read for more; few articles of news have more.
_REACH = 4
# Chosen on 465 messages of members: near the only article on a subject, what gives less of a question gives another.
_LEAST_GIVEN = 0.25


@dataclass(frozen=True)
class Selection:
    """Neighbouring sentences of one candidate, by number."""

    candidate: Candidate
    sentences: range

    @property
    def start(self) -> int:
        """Where the selection begins in its paragraph."""
        return self.candidate.sentences[self.sentences[0]].start

    @property
    def end(self) -> int:
        """Where the selection ends in its paragraph."""
        return self.candidate.sentences[self.sentences[-1]].end

    @property
    def text(self) -> str:
        """The selected text, character for character."""
        return self.candidate.text[self.start : self.end]

    @property
    def matches(self) -> Matches:
        """The matches, (terms,), with title and heading."""
        return self.candidate.window_matches(slice(self.sentences.start, self.sentences.stop))

    @cached_property
    def word_count(self) -> int:
        """The number of words of the selection."""
        return self.candidate.count_words(self.sentences)

    def with_sentence(self, number: int) -> "Selection":
        """Return the selection with a neighbouring sentence added."""
        return Selection(self.candidate, range(min(number, self.sentences.start), max(number + 1, self.sentences.stop)))

    def overlaps(self, other: "Selection") -> bool:
        """Return whether another selection, even of another question, has sentences of this one."""
        is_same = self.candidate.source.number == other.candidate.source.number
        return is_same and not set(self.sentences).isdisjoint(other.sentences)

    def repeats(self, other: "Selection") -> bool:
        """Return whether another selection is nearly the same text: syndicated, with a word changed here and there."""
        # Most are not, as their word numbers tell.
        if len(self.word_numbers & other.word_numbers) < min(self._least_shared, other._least_shared):  # noqa: SLF001
            return False
        return are_nearly_same(self.normal_words, other.normal_words)

    @cached_property
    def _least_shared(self) -> float:
        """How many word numbers another text has at least that is the same: no text has more stop words than words."""
        return _DUPLICATE_SHARE * len(self.word_numbers) - (1 - _DUPLICATE_SHARE) * self.word_count

    @cached_property
    def word_numbers(self) -> frozenset[int]:
        """The words of the selection as numbers of the vocabulary, without stop words."""
        source = self.candidate.source
        words = source.layout.words
        own = slice(words[self.sentences[0]].start, words[self.sentences[-1]].stop)
        return frozenset(source.words[own].tolist())

    @cached_property
    def normal_words(self) -> frozenset[str]:
        """The words of the selection in normal form."""
        return frozenset(normal_words(self.text))


def are_nearly_same(own: Set[str], others: Set[str]) -> bool:
    """Return whether two texts, as words in normal form, are the same but for a word here and there."""
    return len(own & others) >= _DUPLICATE_SHARE * min(len(own), len(others))


class QuoteSelector:
    """Selects sentences of candidates for one question."""

    def __init__(self, ranking: Ranking) -> None:
        self._weights, self._given = ranking.weights, ranking.given
        self._importance = self._weights.importance / self._weights.importance.sum()
        self._focus = self._weights.focus / (self._weights.focus.sum() or 1.0)

    def select(self, candidates: Sequence[Candidate]) -> list[Selection]:
        """Select up to three disjoint selections, best first, that count at most 150 words together.

        The first comes from the first candidate, the second from what is left of its paragraph, if anything, and the
        others from the next candidates. None repeats another.
        """
        selected: list[Selection] = []
        for candidate in (candidates[0], *candidates):
            if _is_duplicate(candidate, selected):
                continue
            left = MOST_WORDS - sum(selection.word_count for selection in selected)
            budget = min(left, _READING_WORDS if selected else _FIRST_WORDS)
            found = self._grown(candidate, _free(candidate, selected), budget)
            if found and found.word_count <= left and not any(map(found.repeats, selected)):
                selected.append(found)
            if len(selected) == MOST_QUOTES:
                break
        return selected

    def fill_up(self, selected: Sequence[Selection], siblings: Sequence[Candidate]) -> list[Selection]:
        """Add the best sentences of other paragraphs of the first one's article, while quotes and words are left.

        News tells in one paragraph who and where, in the next how many and why. A sentence of more than sixty words is
        left out, and one without any word of the question, or without a value or name of the kind that is asked for.
        """
        filled, is_of_kind = list(selected), self._given.is_of_kind
        sentences = [
            (matched, sibling, number)
            for sibling in siblings
            if not _is_duplicate(sibling, selected)
            for number, matched in enumerate(self._matched(sibling))
            if matched and not sibling.asking[number]
        ]
        for _, sibling, number in sorted(sentences, key=lambda sentence: -sentence[0])[:_MOST_LOOKED_AT]:
            left = min(MOST_WORDS - sum(selection.word_count for selection in filled), _READING_WORDS)
            found = Selection(sibling, range(number, number + 1))
            if len(filled) == MOST_QUOTES:
                break
            is_fitting = found.word_count <= left and (not is_of_kind or self._given.is_in_sentence(sibling, number))
            if is_fitting and not any(map(found.repeats, filled)):
                filled.append(found)
        return filled

    def select_further(self, candidates: Iterable[Candidate], selected: Sequence[Selection]) -> Iterator[Selection]:
        """Yield further reading from each candidate, in their order, at most sixty words of each.

        Each matches a fair part of the question, with title and heading; none repeats another, nor a selected quote.
        """
        found: list[Selection] = []
        for candidate in candidates:
            # Of a passage that does not match a fair part no sentence does.
            if not self._weights.is_fair_match(candidate.matches) or _is_duplicate(candidate, [*selected, *found]):
                continue
            free = _free(candidate, selected)
            # The best of the free sentences that are not too long to skim.
            short = [number for number in free if candidate.count_words(range(number, number + 1)) <= _READING_WORDS]
            other = _whole(candidate, free, _READING_WORDS) or self._grown(candidate, short, _READING_WORDS)
            if (
                other
                and self._weights.is_fair_match(other.matches)
                and not any(map(other.repeats, [*selected, *found]))
            ):
                found.append(other)
                yield other

    def _grown(self, candidate: Candidate, free: Sequence[int], budget: int) -> Selection | None:
        """Take the best of the free sentences that do not ask, and its better neighbours within a budget."""
        stating = [number for number in free if not candidate.asking[number]]
        if not stating:
            return None
        if whole := _whole(candidate, free, budget):
            return whole
        matched = self._matched(candidate)

        def value(number: int) -> float:
            return matched[number] + RANKING.value_bonus * self._given.is_in_sentence(candidate, number)

        # No sentence needs to be read that would not be the best even if it named what is asked for.
        most = max(matched[number] for number in stating)
        near = [number for number in stating if matched[number] + RANKING.value_bonus >= most]
        best = max(sorted(sorted(near, key=matched.__getitem__, reverse=True)[:_MOST_AS_GOOD]), key=value)
        grown = Selection(candidate, range(best, best + 1))
        while True:
            around = {grown.sentences.start - 1, grown.sentences.stop}.intersection(free)
            wider = [grown.with_sentence(number) for number in sorted(around)]
            fitting = [selection for selection in wider if selection.word_count <= budget]
            if not fitting:
                return grown
            grown = fitting[0]
            if len(fitting) > 1:
                grown = max(fitting, key=lambda selection: sum(map(value, selection.sentences)))

    def holds_answer(self, selection: Selection) -> bool:
        """Return whether a selection has a value or a name of the kind that is asked for, in a sentence that states."""
        candidate = selection.candidate
        return any(
            self._given.is_in_sentence(candidate, number)
            for number in selection.sentences
            if not candidate.asking[number]
        )

    def _matched(self, candidate: Candidate) -> list[float]:
        """Return the share of the question that each sentence matches, and some of that of its focus in addition.

        A term that the heading has counts less of the former.
        """
        importance = self._importance * (1 - RANKING.heading_discount * candidate.heading_matches)
        importance += RANKING.focus_bonus * self._focus
        return [float(importance @ matches) for matches in candidate.sentence_matches]


def _is_duplicate(candidate: Candidate, selected: Iterable[Selection]) -> bool:
    """Return whether a candidate is a near duplicate of one that is quoted already."""
    return any(candidate.source.is_near_duplicate_of(other.candidate.source) for other in selected)


def _whole(candidate: Candidate, free: Sequence[int], budget: int) -> Selection | None:
    """Return all of the free sentences, where they stand together and are within a budget."""
    if not free or free[-1] - free[0] >= len(free):
        return None
    whole = Selection(candidate, range(free[0], free[-1] + 1))
    return whole if whole.word_count <= budget else None


def _free(candidate: Candidate, selected: Sequence[Selection]) -> list[int]:
    """Return the sentences of a candidate that are not selected."""
    own = candidate.source.number
    taken = {number for other in selected if other.candidate.source.number == own for number in other.sentences}
    return [number for number in range(len(candidate.sentences)) if number not in taken]


def select_quotes(ranking: Ranking, supporting: Sequence[RankedCandidate], engine: SearchEngine) -> list[Selection]:
    """Select sentences of the candidates that support an answer, the first best, and others of the first article."""
    if not supporting:
        return []
    selector, candidates = QuoteSelector(ranking), [item.candidate for item in supporting]
    selected = selector.select(candidates)
    if len(selected) == MOST_QUOTES:
        return selected
    return selector.fill_up(selected, _siblings(candidates[0], ranking, engine))


def select_telling(own: Sequence[Candidate], ranking: Ranking, engine: SearchEngine) -> Selection | None:
    """Select what gives most of what is asked for from passages of an article, the best first, and those near the best.

    None where none gives enough.

    They may lack the noun that is counted, or the words that a follow-up adds: of a known subject a member says both
    his own way.
    """
    siblings = _siblings(own[0], ranking, engine)
    near = list({one.source.number: one for one in (*own, *siblings)}.values())
    requirements = Requirements(ranking.given, engine, near)
    may_lack = {None, Requirement.COUNT, *((Requirement.FOLLOW_UP,) if ranking.question.added else ())}
    giving = [(*given_share(one, ranking.given), one) for one in near if requirements.first_missing(one) in may_lack]
    enough = [(told, one) for share, told, one in giving if share >= _LEAST_GIVEN]
    best = max(enough, key=itemgetter(0), default=None)
    return next(iter(QuoteSelector(ranking).select([best[1]])), None) if best else None


def _siblings(candidate: Candidate, ranking: Ranking, engine: SearchEngine) -> list[Candidate]:
    """Return the paragraphs of a candidate's article that stand near it, compared with the question."""
    written = [
        number for number, paragraph in enumerate(candidate.passage.article.paragraphs) if paragraph.text.strip()
    ]
    place = written.index(candidate.passage.paragraph)
    near = range(max(place - _REACH, 0), min(place + _REACH + 1, len(written)))
    own = [candidate.source.number - place + other for other in near if other != place]
    return list(read_candidates(own, ranking, engine, Matcher(ranking.given.lexicon)).values())
