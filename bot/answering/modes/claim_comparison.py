"""The comparison of a claim with passages: figures, dates, names, ranks, and what is denied."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from bot.answering.evidence import INFLECTED, Candidate, Matches
from bot.answering.knowledge import Lexicon
from bot.answering.modes.claim_lines import Line, claim_line, sentence_line
from bot.answering.modes.claim_names import NameComparison, Named
from bot.answering.modes.claim_polarity import PolarityComparison
from bot.answering.modes.claim_values import NOWHERE, ClaimValue, claim_values, compare_values
from bot.answering.ranking import Ranking
from bot.arabic import ARTICLE, CONJUNCTIONS, DEFINITE_PREPOSITIONS, Span, light_stem
from bot.retrieval import RANKING
from bot.storage import Memory

# Chosen: with a smaller share of the claim a passage may count, name or deny something else; more where no word beside
# a name shows that it is in another's place.
_LEAST_OTHER, _MOST_OTHER = 0.6, 0.75
# Chosen: what a title or a sentence denies is the claim with so much of it there.
_LEAST_DENIED = 0.4
# Chosen: what belongs together stands within so many words.
_NEAR = 4
# But for rounding.
_ALL, _ALMOST = 1 - 1e-9, 0.9
# Chosen: a figure is the claim's in a sentence with so much of what the best has.
_ON_VALUE = 0.75
# Chosen: so many sentences of a passage, those with most of the claim, are compared word by word; few have more.
_MOST_SENTENCES = 20
# Chosen: fewer words that are the same may say anything: a text has «شركة ألمانية» and the subject, and not of it.
_FEWEST_WORDS = 4
# Chosen: between a figure and the word that it counts may stand a measure: «210 قطعة لعب».
_COUNTED = 2
_TANWIN = "ا"


@dataclass(frozen=True, slots=True)
class Compared:
    """A passage compared with a claim: places in it that have what the claim has, and places of both that differ.

    `told` is the share of the claim's figures and dates that are there, `differing` of those with another in their
    place, 1 for a name. `is_other_name` tells whether a name differs, `is_settled` whether hardly anything else does,
    `is_same` whether the passage says all that is compared as the claim does, `is_denied` whether it or its title
    denies what the claim says. `share` is what it has of the claim, 0 to 1.
    """

    same: tuple[Span, ...]
    other: tuple[tuple[Span, Span], ...]
    share: float
    told: float
    differing: float
    is_settled: bool
    is_other_name: bool
    is_same: bool
    is_denied: bool


class ClaimComparison:
    """Compares one claim with passages."""

    def __init__(self, ranking: Ranking, lexicon: Lexicon) -> None:
        self._question, self._lexicon = ranking.question, lexicon
        self._line = claim_line(ranking.question)
        self._values = claim_values(ranking.question, lexicon)
        self.counted = _counted(self._line, self._values, len(ranking.question.terms))
        self._whole, self._importance = ranking.weights.importance, ranking.weights.importance * self.counted
        self._weights, self._names = ranking.weights, NameComparison(self._line, lexicon)
        self._articles = dict[int, Matches]()
        for one in ranking.candidates:
            known = self._articles.get(one.source.article_number, one.matches)
            self._articles[one.source.article_number] = np.maximum(known, one.matches)
        # An event is told in one sentence, anything else somewhere in the article.
        self._people, self._events, self._others = (np.zeros(len(ranking.question.terms), bool) for _ in range(3))
        for word, forms in zip(self._line.words, self._line.forms, strict=True):
            # «ح» makes a verb one of the future.
            if word.normal in lexicon.polarity.auxiliaries or self._is_of_time(word.normal) or len(word.normal) == 1:
                continue
            if not lexicon.polarity.counters.isdisjoint(forms):
                kind = self._people
            elif lexicon.dialects.is_verb(word.normal) or lexicon.everyday.is_verb(word.normal):
                kind = self._events
            else:
                kind = self._others
            kind[list(word.columns)] = True
        self._events &= self.counted > 0
        self._others &= self.counted > 0

    def compare(self, candidate: Candidate) -> Compared:
        """Compare the claim with a passage."""
        order = self._best_first(candidate)
        stating = [number for number in order[:_MOST_SENTENCES] if not candidate.asking[number]]
        lines = Memory(partial(sentence_line, candidate))

        def line_of(place: Span) -> Line | None:
            return next((lines[number] for number in candidate.sentences_at([place]) if number in stating), None)

        same, others = compare_values(
            self._values,
            candidate.passage,
            lambda value: self._sentences_of(candidate, value),
            lambda asked, found: self._counts_alike(asked, found, line_of(found.place)),
            self._lexicon,
        )
        share = self._share(candidate.matches, self._importance)
        names, is_other_name = self._differing(candidate, stating, lines)
        other = [*((one.place, value.place) for one, value in others), *names]
        # Two sentences have the words of a claim that neither makes.
        window = candidate.window(self._whole, 1)
        best = order[0]
        figures = [(one, place) for one, place in zip(self._values, same, strict=False) if not one.is_date]
        numbers = {best, *(candidate.sentences_at(place for _, place in figures) or range(window.start, window.stop))}
        turning = [lines[number] for number in numbers if number in stating]
        is_denied = (
            best in stating
            and self._share(candidate.read_sentence_matches[best], self._importance) >= _LEAST_DENIED
            and self._polarity.is_denied(lines[best], candidate.passage.article.title)
        )
        is_same = (
            not other
            and best in stating
            and len(same) == len(self._values)
            and self._has_words(candidate, window, lines[best], has_figure=bool(figures))
            and all(self._is_of_event(one, place, line_of(place)) for one, place in figures)
            and self._names.are_in(candidate, window)
            and self._names.are_in_order(lines[best])
            and not is_denied
            and not any(map(self._polarity.is_turned, turning))
        )
        places = tuple(place for place in same if place is not NOWHERE)
        count = len(self._values) or 1
        differing = 1.0 if names else len(others) / count
        is_settled = is_other_name and len(same) == len(self._values) and self._rest(candidate) >= _ALMOST
        told = len(same) / count
        return Compared(places, tuple(other), share, told, differing, is_settled, is_other_name, is_same, is_denied)

    def _counts_alike(self, asked: ClaimValue, found: ClaimValue, line: Line | None) -> bool:
        """Whether a figure counts what one of the claim does, in other words.

        The word that the claim's counts is told right behind it, «210 قطعة لعب», or both count people: as many of any
        kind, «17 مليون شخص», or those of whom the same is told right before, «أوقف 20 حراقا», «إيقاف 8 تونسيين».
        """
        own = self._line.within(asked.place)
        if line is None or not own:
            return False
        counted, first = own[-1], line.at(found.place.start)
        behind = line.words[first + 1 : first + 1 + _COUNTED]
        if len(own) > 1 and any(not word.columns.isdisjoint(counted.columns) for word in behind):
            return True
        told = line.within(found.place)[-1:]
        if not told or not all(self._is_person(one.normal) for one in (counted, *told)):
            return False
        is_of_any = light_stem(told[0].normal) in self._lexicon.polarity.counters and asked.value == found.value
        event = self._line.columns_at(self._line.before(self._line.at(asked.place.start)))
        return is_of_any or not event.isdisjoint(line.columns_at(line.before(first)))

    def _is_person(self, normal: str) -> bool:
        """Whether a word is of people: a noun, or where they are from."""
        names, people = self._lexicon.name_words, self._lexicon.polarity.counters
        forms = {normal, normal.removesuffix(_TANWIN), *self._lexicon.dialects.look_up(normal).standard}
        is_noun = not forms.isdisjoint(names.persons) or not forms.isdisjoint(names.people)
        return is_noun or light_stem(normal) in people or bool(self._lexicon.regions.named([normal]))

    def _is_of_event(self, asked: ClaimValue, place: Span, line: Line | None) -> bool:
        """Whether what is said to have happened to so many stands before the figure, or right behind, if it is told.

        «مات ثلاثة» is not «كان على متنها ثلاثة، ومات أحدهم».
        """
        before = self._line.before(self._line.at(asked.place.start))
        event = self._line.columns_at(before)
        normal = "" if before is None else self._line.normals[before]
        # «وكالة الهجرة 30» and a name tell of no event.
        is_event = not normal.startswith((ARTICLE, *DEFINITE_PREPOSITIONS)) and self._weights.is_listed_form(normal)
        if line is None or event.isdisjoint(line.columns) or not is_event:
            return True
        at = line.at(place.start)
        told = [place for place in range(at) if not event.isdisjoint(line.words[place].columns)]
        # «مقتل اثنين وإصابة ثلاثة»: another event begins between.
        between = line.words[told[-1] + 1 : at] if told else ()
        begins = any(word.is_content and word.normal[0] in CONJUNCTIONS and not word.columns for word in between)
        is_behind = not event.isdisjoint(line.columns_at(line.behind(line.at(place.end) - 1)))
        return is_behind or (bool(told) and not begins)

    def _has_words(self, candidate: Candidate, window: slice, sentence: Line, *, has_figure: bool) -> bool:
        """Whether a sentence has the words of a claim, or beside a figure that is the same its article all but verbs.

        Where it lists, «وزيرا للعدل … وزيرا للتجارة», its words say nothing of which is whose; nor does one word tell
        two of the claim, «النادي الإفريقي» and «الفريق».
        """
        matches = candidate.window_matches(window)
        if int((matches >= RANKING.least_match).sum()) < _FEWEST_WORDS:
            return False
        # «واحد» is whoever the text names.
        found = np.where(self._people, 1.0, matches >= INFLECTED)
        if has_figure:
            told = self._articles[candidate.source.article_number] >= INFLECTED
            is_told = bool(found[self._events].all() and told[self._others].all())
        else:
            is_told = self._share(found, self._importance) >= _ALL and self._are_near(sentence)
        return is_told and self._are_apart(candidate, window)

    def _are_apart(self, candidate: Candidate, window: slice) -> bool:
        """Whether two words that stand side by side in the claim are not told by one and the same word."""
        rows = candidate.source.layout.words[window]
        matched = candidate.word_matches[rows[0].start : rows[-1].stop] >= INFLECTED
        return not any(
            len(told := np.flatnonzero(matched[:, [*one.columns, *other.columns]].any(axis=1))) == 1
            and matched[told[0]][[*one.columns, *other.columns]].all()
            and not (candidate.heading_matches[[*one.columns, *other.columns]] >= INFLECTED).any()
            for one, other in pairwise(word for word in self._line.words if word.columns)
            if one.columns != other.columns
        )

    def _are_near(self, sentence: Line) -> bool:
        """Whether words that stand side by side in the claim stand near each other in a sentence with both."""
        content = [word for word in sentence.words if word.is_content]
        for both in {(one.columns, other.columns) for one, other in pairwise(self._line.words)}:
            first, second = ({place for place, told in enumerate(content) if told.columns & own} for own in both)
            near = {place + distance for place in first for distance in range(-_NEAR, _NEAR + 1)}
            if first and second and near.isdisjoint(second):
                return False
        return True

    def _differing(
        self, candidate: Candidate, stating: Sequence[int], lines: Mapping[int, Line]
    ) -> tuple[list[tuple[Span, Span]], bool]:
        """Return the names or denials that differ in the first sentence that has enough beside them, and if names."""
        for number in stating:
            matches = candidate.read_sentence_matches[number]
            rests = {asked: self._share(matches, rest) for asked, rest in self._without_names}
            # Most sentences have not enough of the claim, and to read one takes longer than to tell that.
            listed = [asked for asked, rest in rests.items() if rest >= _LEAST_OTHER]
            named = [
                (self._line.place(asked.first, asked.last), lines[number].place(told.first, told.last))
                for asked, told, is_beside in (
                    self._names.differences(listed, candidate, lines[number]) if listed else ()
                )
                if is_beside or rests[asked] >= _MOST_OTHER
            ]
            if named:
                return named, True
            if self._share(matches, self._importance) >= _LEAST_OTHER:
                contradiction = self._polarity.find(lines[number])
                # A passage that says both says neither.
                if contradiction and not any(self._polarity.says_same(contradiction, lines[one]) for one in stating):
                    return [(contradiction.asked, contradiction.found)], False
        return [], False

    @cached_property
    def _polarity(self) -> PolarityComparison:
        return PolarityComparison(self._line, self._question, self._lexicon)

    @cached_property
    def _without_names(self) -> list[tuple[Named, Matches]]:
        """The importance of the claim's terms without those of each of its names."""
        return [(asked, self._without(asked.words)) for asked in self._names.listed]

    def has_rest(self, candidate: Candidate) -> bool:
        """Whether a passage has enough of the claim beside the countries and cities that it names."""
        return self._rest(candidate) >= _LEAST_OTHER

    def is_at_place(self, candidate: Candidate) -> bool:
        """Whether a passage tells most of a claim with places of all of them."""
        has_places, rest = bool(self._names.region_words), self._rest(candidate)
        return has_places and rest >= _MOST_OTHER and self._names.are_in(candidate, slice(None))

    def _rest(self, candidate: Candidate) -> float:
        return self._share(candidate.matches, self._without(self._names.region_words))

    def _without(self, words: Iterable[int]) -> Matches:
        """Return the importance of a claim's terms with 0 for those of some words."""
        rest: Matches = self._importance.copy()
        for at in words:
            rest[list(self._line.words[at].columns)] = 0
        return rest

    def _sentences_of(self, candidate: Candidate, value: ClaimValue) -> tuple[list[Span], list[Span]]:
        """Return the sentences that may have a value, or another in its place, those with most of the claim first.

        Of dates a passage has many: a sentence is on the claim's if it has the word before it, «مولود عام 1958».
        """
        matches = candidate.sentence_matches
        shares = matches @ self._importance
        order = self._best_first(candidate)
        own = [number for number in order if shares[number] >= _ON_VALUE * shares.max(initial=0.0)]
        if value.is_date:
            before = [
                column
                for column, term in enumerate(self._question.terms)
                if term.start < value.place.start and not self._is_of_time(term.normal)
            ]
            named = matches[:, before[-1]] if before else np.zeros(len(shares))
            order = [number for number in order if named[number] >= RANKING.least_match]
        spans = candidate.sentences
        return [spans[number] for number in own], [spans[number] for number in order]

    def _is_of_time(self, normal: str) -> bool:
        """Whether a word is «سنة», «نهار» and the like."""
        return not self._lexicon.time_units.isdisjoint((normal, *self._lexicon.dialects.look_up(normal).standard))

    def _best_first(self, candidate: Candidate) -> Sequence[int]:
        shares = (candidate.sentence_matches @ self._importance).tolist()
        return sorted(range(len(shares)), key=lambda number: -shares[number])

    @staticmethod
    def _share(matches: NDArray[np.float64], importance: NDArray[np.float64]) -> float:
        total = float(importance.sum())
        return min(1.0, float((matches * importance).sum()) / total) if total else 0.0


def _counted(line: Line, values: Sequence[ClaimValue], count: int) -> NDArray[np.float64]:
    """Return 1 for each term of a claim that tells its subject, 0 for those of its figures and dates."""
    counted = np.ones(count)
    for word in line.words:
        if any(one.place.start <= word.start < one.place.end for one in values):
            counted[list(word.columns)] = 0
    return counted
