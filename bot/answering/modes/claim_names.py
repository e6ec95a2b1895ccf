"""Names of a claim: countries, cities, people, ranks, fractions, and others in their place: «ألمانيا» for «فرنسا»."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from itertools import pairwise

from bot.answering.evidence import Candidate
from bot.answering.knowledge import Lexicon, Spellings
from bot.answering.modes.claim_lines import Line
from bot.arabic import ARTICLE, light_stem, normal_words, normalise
from bot.retrieval import RANKING


class NameKind(Enum):
    """What is compared with its like alone."""

    COUNTRY = auto()
    CITY = auto()
    PERSON = auto()
    RANK = auto()
    FRACTION = auto()


_FEMININE = "ه"
_REGIONS, _TITLE_WORDS = frozenset({NameKind.COUNTRY, NameKind.CITY}), 2
_FROM = re.compile("ي(?:ه|ين|ون|ات)?$")
# Chosen: claims and sentences that name more are lists, and what stands in whose place nobody can tell.
_MOST_COMPARED = 12


@dataclass(frozen=True, slots=True)
class Named:
    """A name of a line from one word to another, that included, by kind and by what it names."""

    first: int
    last: int
    kind: NameKind
    key: Spellings | int

    @property
    def words(self) -> range:
        """The numbers of its words."""
        return range(self.first, self.last + 1)


def listed_names(line: Line, lexicon: Lexicon, *, has_regions: bool = True) -> list[Named]:
    """Find the countries, cities, ranks and fractions of a line, and people with a given name and what stands behind.

    A capital is a city and stands for its country.
    """
    regions, polarity = lexicon.regions, lexicon.polarity
    found = [
        Named(match.start, match.end - 1, kind, match.spellings)
        for names, kind in ((regions.cities, NameKind.CITY), (regions.countries, NameKind.COUNTRY))
        for match in (names.find(line.normals) if has_regions else ())
    ]
    cities = {place for one in found if one.kind is NameKind.CITY for place in one.words}
    found = [one for one in found if one.kind is NameKind.CITY or cities.isdisjoint(one.words)]
    for at, (noun, normal) in enumerate(pairwise(line.normals), 1):
        # «مدينة سياحية» has no name.
        is_name = noun in regions.nouns and line.words[at].is_content and not normal.endswith(_FEMININE)
        if is_name and not any(at in one.words for one in found):
            found.append(Named(at, at, NameKind.CITY, ((normal,),)))
        is_full = lexicon.name_words.is_given_name(noun) and not line.breaks(at - 1)
        if is_full and line.words[at - 1].is_content and line.words[at].is_content:
            found.append(Named(at - 1, at, NameKind.PERSON, ((noun, normal),)))
    for at, normal in enumerate(line.normals):
        if (rank := polarity.ordinals.get(normal)) is not None:
            found.append(Named(at, at, NameKind.RANK, rank))
        elif (fraction := polarity.fractions.get(normal)) is not None:
            found.append(Named(at, at, NameKind.FRACTION, fraction))
    return found


class NameComparison:
    """Compares the names of one claim with those of passages."""

    def __init__(self, claim: Line, lexicon: Lexicon) -> None:
        self._claim, self._lexicon = claim, lexicon
        self._listed = listed_names(claim, lexicon)
        self._claimed = frozenset((one.kind, one.key) for one in self._listed)
        self._places = sorted({at for one in self._listed for at in one.words})
        self._texts = dict[int, list[tuple[str, str]]]()

    @property
    def listed(self) -> Sequence[Named]:
        """The claim's names that are compared."""
        return self._listed[:_MOST_COMPARED]

    @property
    def region_words(self) -> list[int]:
        """The numbers of the words of the claim's countries and cities."""
        return [at for one in self._listed if one.kind in _REGIONS for at in one.words]

    def are_in(self, candidate: Candidate, window: slice) -> bool:
        """Return whether some sentences of a passage, with its title, have every country and city of the claim."""
        spans = candidate.sentences[window]
        texts = candidate.passage.article.title, candidate.text[spans[0].start : spans[-1].end]
        told = self._lexicon.regions.named([normal for text in texts for normal in normal_words(text)])
        return all(not told.isdisjoint(self._keys(one)) for one in self._listed if one.kind in _REGIONS)

    def are_in_order(self, sentence: Line) -> bool:
        """Return whether a sentence has those names of the claim that it has in their order: who did what to whom."""
        places = [
            next((place for place, told in enumerate(sentence.words) if told.columns & columns), None)
            for columns in (
                self._claim.words[at].columns for at in sorted(at for one in self._listed for at in one.words)
            )
        ]
        told = [place for place in places if place is not None]
        return told == sorted(told)

    def differences(
        self, listed: Sequence[Named], candidate: Candidate, sentence: Line
    ) -> Iterator[tuple[Named, Named, bool]]:
        """Yield those names that a passage lacks, each with the name in its place in a sentence, and how that is known.

        The words beside both are the same, or no other city, or people by its country, is named there. One that the
        article has anywhere is not among them: it may stand there in other words.
        """
        told = listed_names(sentence, self._lexicon, has_regions=any(one.kind in _REGIONS for one in listed))
        keys, unclaimed = {one.key for one in told}, [one for one in told if (one.kind, one.key) not in self._claimed]
        for asked in listed if unclaimed else ():
            if asked.key in keys:
                continue
            others = [one for one in unclaimed if one.kind is asked.kind][:_MOST_COMPARED]
            beside = next((one for one in others if self._share_word(asked, one, sentence)), None)
            is_only = len({one.key for one in others}) == 1 and self._may_replace(asked, others[0], sentence)
            other = beside or (others[0] if is_only else None)
            if other and not self._is_in_article(asked, candidate):
                yield asked, other, beside is not None

    def _may_replace(self, asked: Named, told: Named, sentence: Line) -> bool:
        """Whether a city, or where somebody is from, may stand for another: «سوري», «أفغاني», and not «الألمانية»."""
        own, other = self._claim.normals[asked.last], sentence.normals[told.last]
        is_alike = all(map(_FROM.search, (own, other))) and own.startswith(ARTICLE) is other.startswith(ARTICLE)
        return asked.kind is NameKind.CITY or (asked.kind is NameKind.COUNTRY and is_alike)

    def _is_in_article(self, asked: Named, candidate: Candidate) -> bool:
        """Return whether the article of a passage names a country, a city or a person, or the country of a capital."""
        if isinstance(asked.key, int):
            return False
        number = candidate.source.number
        if number not in self._texts:
            self._texts[number] = [(text, normalise(text)) for text in candidate.passage.surroundings()]
        # Most texts do not have the letters of a name, and to read one takes many times longer than to tell that.
        if keys := self._keys(asked):
            firsts = {spelling[0].removeprefix(ARTICLE) for spellings in keys for spelling in spellings}
            return any(
                any(first in normal for first in firsts)
                and not keys.isdisjoint(self._lexicon.regions.named(normal_words(text)))
                for text, normal in self._texts[number]
            )
        columns = [column for at in asked.words for column in self._claim.words[at].columns]
        stems = {light_stem(self._claim.normals[at]) for at in asked.words}
        return bool((candidate.mentions[columns] >= RANKING.least_match).any()) or any(
            any(stem in normal for stem in stems) and not stems.isdisjoint(map(light_stem, normal_words(text)))
            for text, normal in self._texts[number]
        )

    def _keys(self, asked: Named) -> frozenset[Spellings]:
        """Return the countries and cities that the words of a name are spellings of: a capital is of both."""
        return self._lexicon.regions.named([self._claim.words[at].normal for at in asked.words])

    def _share_word(self, asked: Named, found: Named, sentence: Line) -> bool:
        """Return whether a word beside both is the same.

        It stands before both or, of a rank, behind both; or what is done stands behind the one, «فرنسا هي اللي وقعت»,
        and before the other, «وقعت ألمانيا».
        """
        claim = self._claim
        before, behind = claim.columns_at(claim.before(asked.first)), claim.columns_at(claim.behind(asked.last))
        told_before = sentence.columns_at(sentence.before(found.first))
        told_behind = sentence.columns_at(sentence.behind(found.last))
        is_before, is_behind = not before.isdisjoint(told_before), not behind.isdisjoint(told_behind)
        match asked.kind:
            case NameKind.PERSON:
                # «الوزير يوسف …», «الوزير السابق علي …».
                title = claim.near(asked.first, _TITLE_WORDS, 0)
                return not title.isdisjoint(sentence.near(found.first, _TITLE_WORDS, 0))
            case NameKind.FRACTION:
                return is_behind
            case NameKind.RANK:
                return is_before or is_behind
        return is_before or (claim.before(asked.first) is None and not behind.isdisjoint(told_before))
