"""The names of a claim, listed or not: whether a passage has them, and which others it has in their place."""

from collections.abc import Collection, Iterator

from rapidfuzz.distance import OSA

from bot.answering.evidence import Candidate, TermWeights
from bot.answering.knowledge import Lexicon
from bot.answering.modes.claim_lines import Line, is_matched
from bot.answering.modes.listed_names import ListedNames, Named, NameKind
from bot.arabic import ARTICLE, light_stem, normal_words
from bot.retrieval import RANKING

# Chosen: so similar, what stands in the place of a name is another spelling of it: «ويلز», «والز».
_SPELLED = 0.65
# Chosen, occurrences per million of news and everyday Arabic: a rarer word may be a name.
_RARE = 60.0
_LEAST_LETTERS = 3
# Chosen: a name of a person has up to so many words, its office up to so many before it.
_NAME_WORDS, _OFFICE_WORDS = 3, 3


class UnlistedNames:
    """The names of one claim that no list has: of persons behind an office, of what a noun such as «نادي» names.

    `listed` are the numbers of the words of those that a list has.
    """

    def __init__(self, claim: Line, weights: TermWeights, lexicon: Lexicon, listed: Collection[int]) -> None:
        self._claim, self._weights, self._lexicon, self._listed = claim, weights, lexicon, listed
        self._naming = lexicon.name_words
        self._stems = dict[int, set[str]]()

    def differences(self, candidate: Candidate, sentence: Line) -> Iterator[tuple[Named, Named]]:
        """Yield those of which the article of a passage has no word, each with that of a sentence in its place."""
        for asked in self._runs(candidate):
            found = next(iter(self._in_place(asked, sentence)), None)
            if found and not self._is_spelling(asked, found, sentence) and not self._is_in_article(asked, candidate):
                yield asked, found

    def may_be_name(self, at: int) -> bool:
        """Tell whether a word of the claim, given by number, is a given name or so rare that it may be a name."""
        normal = self._claim.words[at].normal
        if at in self._listed or self._naming.is_given_name(normal):
            return True
        is_listed = self._weights.is_listed_form(normal) or self._lexicon.dialects.look_up(normal).standard
        is_event = any(light_stem(normal) in side.own for side in self._lexicon.opposites)
        return normal.isalpha() and not (is_listed or is_event or self._lexicon.everyday.is_verb(normal))

    def _runs(self, candidate: Candidate) -> Iterator[Named]:
        """Yield the runs of words of the claim that may be a name and that a passage has nothing of."""
        at, line = 0, self._claim
        while at < len(line.words):
            last = at
            while last < len(line.words) and last not in self._listed and self._is_lacking(last, at, candidate):
                last += 1
                if line.breaks(last - 1):
                    break
            if last > at and self._may_begin(line, at):
                yield Named(at, last - 1, NameKind.NAME, None)
            at = max(last, at + 1)

    def _is_lacking(self, at: int, first: int, candidate: Candidate) -> bool:
        word = self._claim.words[at]
        is_unmatched = word.is_content and not is_matched(word, candidate.matches)
        return is_unmatched and self._may_go_on(self._claim, at, first)

    def _may_go_on(self, line: Line, at: int, first: int) -> bool:
        """Tell whether a word may be of a name that begins with another: behind a given name it need not be rare."""
        normal = line.words[at].normal
        is_behind_given = (
            at > first and self._naming.is_given_name(line.words[first].normal) and normal.startswith(ARTICLE)
        )
        return is_behind_given or self._is_rare(normal)

    def _in_place(self, asked: Named, sentence: Line) -> Iterator[Named]:
        """Yield the names of a sentence that stand behind the same word as one of the claim."""
        heads = self._heads(asked)
        if not heads:
            return
        is_person = self._naming.is_given_name(self._claim.words[asked.first].normal)
        columns = frozenset[int]().union(*(self._claim.words[at].columns for at in heads))
        for at in range(1, len(sentence.words)):
            before = sentence.words[at - 1]
            if before.columns.isdisjoint(columns) or sentence.breaks(at - 1) or not self._may_be_told(sentence, at, at):
                continue
            if is_person and not self._naming.is_given_name(sentence.words[at].normal):
                continue
            if not is_person and before.columns.isdisjoint(self._claim.words[heads[0]].columns):
                continue
            yield Named(at, self._name_end(sentence, at), NameKind.NAME, None)

    def _heads(self, asked: Named) -> list[int]:
        """Return the words before a name that it may be told by, the nearest first: an office, «مدينة»."""
        line, at, found = self._claim, asked.first, list[int]()
        while at > 0 and len(found) < _OFFICE_WORDS and not line.breaks(at - 1) and line.words[at - 1].is_content:
            at -= 1
            found.append(at)
        if not found:
            return []
        normals = [line.words[at].normal for at in found]
        if self._naming.is_given_name(line.words[asked.first].normal):
            titles = self._naming.titles | self._naming.persons | self._lexicon.definitions.offices
            return found if any(normal in titles for normal in normals) else []
        return found[:1] if normals[0] in self._naming.things else []

    def _name_end(self, sentence: Line, first: int) -> int:
        last = first
        while (
            last + 1 < len(sentence.words)
            and last + 1 - first < _NAME_WORDS
            and not sentence.breaks(last)
            and self._may_be_told(sentence, last + 1, first)
        ):
            last += 1
        return last

    def _may_be_told(self, sentence: Line, at: int, first: int) -> bool:
        word = sentence.words[at]
        return word.is_content and not word.columns and self._may_go_on(sentence, at, first)

    def _may_begin(self, line: Line, at: int) -> bool:
        return self._naming.is_given_name(line.words[at].normal) or self._is_rare(line.words[at].normal)

    def _is_rare(self, normal: str) -> bool:
        if self._naming.is_given_name(normal):
            return True
        is_word = len(normal) >= _LEAST_LETTERS and normal.isalpha()
        is_verb = self._lexicon.everyday.is_verb(normal) or self._lexicon.dialects.is_verb(normal)
        return is_word and not is_verb and self._weights.is_rare(normal, _RARE)

    def _is_spelling(self, asked: Named, found: Named, sentence: Line) -> bool:
        """Tell whether two names may be spellings of one."""
        return any(
            OSA.normalized_similarity(light_stem(self._claim.words[own].normal), light_stem(sentence.words[at].normal))
            >= _SPELLED
            for own in asked.words
            for at in found.words
        )

    def _is_in_article(self, asked: Named, candidate: Candidate) -> bool:
        """Tell whether the article of a passage has a word of a name, or one that is spelled nearly so."""
        number = candidate.source.number
        if number not in self._stems:
            texts = candidate.passage.surroundings()
            self._stems[number] = {light_stem(normal) for text in texts for normal in normal_words(text)}
        stems = self._stems[number]
        own = {light_stem(self._claim.words[at].normal) for at in asked.words}
        if not stems.isdisjoint(own):
            return True
        return any(
            OSA.normalized_similarity(one, stem, score_cutoff=RANKING.nearly_same) for one in own for stem in stems
        )


class NameComparison:
    """Compares the names of one claim with those of passages."""

    def __init__(self, claim: Line, weights: TermWeights, lexicon: Lexicon) -> None:
        self._claim = claim
        self._listed = ListedNames(claim, lexicon)
        self._unlisted = UnlistedNames(claim, weights, lexicon, self._listed.words)
        self._named = [at for at, word in enumerate(claim.words) if word.columns and self._unlisted.may_be_name(at)]

    @property
    def region_words(self) -> frozenset[int]:
        """The numbers of the claim's words for countries and cities, adjectives among them."""
        return frozenset(at for one in self._listed.all if isinstance(one.key, tuple) for at in one.words)

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
